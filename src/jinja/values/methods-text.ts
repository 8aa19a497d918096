import {
  coarse,
  concatRich,
  fromRich,
  mapRich,
  type Rich,
  rich,
  richLabels,
  sliceRich,
  tracesOf,
} from '../tags/rich.ts';
import { bare, peek, tag } from '../tags/tracker.ts';
import { bind, type Signature, signature } from './arguments.ts';
import { PyError, typeError, valueError } from './error.ts';
import { formatText } from './format-method.ts';
import { listOf, truthy } from './iterate.ts';
import { checkSize } from './limits.ts';
import { markupMethod, type TextMethod } from './methods-markup.ts';
import { indexOf } from './number.ts';
import { textRepr } from './print.ts';
import {
  capitalize,
  codePoints,
  isLower,
  isSpace,
  isUpper,
  splitLines,
  splitText,
  splitTextFromRight,
  stripBounds,
  textLength,
  titleText,
} from './text.ts';
import { translate } from './translate.ts';
import { isText, textOf, typeName } from './types.ts';
import { type CallArgs, PyBytes, PyFunction, PyList, PyTuple, type Value } from './value.ts';

type Run = TextMethod;
const none: Value = null;

function plainText(value: Value): string {
  const plain = peek(value);
  if (!isText(plain)) throw typeError(`expected str, got ${typeName(plain)}`);
  return textOf(plain);
}

function optionalText(value: Value): string | undefined {
  return peek(value) === null ? undefined : plainText(value);
}

function required(value: Value, message: (type: string) => string): string {
  const plain = peek(value);
  if (!isText(plain)) throw typeError(message(typeName(plain)));
  return textOf(plain);
}

/** A method whose result does not keep tags per character. */
function whole(run: (self: string, ...args: Value[]) => Value): Run {
  return (self, ...args) => run(plainText(self), ...args);
}

function test(pattern: (text: string) => boolean): Run {
  return whole((self) => pattern(self));
}

/** upper() and the like: keep tags per character where the length stays. */
function letters(change: (text: string) => string): Run {
  return (self) => fromRich(mapRich(rich(self), change));
}

export function stripRich(text: Rich, chars: string | undefined, sides: 'both' | 'left' | 'right'): Rich {
  const [start, end] = stripBounds(text.text, chars, sides);
  if (text.runs.length === 0) return sliceRich(text, start, end);
  const before = start > 0 ? tracesOf(text, 0, start) : emptyRich;
  const after = end < text.text.length ? tracesOf(text, end, text.text.length) : emptyRich;
  return concatRich([before, sliceRich(text, start, end), after]);
}

const emptyRich: Rich = { text: '', runs: [] };

function strip(sides: 'both' | 'left' | 'right'): Run {
  return (self, chars = none) => fromRich(stripRich(rich(self), optionalText(chars), sides));
}

/** str.replace with tags: what is replaced depends on the text replaced and on both arguments. */
export function replaceRich(text: Rich, old: Value, replacement: Value, count: number): Value {
  const sought = plainText(old);
  const inserted = rich(replacement);
  const pieces: Rich[] = [];
  let at = 0;
  let done = 0;
  let size = text.text.length;
  for (
    let found = nextMatch(text.text, sought, 0);
    found >= 0 && (count < 0 || done < count);
    found = nextMatch(text.text, sought, sought === '' ? found + 1 : at)
  ) {
    pieces.push(sliceRich(text, at, found));
    const gone = sliceRich(text, found, found + sought.length);
    pieces.push(rich(tag(fromRich(inserted), richLabels(gone))));
    at = found + sought.length;
    done += 1;
    size += inserted.text.length;
    checkSize(size);
  }
  pieces.push(sliceRich(text, at, text.text.length));
  return fromRich(concatRich(pieces));
}

function nextMatch(text: string, sought: string, from: number): number {
  return from > text.length ? -1 : text.indexOf(sought, from);
}

function find(last: boolean, fails: boolean): Run {
  return whole((self, sub = none, start = none, stop = none) => {
    const sought = required(sub, (type) => `must be str, not ${type}`);
    const points = Array.from(self);
    const from = bound(points.length, start, 0);
    const to = bound(points.length, stop, points.length);
    const window = points.slice(from, to).join('');
    const at = from <= to ? (last ? window.lastIndexOf(sought) : window.indexOf(sought)) : -1;
    if (at < 0) {
      if (fails) throw valueError('substring not found');
      return -1;
    }
    return from + textLength(window.slice(0, at));
  });
}

