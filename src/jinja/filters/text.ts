import {
  asMarkup,
  besideRich,
  coarse,
  concatRich,
  fromRich,
  joinRuns,
  mapRich,
  type Rich,
  rich,
  sliceRich,
} from '../tags/rich.ts';
import { bare, peek } from '../tags/tracker.ts';
import { slice } from '../values/attributes.ts';
import { PyDict } from '../values/dict.ts';
import { PyError, typeError } from '../values/error.ts';
import { formatPercent } from '../values/format-percent.ts';
import { isIterable, lengthOf, listOf, truthy } from '../values/iterate.ts';
import { checkSize } from '../values/limits.ts';
import { escapeText } from '../values/markup.ts';
import { replaceRich, stripRich } from '../values/methods-text.ts';
import { asDouble, indexOf } from '../values/number.ts';
import { add, binary, unsupported } from '../values/operators.ts';
import { str } from '../values/print.ts';
import { capitalize, lineBounds, splitLines, splitTextFromRight, textLength } from '../values/text.ts';
import { failUndefined, isNumeric, isText, textOf, typeName } from '../values/types.ts';
import { unpack } from '../values/unpack.ts';
import { Markup, type Plain, PyList, PySlice, PyTuple, Undefined, type Value } from '../values/value.ts';
import { define, type Filter, none } from './filter.ts';
import { wrapText } from './wrap-text.ts';

/** soft_str(value) changed, Markup staying Markup. */
function soft(value: Value, change: (text: Rich) => Rich): Value {
  const changed = fromRich(change(rich(value)));
  return bare(value) instanceof Markup ? asMarkup(changed) : changed;
}

const letters =
  (change: (text: string) => string) =>
  (value: Value): Value =>
    soft(value, (text) => mapRich(text, change));

