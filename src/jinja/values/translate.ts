import { peek } from '../tags/tracker.ts';
import { PyDict } from './dict.ts';
import { typeError, valueError } from './error.ts';
import { codePoints } from './text.ts';
import { failUndefined, isInteger, isText, textOf, typeName } from './types.ts';
import { type Plain, PyList, PyTuple, Undefined, type Value } from './value.ts';

/** str.translate: each character by what the table has at its code point: another text, a code point, or nothing. */
export function translate(text: string, table: Value): string {
  const plain = peek(table);
  return Array.from(text, (char) => {
    const found = translated(plain, char.codePointAt(0) ?? 0);
    if (found === undefined) return char;
    const by = peek(found);
    if (by === null) return '';
    if (isText(by)) return textOf(by);
    if (!isInteger(by)) throw typeError('character mapping must return integer, None or str');
    if (BigInt(by) < 0n || BigInt(by) > 0x10ffffn) throw valueError('character mapping must be in range(0x110000)');
    return String.fromCodePoint(Number(by));
  }).join('');
}

function translated(table: Plain, code: number): Value | undefined {
  if (table instanceof PyDict) return table.get(code);
  if (isText(table)) return codePoints(textOf(table))[code];
  if (table instanceof PyList || table instanceof PyTuple) return table.items[code];
  if (table instanceof Undefined) return failUndefined(table);
  throw typeError(`'${typeName(table)}' object is not subscriptable`);
}