function bound(length: number, value: Value, fallback: number): number {
  const plain = peek(value);
  if (plain === null) return fallback;
  const index = indexOf(plain);
  return index < 0 ? Math.max(0, length + index) : Math.min(length, index);
}

function affix(matches: (text: string, part: string) => boolean, name: string): Run {
  return whole((self, parts = none, start = none, stop = none) => {
    const points = Array.from(self);
    const window = points.slice(bound(points.length, start, 0), bound(points.length, stop, points.length)).join('');
    const plain = peek(parts);
    const message = (type: string): string => `${name} first arg must be str or a tuple of str, not ${type}`;
    const options = plain instanceof PyTuple ? plain.items : [parts];
    return options.some((part) => matches(window, required(part, message)));
  });
}

function pad(place: (text: string, missing: number, fill: string) => string): Run {
  return (self, width = none, fill = ' ') => {
    const text = rich(self);
    const missing = indexOf(peek(width)) - textLength(text.text);
    if (missing <= 0) return self;
    checkSize(missing);
    return fromRich(coarse(place(text.text, missing, plainText(fill)), text.runs));
  };
}

function split(fromRight: boolean): Run {
  return whole((self, separator = none, limit = none) => {
    const by = optionalText(separator);
    if (by === '') throw valueError('empty separator');
    const most = indexOf(peek(limit));
    return new PyList(fromRight ? splitTextFromRight(self, by, most) : splitText(self, by, most));
  });
}

function partition(fromRight: boolean): Run {
  return whole((self, separator = none) => {
    const by = plainText(separator);
    if (by === '') throw valueError('empty separator');
    const at = fromRight ? self.lastIndexOf(by) : self.indexOf(by);
    if (at < 0) return new PyTuple(fromRight ? ['', '', self] : [self, '', '']);
    return new PyTuple([self.slice(0, at), by, self.slice(at + by.length)]);
  });
}

/** `self.join(items)`. */
export function joinValues(
  separator: Value,
  items: readonly Value[],
  convert: (item: Value, at: number) => Rich,
): Value {
  const between = rich(separator);
  const pieces: Rich[] = [];
  let size = 0;
  items.forEach((item, at) => {
    if (at > 0) pieces.push(between);
    const piece = convert(item, at);
    pieces.push(piece);
    size += piece.text.length + between.text.length;
    checkSize(size);
  });
  return fromRich(concatRich(pieces));
}

function joined(self: Value, items: Value): Value {
  return joinValues(self, listOf(items), (item, at) => {
    const plain = bare(item);
    if (!isText(plain)) throw typeError(`sequence item ${at}: expected str instance, ${typeName(plain)} found`);
    return rich(item);
  });
}

