import { note, peek } from '../tags/tracker.ts';
import { compareValues, sortValues } from '../values/compare.ts';
import { PyDict } from '../values/dict.ts';
import { PyError } from '../values/error.ts';
import { spend } from '../values/limits.ts';
import { repr, textRepr } from '../values/print.ts';
import { textLength } from '../values/text.ts';
import { typeName } from '../values/types.ts';
import { PyList, PyTuple, type Value } from '../values/value.ts';

const width = 80;

/** Python's pprint.pformat: repr, broken over lines beyond 80 columns, dict keys sorted. */
export function prettyPrint(value: Value): string {
  return format(value, 0, 0);
}

function format(value: Value, indent: number, allowance: number): string {
  const flat = sortedRepr(value);
  if (textLength(flat) <= width - indent - allowance) return flat;
  const plain = peek(value);
  if (plain instanceof PyDict) return formatDict(plain, indent, allowance);
  if (plain instanceof PyList || plain instanceof PyTuple) return formatItems(plain, indent, allowance);
  return typeof plain === 'string' ? formatText(plain, indent, allowance) : flat;
}

/** repr() with dict keys in order. */
function sortedRepr(value: Value): string {
  spend(1);
  const plain = peek(value);
  if (plain instanceof PyDict)
    return `{${sortedPairs(plain)
      .map(([key, item]) => `${sortedRepr(key)}: ${sortedRepr(item)}`)
      .join(', ')}}`;
  if (plain instanceof PyList) return `[${plain.items.map(sortedRepr).join(', ')}]`;
  if (plain instanceof PyTuple)
    return `(${plain.items.map(sortedRepr).join(', ')}${plain.items.length === 1 ? ',' : ''})`;
  return repr(plain);
}

function sortedPairs(dict: PyDict): [Value, Value][] {
  note(dict.shape);
  return sortValues(dict.pairs(), ([key]) => key, false, compareSafely);
}

/** pprint orders keys that cannot be compared by their types. */
function compareSafely(left: Value, right: Value): boolean {
  try {
    return compareValues('<', left, right);
  } catch (error) {
    if (!(error instanceof PyError) || error.kind !== 'TypeError') throw error;
    return typeName(peek(left)) < typeName(peek(right));
  }
}

function formatDict(dict: PyDict, indent: number, allowance: number): string {
  const pairs = sortedPairs(dict);
  const items = pairs.map(([key, item], at) => {
    const name = repr(key);
    const last = at === pairs.length - 1;
    return `${name}: ${format(item, indent + 1 + textLength(name) + 2, last ? allowance + 1 : 1)}`;
  });
  return `{${items.join(`,\n${' '.repeat(indent + 1)}`)}}`;
}

function formatItems(plain: PyList | PyTuple, indent: number, allowance: number): string {
  const [open, close] = plain instanceof PyList ? ['[', ']'] : ['(', plain.items.length === 1 ? ',)' : ')'];
  const items = plain.items.map((item, at) =>
    format(item, indent + 1, at === plain.items.length - 1 ? allowance + close.length : 1),
  );
  return `${open}${items.join(`,\n${' '.repeat(indent + 1)}`)}${close}`;
}

/** A long text in pieces, one literal per line. */
function formatText(text: string, start: number, startAllowance: number): string {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const top = start === 0;
  const [indent, allowance] = top ? [1, startAllowance + 1] : [start, startAllowance];
  const chunks: string[] = [];
  lines.forEach((line, at) => {
    const lastLine = at === lines.length - 1;
    const room = width - indent - (lastLine ? allowance : 0);
    if (textLength(textRepr(line)) <= room) chunks.push(textRepr(line));
    else chunks.push(...breakLine(line, width - indent, lastLine ? allowance : 0));
  });
  if (chunks.length === 1) return chunks[0] ?? '';
  const body = chunks.join(`\n${' '.repeat(indent)}`);
  return top ? `(${body})` : body;
}

function breakLine(line: string, most: number, allowance: number): string[] {
  const parts = line.match(/\S*\s*/g)?.filter((part) => part !== '') ?? [];
  const chunks: string[] = [];
  let current = '';
  parts.forEach((part, at) => {
    const candidate = current + part;
    const room = at === parts.length - 1 ? most - allowance : most;
    if (textLength(textRepr(candidate)) > room) {
      if (current !== '') chunks.push(textRepr(current));
      current = part;
    } else current = candidate;
  });
  if (current !== '') chunks.push(textRepr(current));
  return chunks;
}
