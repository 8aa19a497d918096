import { bare, peek } from '../tags/tracker.ts';
import { bind, type Signature } from './arguments.ts';
import { listOf } from './iterate.ts';
import { escapeText, unescapeHtml } from './markup.ts';
import { str } from './print.ts';
import { splitText } from './text.ts';
import { isText } from './types.ts';
import { type CallArgs, Markup, PyFunction, PyList, PyTuple, type Value } from './value.ts';

export type TextMethod = (self: Value, ...args: Value[]) => Value;

const markupArguments: ReadonlySet<string> = new Set(['replace', 'join', 'format', 'center', 'ljust', 'rjust']);
const markupResults: ReadonlySet<string> = new Set([
  'capitalize',
  'casefold',
  'center',
  'expandtabs',
  'format',
  'join',
  'ljust',
  'lower',
  'lstrip',
  'removeprefix',
  'removesuffix',
  'replace',
  'rjust',
  'rstrip',
  'strip',
  'swapcase',
  'title',
  'upper',
  'zfill',
]);

/** A bound method of Markup: its text arguments are escaped and its text results are Markup. */
export function markupMethod(
  value: Value,
  name: string,
  found: readonly [Signature, TextMethod] | undefined,
): Value | undefined {
  if (name === 'unescape' || name === 'striptags') {
    return new PyFunction(name, () => {
      const text = str(value);
      return unescapeHtml(name === 'unescape' ? text : stripTags(text));
    });
  }
  if (name === '__html__') return new PyFunction(name, () => value);
  if (found === undefined) return undefined;
  const [shape, run] = found;
  return new PyFunction(name, (given: CallArgs) => {
    const text = str(value);
    const escaped = (argument: Value): Value => {
      const plain = peek(argument);
      if (!markupArguments.has(name)) return argument;
      return isText(plain)
        ? escapeText(plain)
        : plain instanceof PyList || plain instanceof PyTuple
          ? new PyList(listOf(plain).map(escaped))
          : argument;
    };
    const kwargs = new Map([...given.kwargs].map(([key, argument]) => [key, escaped(argument)]));
    const result = bare(run(text, ...bind(shape, { args: given.args.map(escaped), kwargs })));
    if (result instanceof PyList && isTextList(result.items)) return new PyList(result.items.map(marked));
    if (result instanceof PyTuple && isTextList(result.items)) return new PyTuple(result.items.map(marked));
    return typeof result === 'string' && markupResults.has(name) ? new Markup(result) : result;
  });
}

function isTextList(items: readonly Value[]): boolean {
  return items.every((item) => typeof item === 'string');
}

function marked(item: Value): Value {
  return typeof item === 'string' ? new Markup(item) : item;
}

export function stripTags(text: string): string {
  return splitText(without(without(text, '<!--', '-->'), '<', '>'), undefined, -1).join(' ');
}

/** Everything from each opening to the next closing left out. */
function without(text: string, open: string, close: string): string {
  const kept: string[] = [];
  let at = 0;
  for (let start = text.indexOf(open); start >= 0; start = text.indexOf(open, at)) {
    const end = text.indexOf(close, start + open.length);
    if (end < 0) break;
    kept.push(text.slice(at, start));
    at = end + close.length;
  }
  return kept.join('') + text.slice(at);
}
