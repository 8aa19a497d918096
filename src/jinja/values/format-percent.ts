import { coarse, concatRich, fromRich, type Rich, rich, sliceRich } from '../tags/rich.ts';
import { bare, beginOperation, endOperation, peek, tag } from '../tags/tracker.ts';
import { PyDict } from './dict.ts';
import { PyError, typeError, valueError } from './error.ts';
import { formatDouble } from './format-number.ts';
import { checkSize } from './limits.ts';
import { escapeHtml } from './markup.ts';
import { asDouble } from './number.ts';
import { repr } from './print.ts';
import { textLength } from './text.ts';
import { failUndefined, isInteger, isNumeric, isText, textOf, typeName } from './types.ts';
import {
  Markup,
  noLabels,
  type Plain,
  PyBytes,
  PyFloat,
  PyList,
  PyRange,
  PyTuple,
  Tagged,
  Undefined,
  type Value,
} from './value.ts';

/** `format % values`, printf style; literal text and `%s` keep their own tags. */
export function formatPercent(format: Value, values: Value): Value {
  const bareFormat = bare(format);
  const escaped = bareFormat instanceof Markup;
  const template = escaped ? { text: textOf(bareFormat), runs: [] } : rich(format);
  if (escaped) peek(format);
  const args = new Arguments(values);
  const pieces: Rich[] = [];
  const directive =
    /%(?:\((?<key>[^)]*)\))?(?<flags>[-+ #0]*)(?<width>\*|\d+)?(?:\.(?<precision>\*|\d+)?)?[hlL]?(?<type>[\s\S])?/g;
  let at = 0;
  for (let match = directive.exec(template.text); match !== null; match = directive.exec(template.text)) {
    pieces.push(sliceRich(template, at, match.index));
    at = directive.lastIndex;
    pieces.push(formatOne(match, args, template, escaped));
  }
  pieces.push(sliceRich(template, at, template.text.length));
  args.finish();
  const result = concatRich(pieces);
  checkSize(result.text.length);
  return escaped ? new Markup(result.text) : fromRich(result);
}

class Arguments {
  readonly #values: Value;
  readonly #items: readonly Value[] | undefined;
  readonly mapping: PyDict | undefined;
  #next = 0;
  #usedKey = false;
  constructor(values: Value) {
    const plain = bare(values);
    this.#values = values;
    this.#items =
      plain instanceof PyTuple
        ? plain.items.map((item) => tag(item, values instanceof Tagged ? values.labels : noLabels))
        : undefined;
    this.mapping = plain instanceof PyDict ? plain : undefined;
    if (plain instanceof PyDict) peek(values);
  }
  next(): Value {
    const items = this.#items ?? [this.#values];
    const value = items[this.#next];
    this.#next += 1;
    if (value === undefined) throw typeError('not enough arguments for format string');
    return value;
  }
  keyed(key: string): Value {
    this.#usedKey = true;
    const plain = bare(this.#values);
    if (plain instanceof Undefined) failUndefined(plain);
    if (this.mapping === undefined) throw typeError('format requires a mapping');
    const value = this.mapping.get(key);
    if (value === undefined) throw new PyError('KeyError', repr(key));
    return value;
  }
  finish(): void {
    if (this.#usedKey) return;
    const plain = bare(this.#values);
    if (this.#items === undefined && this.#next === 0 && isSubscriptable(plain)) return;
    if (this.#next < (this.#items?.length ?? 1))
      throw typeError('not all arguments converted during string formatting');
  }
}

/** What has items counts as a mapping, which need not be used. */
function isSubscriptable(plain: Plain): boolean {
  return [PyDict, PyList, PyRange, PyBytes, Undefined].some((type) => plain instanceof type);
}

function formatOne(match: RegExpExecArray, args: Arguments, template: Rich, escaped: boolean): Rich {
  const { key, flags = '', width, precision, type } = match.groups ?? {};
  if (type === undefined) throw valueError('incomplete format');
  if (type === '%') return { text: '%', runs: [] };
  const star = (text: string | undefined): number | undefined => {
    if (text === undefined) return undefined;
    if (text !== '*') return Number(text);
    const value = peek(args.next());
    if (!isInteger(value)) throw typeError('* wants int');
    return Number(value);
  };
  const outer = beginOperation();
  let fieldWidth = star(width);
  const digits = star(precision) ?? (match[0].includes('.') ? 0 : undefined);
  let alignment = flags;
  if (fieldWidth !== undefined && fieldWidth < 0) {
    alignment += '-';
    fieldWidth = -fieldWidth;
  }
  const value = key === undefined ? args.next() : args.keyed(key);
  if (type === 's' && fieldWidth === undefined && digits === undefined && !escaped) {
    const text = fromRich(rich(value));
    return rich(tag(text, endOperation(outer)));
  }
  const body = convert(type, value, alignment, digits, template.text, match.index, escaped);
  const text = pad(body, fieldWidth, alignment, type);
  return rich(tag(fromRich(coarse(text, [])), endOperation(outer)));
}

function convert(
  type: string,
  value: Value,
  flags: string,
  digits: number | undefined,
  format: string,
  index: number,
  escaped: boolean,
): string {
  switch (type) {
    case 's': {
      const plain = peek(value);
      const text = rich(plain).text;
      const shown = escaped && !(plain instanceof Markup) ? escapeHtml(text) : text;
      return digits === undefined ? shown : shown.slice(0, digits);
    }
    case 'r':
    case 'a':
      return repr(value).slice(0, digits);
    case 'c': {
      const plain = peek(value);
      return isText(plain) ? oneCharacter(textOf(plain)) : characterOf(plain);
    }
    case 'd':
    case 'i':
    case 'u':
    case 'x':
    case 'X':
    case 'o':
      return integerText(type, peek(value), flags, digits);
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
      return signed(formatDouble(doubleOf(peek(value)), type, digits ?? 6, flags.includes('#')), flags);
    default: {
      const code = type.codePointAt(0) ?? 0;
      throw valueError(
        `unsupported format character '${type}' (0x${code.toString(16)}) at index ${format.indexOf(type, index)}`,
      );
    }
  }
}

function oneCharacter(text: string): string {
  if (textLength(text) !== 1) throw typeError('%c requires int or char');
  return text;
}

function characterOf(plain: Plain): string {
  if (!isInteger(plain)) throw typeError('%c requires int or char');
  const code = BigInt(plain);
  if (code < 0n || code > 0x10ffffn) throw new PyError('OverflowError', '%c arg not in range(0x110000)');
  return String.fromCodePoint(Number(code));
}

function integerOf(plain: Plain, type: string): bigint {
  if (isInteger(plain)) return BigInt(plain);
  if (plain instanceof PyFloat && 'diu'.includes(type)) return BigInt(Math.trunc(plain.n));
  if (plain instanceof Undefined && 'diu'.includes(type)) failUndefined(plain);
  const wanted = 'diu'.includes(type) ? 'a real number is required' : 'an integer is required';
  throw typeError(`%${type} format: ${wanted}, not ${typeName(plain)}`);
}

function doubleOf(plain: Plain): number {
  if (isNumeric(plain)) return asDouble(plain);
  if (plain instanceof Undefined) failUndefined(plain);
  throw typeError(`must be real number, not ${typeName(plain)}`);
}

function integerText(type: string, plain: Plain, flags: string, digits: number | undefined): string {
  const value = integerOf(plain, type);
  const magnitude = value < 0n ? -value : value;
  const radix = type === 'o' ? 8 : type.toLowerCase() === 'x' ? 16 : 10;
  let body = magnitude.toString(radix).padStart(digits ?? 0, '0');
  if (flags.includes('#') && radix !== 10) body = (radix === 8 ? '0o' : '0x') + body;
  if (type === 'X') body = body.toUpperCase();
  return signed(value < 0n ? `-${body}` : body, flags);
}

function signed(text: string, flags: string): string {
  if (text.startsWith('-')) return text;
  return flags.includes('+') ? `+${text}` : flags.includes(' ') ? ` ${text}` : text;
}

function pad(text: string, width: number | undefined, flags: string, type: string): string {
  if (width === undefined || Array.from(text).length >= width) return text;
  checkSize(width);
  const missing = width - Array.from(text).length;
  if (flags.includes('-')) return text + ' '.repeat(missing);
  if (flags.includes('0') && !'sraBc'.includes(type)) {
    const sign = /^[+\- ]?(0[xXo])?/.exec(text)?.[0] ?? '';
    return sign + '0'.repeat(missing) + text.slice(sign.length);
  }
  return ' '.repeat(missing) + text;
}
