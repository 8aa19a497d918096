import type { Provenance } from '../ir/value.ts';
import { fromPrimitive, type Known, primitive, refuse, staticString } from './known.ts';

/** ES5 methods of texts that need nothing but constants. */
const textMethods: ReadonlySet<string> = new Set([
  'charAt',
  'charCodeAt',
  'concat',
  'indexOf',
  'lastIndexOf',
  'slice',
  'split',
  'substr',
  'substring',
  'toLowerCase',
  'toUpperCase',
  'trim',
  'toString',
  'valueOf',
  'startsWith',
  'endsWith',
]);
const mathFunctions: ReadonlySet<string> = new Set(['abs', 'ceil', 'floor', 'max', 'min', 'pow', 'round', 'sqrt']);

type Primitive = undefined | null | boolean | number | string;

/** A method of a constant text; undefined where the text or an argument is not constant. */
export function foldTextMethod(
  text: string,
  name: string,
  args: readonly Known[],
  from: Provenance,
): Known | undefined {
  const values = primitives(args);
  if (values === undefined || !textMethods.has(name)) return undefined;
  const method: unknown = Reflect.get(String.prototype, name);
  return typeof method === 'function' ? fromPrimitive(Reflect.apply(method, text, values), from) : undefined;
}

export function foldNumberMethod(
  number: number,
  name: string,
  args: readonly Known[],
  from: Provenance,
): Known | undefined {
  const values = primitives(args);
  if (values === undefined || !['toFixed', 'toString', 'toPrecision'].includes(name)) return undefined;
  const [digits] = values;
  if (digits !== undefined && (typeof digits !== 'number' || digits < (name === 'toString' ? 2 : 0) || digits > 20))
    return undefined;
  const method: unknown = Reflect.get(Number.prototype, name);
  return typeof method === 'function' ? fromPrimitive(Reflect.apply(method, number, values), from) : undefined;
}

/** A function of the language on constants: `parseInt('08', 10)`, `Math.floor(2.5)`. */
export function foldFunction(name: string, args: readonly Known[], from: Provenance): Known | undefined {
  const values = primitives(args);
  if (values === undefined) return undefined;
  const [first] = values;
  if (name.startsWith('Math.') && mathFunctions.has(name.slice(5))) {
    const method: unknown = Reflect.get(Math, name.slice(5));
    return typeof method === 'function'
      ? fromPrimitive(Reflect.apply(method, Math, values.map(Number)), from)
      : undefined;
  }
  switch (name) {
    case 'parseInt':
      return fromPrimitive(
        Number.parseInt(String(first), values[1] === undefined ? undefined : Number(values[1])),
        from,
      );
    case 'parseFloat':
      return fromPrimitive(Number.parseFloat(String(first)), from);
    case 'Number':
      return fromPrimitive(args.length === 0 ? 0 : Number(first), from);
    case 'String':
      return fromPrimitive(args.length === 0 ? '' : String(first), from);
    case 'Boolean':
      return fromPrimitive(Boolean(first), from);
    case 'isNaN':
      return fromPrimitive(Number.isNaN(Number(first)), from);
    case 'encodeURIComponent':
    case 'encodeURI':
      return /[\ud800-\udfff]/.test(String(first))
        ? undefined
        : fromPrimitive(name === 'encodeURI' ? encodeURI(String(first)) : encodeURIComponent(String(first)), from);
    default:
      return undefined;
  }
}

/** An operator on two constants, with JavaScript's own conversions. */
export function foldBinary(op: string, left: Primitive, right: Primitive, from: Provenance): Known {
  return fromPrimitive(compute(op, left, right), from);
}

function compute(op: string, left: Primitive, right: Primitive): Primitive {
  const both = typeof left === 'string' && typeof right === 'string';
  const [a, b] = [Number(left), Number(right)];
  switch (op) {
    case '+':
      return typeof left === 'string' || typeof right === 'string' ? String(left) + String(right) : a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
    case '===':
      return left === right;
    case '!==':
      return left !== right;
    case '==':
      return looselyEqual(left, right);
    case '!=':
      return !looselyEqual(left, right);
    case '<':
      return both ? left < right : a < b;
    case '<=':
      return both ? left <= right : a <= b;
    case '>':
      return both ? left > right : a > b;
    case '>=':
      return both ? left >= right : a >= b;
    default:
      return refuse(`the operator ${op}`);
  }
}

function looselyEqual(left: Primitive, right: Primitive): boolean {
  const nothing = (value: Primitive): boolean => value === undefined || value === null;
  if (nothing(left) || nothing(right)) return nothing(left) && nothing(right);
  return typeof left === typeof right ? left === right : Number(left) === Number(right);
}

function primitives(args: readonly Known[]): readonly Primitive[] | undefined {
  const values: Primitive[] = [];
  for (const arg of args) {
    const value = primitive(arg);
    if (value === undefined) return undefined;
    values.push(value.value);
  }
  return values;
}

/** A constant text that is a regular expression of nothing but plain characters: `/-/g`. */
export function plainPattern(source: string): string | undefined {
  return /^(?:[^\\^$.*+?()[\]{}|]|\\[^A-Za-z0-9])+$/.test(source) ? source.replace(/\\(.)/g, '$1') : undefined;
}

export function constantText(known: Known | undefined): string {
  return (known === undefined ? undefined : staticString(known)) ?? refuse('an argument that is not constant');
}
