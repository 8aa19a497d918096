import { PyError } from './error.ts';
import { Markup, type Plain, PyFloat, PyObject, Undefined } from './value.ts';

/** `type(value).__name__`. */
export function typeName(value: Plain): string {
  if (value === null) return 'NoneType';
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'number':
    case 'bigint':
      return 'int';
    case 'string':
      return 'str';
    default:
      return value.type;
  }
}

/** How messages of undefined values name the object: `'dict object'`, `'None'`. */
export function objectTypeName(value: Plain): string {
  if (value === null) return 'None';
  const module = value instanceof PyObject ? value.module : 'builtins';
  return module === 'builtins' ? `${typeName(value)} object` : `${module}.${typeName(value)} object`;
}

export function isText(value: Plain): value is string | Markup {
  return typeof value === 'string' || value instanceof Markup;
}

export function textOf(value: string | Markup): string {
  return typeof value === 'string' ? value : value.text;
}

export function isInteger(value: Plain): value is number | bigint | boolean {
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean';
}

export function isNumeric(value: Plain): value is number | bigint | boolean | PyFloat {
  return isInteger(value) || value instanceof PyFloat;
}

/** What Python says when an undefined value is used. */
function undefinedMessage(value: Undefined): string {
  if (value.hint !== undefined) return value.hint;
  const name = value.name;
  if (value.obj === undefined) return `${quoted(name)} is undefined`;
  if (typeof name !== 'string') return `${objectTypeName(value.obj)} has no element ${shortRepr(name)}`;
  return `'${objectTypeName(value.obj)}' has no attribute ${quoted(name)}`;
}

export function failUndefined(value: Undefined): never {
  const missing = value.obj === undefined && typeof value.name === 'string' ? value.name : undefined;
  throw new PyError('UndefinedError', undefinedMessage(value), missing === undefined ? {} : { missing });
}

/** Refuses StrictUndefined where the lenient kinds have a value. */
export function refuseStrict(value: Plain): void {
  if (value instanceof Undefined && value.kind === 'strict') failUndefined(value);
}

function quoted(name: Plain): string {
  return typeof name === 'string' ? (name.includes("'") ? `"${name}"` : `'${name}'`) : shortRepr(name);
}

function shortRepr(name: Plain): string {
  if (name === null) return 'None';
  if (typeof name === 'boolean') return name ? 'True' : 'False';
  if (name instanceof PyFloat) return String(name.n);
  return name instanceof PyObject ? `<${name.type}>` : String(name);
}