const methods: ReadonlyMap<string, readonly [Signature, Run]> = new Map(
  (
    [
      ['capitalize()', letters(capitalize)],
      ['casefold()', letters((text) => text.toLowerCase().replaceAll('ß', 'ss'))],
      [
        "center(width, fillchar=' ')",
        pad((text, missing, fill) => {
          const left = (missing >> 1) + (missing & (textLength(text) + missing) & 1);
          return fill.repeat(left) + text + fill.repeat(missing - left);
        }),
      ],
      [
        'count(sub)',
        whole((self, sub = none) => {
          const sought = required(sub, (type) => `must be str, not ${type}`);
          return sought === '' ? textLength(self) + 1 : self.split(sought).length - 1;
        }),
      ],
      [
        "encode(encoding='utf-8', errors='strict')",
        whole((self, encoding = none) => encodeText(self, plainText(encoding))),
      ],
      ['endswith(suffix, start=None, end=None)', affix((text, part) => text.endsWith(part), 'endswith')],
      ['expandtabs(tabsize=8)', whole((self, size = none) => expandTabs(self, indexOf(peek(size))))],
      ['find(sub, start=None, end=None)', find(false, false)],
      ['format(*args, **kwargs)', (self, args = none, kwargs = none) => formatText(self, args, kwargs)],
      ['format_map(mapping)', (self, mapping = none) => formatText(self, new PyTuple([]), mapping)],
      ['index(sub, start=None, end=None)', find(false, true)],
      ['isalnum()', test((text) => /^[\p{L}\p{N}]+$/u.test(text))],
      ['isalpha()', test((text) => /^\p{L}+$/u.test(text))],
      ['isascii()', test((text) => /^[\x00-\x7f]*$/.test(text))],
      ['isdecimal()', test((text) => /^\p{Nd}+$/u.test(text))],
      ['isdigit()', test((text) => /^[\p{Nd}²³¹⁰⁴-⁹₀-₉]+$/u.test(text))],
      ['isidentifier()', test((text) => /^[\p{ID_Start}_]\p{ID_Continue}*$/u.test(text))],
      ['islower()', test(isLower)],
      ['isnumeric()', test((text) => /^\p{N}+$/u.test(text))],
      ['isprintable()', test((text) => !/[\p{C}\p{Z}]/u.test(text.replaceAll(' ', '')))],
      ['isspace()', test(isSpace)],
      ['istitle()', test((text) => /\p{Cased}/u.test(text) && titleText(text) === text)],
      ['isupper()', test(isUpper)],
      ['join(iterable)', joined],
      ["ljust(width, fillchar=' ')", pad((text, missing, fill) => text + fill.repeat(missing))],
      ['lower()', letters((text) => text.toLowerCase())],
      ['lstrip(chars=None)', strip('left')],
      ['partition(sep)', partition(false)],
      [
        'removeprefix(prefix)',
        whole((self, prefix = none) =>
          self.startsWith(plainText(prefix)) ? self.slice(plainText(prefix).length) : self,
        ),
      ],
      [
        'removesuffix(suffix)',
        whole((self, suffix = none) => {
          const end = plainText(suffix);
          return end !== '' && self.endsWith(end) ? self.slice(0, -end.length) : self;
        }),
      ],
      [
        'replace(old, new, count=-1)',
        (self, old = none, replacement = none, count = none) => {
          required(old, (type) => `replace() argument 1 must be str, not ${type}`);
          required(replacement, (type) => `replace() argument 2 must be str, not ${type}`);
          return replaceRich(rich(self), old, replacement, indexOf(peek(count)));
        },
      ],
      ['rfind(sub, start=None, end=None)', find(true, false)],
      ['rindex(sub, start=None, end=None)', find(true, true)],
      ["rjust(width, fillchar=' ')", pad((text, missing, fill) => fill.repeat(missing) + text)],
      ['rpartition(sep)', partition(true)],
      ['rsplit(sep=None, maxsplit=-1)', split(true)],
      ['rstrip(chars=None)', strip('right')],
      ['split(sep=None, maxsplit=-1)', split(false)],
      ['splitlines(keepends=False)', whole((self, keep = none) => new PyList(splitLines(self, truthy(keep))))],
      ['startswith(prefix, start=None, end=None)', affix((text, part) => text.startsWith(part), 'startswith')],
      ['strip(chars=None)', strip('both')],
      [
        'swapcase()',
        letters((text) =>
          text.replace(/\p{L}/gu, (char) => (char === char.toLowerCase() ? char.toUpperCase() : char.toLowerCase())),
        ),
      ],
      ['title()', letters(titleText)],
      ['translate(table)', whole((self, table = none) => translate(self, table))],
      ['upper()', letters((text) => text.toUpperCase())],
      [
        'zfill(width)',
        pad((text, missing) => {
          const sign = /^[+-]/.exec(text)?.[0] ?? '';
          return sign + '0'.repeat(missing) + text.slice(sign.length);
        }),
      ],
    ] satisfies [string, Run][]
  ).map(([text, run]) => {
    const shape = signature(text);
    return [shape.name, [shape, run]];
  }),
);

function encodeText(text: string, encoding: string): PyBytes {
  const name = encoding.toLowerCase().replaceAll('_', '-');
  if (name === 'utf-8' || name === 'utf8') return new PyBytes(new TextEncoder().encode(text));
  if (name === 'ascii' && /^[\x00-\x7f]*$/.test(text)) return new PyBytes(new TextEncoder().encode(text));
  throw new PyError('UnsupportedError', `str.encode(${textRepr(encoding)})`);
}

function expandTabs(text: string, size: number): string {
  let column = 0;
  let result = '';
  for (const char of codePoints(text)) {
    if (char === '\t') {
      const spaces = size > 0 ? size - (column % size) : 0;
      checkSize(result.length + spaces);
      result += ' '.repeat(spaces);
      column += spaces;
    } else {
      result += char;
      column = char === '\n' || char === '\r' ? 0 : column + 1;
    }
  }
  return result;
}

/** A bound str method. */
export function textMethod(value: Value, markup: boolean, name: string): Value | undefined {
  if (markup) return markupMethod(value, name, methods.get(name));
  const found = methods.get(name);
  if (found === undefined) return undefined;
  const [shape, run] = found;
  return new PyFunction(
    name,
    (given: CallArgs) => run(value, ...bind(shape, given)),
    `<built-in method ${name} of str object>`,
  );
}