/** Jinja2's own title(): words begin after spaces, hyphens and opening brackets. */
function titleWords(text: string): string {
  return text
    .split(/([-\s({[<]+)/u)
    .filter((part) => part !== '')
    .map((part) => {
      const [first = '', ...rest] = Array.from(part);
      return first.toUpperCase() + rest.join('').toLowerCase();
    })
    .join('');
}

function indent(value: Value, width: Value, first: Value, blank: Value): Value {
  const plain = bare(value);
  const given = peek(width);
  const indention = isText(given) ? textOf(given) : str(binary('*', ' ', given));
  if (!isText(plain)) refuseIndent(value);
  const markup = plain instanceof Markup;
  const text = rich(value);
  const bounds = lineBounds(`${text.text}\n`);
  const everyLine = truthy(blank);
  const pieces: Rich[] = [];
  const literal = (piece: string): Rich => ({ text: piece, runs: [] });
  if (truthy(first)) pieces.push(literal(indention));
  let size = 0;
  bounds.forEach(([start, end], at) => {
    if (at > 0) {
      const lineEnd = bounds[at - 1]?.[1] ?? start;
      pieces.push(
        besideRich(
          everyLine || end > start ? `\n${indention}` : '\n',
          text,
          lineEnd,
          Math.min(start + 1, text.text.length),
        ),
      );
    }
    pieces.push(sliceRich(text, start, Math.min(end, text.text.length)));
    size += indention.length + end - start;
    checkSize(size);
  });
  const result = fromRich(joinRuns(concatRich(pieces)));
  return markup ? asMarkup(result) : result;
}

/** `s += '\n'` and `s.splitlines()` on what is no str. */
function refuseIndent(value: Value): never {
  const plain = peek(value);
  if (plain instanceof Undefined) failUndefined(plain);
  if (plain instanceof PyList) throw new PyError('AttributeError', "'list' object has no attribute 'splitlines'");
  if (plain instanceof PyTuple) throw typeError('can only concatenate tuple (not "str") to tuple');
  throw unsupported('+=', plain, '');
}

function truncate(value: Value, length: Value, killWords: Value, end: Value, leeway: Value): Value {
  const tail = str(end);
  const limit = sizeOf(peek(length), '>=');
  const plainLeeway = peek(leeway);
  const extra = plainLeeway === null ? 5 : sizeOf(plainLeeway, '>=');
  if (limit < textLength(tail))
    throw new PyError('AssertionError', `expected length >= ${textLength(tail)}, got ${limit}`);
  if (extra < 0) throw new PyError('AssertionError', `expected leeway >= 0, got ${extra}`);
  if (lengthOf(value) <= limit + extra) return value;
  const cut = slice(value, new PySlice(null, binary('-', length, textLength(tail)), null));
  if (truthy(killWords)) return add(peek(cut), peek(end));
  const plain = peek(cut);
  if (!isText(plain)) throw new PyError('AttributeError', `'${typeName(plain)}' object has no attribute 'rsplit'`);
  const words = splitTextFromRight(textOf(plain), ' ', 1)[0] ?? '';
  return plain instanceof Markup ? new Markup(words + escapeText(tail)) : words + tail;
}

/** A length that is only compared with, so that a float will do; where text is cut there it must be an integer. */
function sizeOf(plain: Plain, operator: string): number {
  if (plain instanceof Undefined) failUndefined(plain);
  if (!isNumeric(plain))
    throw typeError(`'${operator}' not supported between instances of '${typeName(plain)}' and 'int'`);
  return asDouble(plain);
}

function wordwrap(value: Value, width: Value, breakLong: Value, wrapString: Value, breakHyphens: Value): Value {
  const plain = peek(value);
  if (plain instanceof Undefined) failUndefined(plain);
  if (!isText(plain)) throw new PyError('AttributeError', `'${typeName(plain)}' object has no attribute 'splitlines'`);
  const between = peek(wrapString) === null ? '\n' : str(wrapString);
  const options = {
    width: sizeOf(peek(width), '<='),
    breakLongWords: truthy(breakLong),
    breakOnHyphens: truthy(breakHyphens),
  };
  return splitLines(textOf(plain))
    .map((line) => wrapText(line, options).join(between))
    .join(between);
}

function quote(text: string, forQuery: boolean): string {
  const quoted = encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return forQuery ? quoted.replaceAll('%20', '+') : quoted.replaceAll('%2F', '/');
}

function urlencode(value: Value): Value {
  const plain = peek(value);
  if (plain instanceof PyDict)
    return plain
      .pairs()
      .map(([key, item]) => `${quote(str(key), true)}=${quote(str(item), true)}`)
      .join('&');
  if (isText(plain) || !isIterable(plain)) return quote(str(plain), false);
  return listOf(plain)
    .map((pair) => {
      const [key = none, item = none] = unpack(pair, 2);
      return `${quote(str(key), true)}=${quote(str(item), true)}`;
    })
    .join('&');
}

export const textFilters: Readonly<Record<string, Filter>> = {
  capitalize: define('do_capitalize(s)', (_, value = none) => letters(capitalize)(value)),
  center: define('do_center(value, width=80)', (_, value = none, width = none) =>
    soft(value, (text) => {
      const missing = indexOf(peek(width)) - textLength(text.text);
      if (missing <= 0) return text;
      checkSize(missing);
      const left = (missing >> 1) + (missing & indexOf(peek(width)) & 1);
      return coarse(' '.repeat(left) + text.text + ' '.repeat(missing - left), text.runs);
    }),
  ),
  format: define('do_format(value, *args, **kwargs)', (_, value = none, args = none, kwargs = none) => {
    const [positional, named] = [bare(args), bare(kwargs)];
    const hasNamed = named instanceof PyDict && named.size > 0;
    if (hasNamed && positional instanceof PyTuple && positional.items.length > 0) {
      throw new PyError('FilterArgumentError', "can't handle positional and keyword arguments at the same time");
    }
    const format = isText(bare(value)) ? value : fromRich(rich(value));
    return formatPercent(format, hasNamed ? kwargs : args);
  }),
  indent: define(
    'do_indent(s, width=4, first=False, blank=False)',
    (_, value = none, width = none, first = none, blank = none) => indent(value, width, first, blank),
  ),
  lower: define('do_lower(s)', (_, value = none) => letters((text) => text.toLowerCase())(value)),
  replace: define(
    'do_replace(eval_ctx, s, old, new, count=None)',
    (runtime, value = none, old = none, replacement = none, count = none) => {
      const limit = peek(count) === null ? -1 : indexOf(peek(count));
      if (runtime.autoescape) return replaceEscaped(value, old, replacement, limit);
      return replaceRich(rich(value), str(old), fromRich(rich(replacement)), limit);
    },
  ),
  string: define('soft_str(s)', (_, value = none) => (isText(bare(value)) ? value : fromRich(rich(value)))),
  title: define('do_title(s)', (_, value = none) => letters(titleWords)(value)),
  trim: define('do_trim(value, chars=None)', (_, value = none, chars = none) => {
    const given = peek(chars);
    if (given !== null && !isText(given)) {
      // What fails to be a text fails first.
      str(value);
      throw typeError('strip arg must be None or str');
    }
    const set = given === null ? undefined : textOf(given);
    return soft(value, (text) => stripRich(text, set, 'both'));
  }),
  truncate: define(
    "do_truncate(env, s, length=255, killwords=False, end='...', leeway=None)",
    (_, value = none, length = none, kill = none, end = none, leeway = none) =>
      truncate(value, length, kill, end, leeway),
  ),
  upper: define('do_upper(s)', (_, value = none) => letters((text) => text.toUpperCase())(value)),
  urlencode: define('do_urlencode(value)', (_, value = none) => urlencode(value)),
  wordcount: define('do_wordcount(s)', (_, value = none) => str(value).match(/[\p{L}\p{N}_]+/gu)?.length ?? 0),
  wordwrap: define(
    'do_wordwrap(environment, s, width=79, break_long_words=True, wrapstring=None, break_on_hyphens=True)',
    (_, value = none, width = none, long = none, by = none, hyphens = none) =>
      wordwrap(value, width, long, by, hyphens),
  ),
};

function replaceEscaped(value: Value, old: Value, replacement: Value, limit: number): Value {
  const [text, sought, inserted] = [peek(value), peek(old), peek(replacement)];
  const escapes = sought instanceof Markup || (inserted instanceof Markup && !(text instanceof Markup));
  const base = escapes || text instanceof Markup;
  const source = escapes ? escapeText(isText(text) ? text : str(text)) : str(text);
  const part = base && !(sought instanceof Markup) ? escapeText(str(sought)) : str(sought);
  const by = base ? escapeText(isText(inserted) ? inserted : str(inserted)) : str(inserted);
  const result = str(replaceRich({ text: source, runs: [] }, part, by, limit));
  return base ? new Markup(result) : result;
}
