import { note, peek } from '../tags/tracker.ts';
import { PyDict, PyView } from './dict.ts';
import { valueError } from './error.ts';
import { spend } from './limits.ts';
import { floatRepr } from './number.ts';
import { failUndefined, objectTypeName } from './types.ts';
import {
  Markup,
  type Plain,
  PyBytes,
  PyDate,
  PyFloat,
  PyFunction,
  PyList,
  PyRange,
  PySlice,
  PyTuple,
  Special,
  Undefined,
  type Value,
} from './value.ts';

/** `str(value)`. */
export function str(value: Value): string {
  const plain = peek(value);
  if (typeof plain === 'string') return plain;
  if (plain instanceof Markup) return plain.text;
  if (plain instanceof Undefined) return undefinedText(plain);
  if (plain instanceof PyDate) return plain.text;
  if (plain instanceof Special) {
    const text = peek(plain.str());
    return typeof text === 'string' ? text : str(text);
  }
  return plainRepr(plain);
}

function undefinedText(value: Undefined): string {
  switch (value.kind) {
    case 'strict':
      return failUndefined(value);
    case 'debug': {
      if (value.hint !== undefined) return `{{ undefined value printed: ${value.hint} }}`;
      if (value.obj === undefined) return `{{ ${str(value.name)} }}`;
      return `{{ no such element: ${objectTypeName(value.obj)}[${repr(value.name)}] }}`;
    }
    default:
      return '';
  }
}

/** `repr(value)`. */
export function repr(value: Value): string {
  return plainRepr(peek(value));
}

function plainRepr(value: Plain): string {
  if (value === null) return 'None';
  switch (typeof value) {
    case 'string':
      return textRepr(value);
    case 'boolean':
      return value ? 'True' : 'False';
    case 'number':
      return String(value);
    case 'bigint':
      return bigText(value);
  }
  if (value instanceof PyFloat) return floatRepr(value.n);
  if (value instanceof PyList) {
    note(value.shape);
    return nested(value, '[...]', () => `[${value.items.map(repr).join(', ')}]`);
  }
  if (value instanceof PyTuple)
    return nested(value, '(...)', () => `(${value.items.map(repr).join(', ')}${value.items.length === 1 ? ',' : ''})`);
  if (value instanceof PyDict) {
    note(value.shape);
    return nested(
      value,
      '{...}',
      () =>
        `{${value
          .pairs()
          .map(([key, item]) => `${repr(key)}: ${repr(item)}`)
          .join(', ')}}`,
    );
  }
  if (value instanceof Undefined) return 'Undefined';
  if (value instanceof Markup) return `Markup(${textRepr(value.text)})`;
  if (value instanceof PyRange)
    return value.step === 1
      ? `range(${value.start}, ${value.stop})`
      : `range(${value.start}, ${value.stop}, ${value.step})`;
  if (value instanceof PyView) return `${value.type}([${value.items().map(repr).join(', ')}])`;
  if (value instanceof PySlice) return `slice(${repr(value.start)}, ${repr(value.stop)}, ${repr(value.step)})`;
  if (value instanceof PyDate) return dateRepr(value);
  if (value instanceof PyBytes) return bytesRepr(value);
  if (value instanceof PyFunction && value.type === 'type') return value.shown;
  if (value instanceof Special) return value.repr();
  return printsAddress(value.type);
}

/** Stands for where in memory an object lies, which no other program can know. A text that shows it is refused in the end. */
export const addressMark = '\uE0F2';

/** What Python prints of an object without a repr() of its own. */
export function printsAddress(type: string): string {
  return `<${type} object at ${addressMark}>`;
}

/** Python writes integers of up to 4300 digits. */
function bigText(value: bigint): string {
  const text = value.toString();
  if (text.length - (value < 0n ? 1 : 0) > 4300)
    throw valueError('Exceeds the limit (4300 digits) for integer string conversion');
  return text;
}

const open = new Set<Plain>();

/** Guards against containers that hold themselves. */
function nested(container: Plain, again: string, print: () => string): string {
  if (open.has(container)) return again;
  spend(1);
  open.add(container);
  try {
    return print();
  } finally {
    open.delete(container);
  }
}

function dateRepr(date: PyDate): string {
  const parts = date.text.split(/[-: T.+]/).map((part) => Number(part));
  const shown = date.type === 'datetime' && parts.length > 5 && parts[5] === 0 ? parts.slice(0, 5) : parts;
  return `datetime.${date.type}(${shown.join(', ')})`;
}

function bytesRepr(value: PyBytes): string {
  const shown = Array.from(value.bytes, (byte) => {
    const char = String.fromCharCode(byte);
    return escapes[char] ?? (byte >= 0x20 && byte < 0x7f ? char : `\\x${byte.toString(16).padStart(2, '0')}`);
  }).join('');
  const quote = shown.includes("'") && !shown.includes('"') ? '"' : "'";
  return `b${quote}${shown.replaceAll(quote, `\\${quote}`)}${quote}`;
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const special = /[\\\n\r\t'"]|[^\x20-\x7e]/u;

/** repr() of a str: single quotes unless only single quotes are inside. */
export function textRepr(text: string): string {
  if (!special.test(text)) return `'${text}'`;
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let shown = '';
  for (const char of text) {
    const escaped = escapes[char];
    if (escaped !== undefined) shown += escaped;
    else if (char === quote) shown += `\\${char}`;
    else if (char === ' ' || !/[\p{C}\p{Z}]/u.test(char)) shown += char;
    else shown += escapedCode(char.codePointAt(0) ?? 0);
  }
  return `${quote}${shown}${quote}`;
}

function escapedCode(code: number): string {
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
