import type { PyExpr } from '../python/syntax.ts';
import { plainString } from '../python/walk.ts';
import { joined, jsString, type Typed, Untranslatable } from './javascript-text.ts';
import { translateCall } from './python-call.ts';

export type Scope = ReadonlyMap<string, Typed>;

const comparisons: Readonly<Record<string, string>> = {
  '==': '===',
  '!=': '!==',
  is: '===',
  'is not': '!==',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

/** One Python expression as JavaScript of the same value; throws Untranslatable. */
export function translateExpression(expr: PyExpr, scope: Scope): Typed {
  switch (expr.kind) {
    case 'string':
      return joined(expr.parts.map((part) => (typeof part === 'string' ? part : translateExpression(part, scope))));
    case 'number':
      // 2.0 is printed as 2 by JavaScript; every number that is written as a float is left to a person.
      if (!Number.isSafeInteger(expr.value) || String(expr.value).length !== expr.end - expr.start)
        throw new Untranslatable('a float, which Python prints in its own way');
      return { js: String(expr.value), type: 'number' };
    case 'constant':
      return expr.value === null ? { js: 'null', type: 'none' } : { js: String(expr.value), type: 'boolean' };
    case 'name': {
      const known = scope.get(expr.name);
      if (known === undefined) throw new Untranslatable(`it uses ${expr.name}`);
      return known;
    }
    case 'item':
      return item(expr, scope);
    case 'list':
      return { js: `[${expr.items.map((each) => translateExpression(each, scope).js).join(', ')}]`, type: 'list' };
    case 'dict':
      return dict(expr.entries, scope);
    case 'binary':
      return binary(expr, scope);
    case 'not':
      return { js: `!(${condition(expr.of, scope)})`, type: 'boolean' };
    case 'choice': {
      const [then, otherwise] = [translateExpression(expr.then, scope), translateExpression(expr.otherwise, scope)];
      const js = `(${condition(expr.test, scope)} ? ${then.js} : ${otherwise.js})`;
      return { js, type: then.type === otherwise.type ? then.type : 'any' };
    }
    case 'call':
      return translateCall(expr, scope);
    case 'attribute':
      throw new Untranslatable(`it uses an attribute, ${expr.name}`);
    case 'lambda':
    case 'other':
      throw new Untranslatable('it uses an expression that is not translated');
  }
}

/** Only what is a boolean in both languages: an empty list is false in Python and true in JavaScript. */
function condition(expr: PyExpr, scope: Scope): string {
  const { js, type } = translateExpression(expr, scope);
  switch (type) {
    case 'boolean':
      return js;
    case 'number':
      return `${js} !== 0`;
    case 'text':
      return `${js} !== ''`;
    default:
      throw new Untranslatable('what is true and false differs in JavaScript');
  }
}

function dict(entries: readonly { readonly key?: PyExpr | undefined; readonly value: PyExpr }[], scope: Scope): Typed {
  const pairs = entries.map(({ key, value }) => {
    const name = plainString(key);
    // Keys that are whole numbers come first in a JavaScript object, whatever was written.
    if (name === undefined || /^\d+$/.test(name)) throw new Untranslatable('a mapping whose keys are not plain names');
    return `${/^[A-Za-z_]\w*$/.test(name) ? name : jsString(name)}: ${translateExpression(value, scope).js}`;
  });
  return { js: `{ ${pairs.join(', ')} }`, type: 'map' };
}

/** A slice from the front, an item by its name or place; an unknown key is an error in Python and stays one. */
function item(expr: Extract<PyExpr, { kind: 'item' }>, scope: Scope): Typed {
  const of = translateExpression(expr.of, scope);
  const place = (part: PyExpr): number => {
    if (part.kind !== 'number' || part.value < 0) throw new Untranslatable('a place that is not a plain number');
    return part.value;
  };
  if (expr.to !== undefined) {
    const from = expr.index === undefined ? 0 : place(expr.index);
    return { js: `${of.js}.slice(${from}, ${place(expr.to)})`, type: of.type };
  }
  if (expr.index === undefined) throw new Untranslatable('a slice');
  const key = plainString(expr.index);
  return { js: `${of.js}[${key === undefined ? place(expr.index) : jsString(key)}]`, type: 'any' };
}

function binary(expr: Extract<PyExpr, { kind: 'binary' }>, scope: Scope): Typed {
  const { op } = expr;
  if (op === 'and' || op === 'or') {
    const sign = op === 'and' ? '&&' : '||';
    return { js: `(${bool(expr.left, scope)} ${sign} ${bool(expr.right, scope)})`, type: 'boolean' };
  }
  const format = op === '%' && expr.left.kind === 'string' ? plainString(expr.left) : undefined;
  if (format !== undefined) return percent(format, expr.right, scope);
  const [left, right] = [translateExpression(expr.left, scope), translateExpression(expr.right, scope)];
  const comparison = comparisons[op];
  if (comparison !== undefined) return compare(expr, left, right, comparison);
  if (op === 'in' || op === 'not in') return contains(left, right, op === 'in');
  const texts = left.type === 'text' || right.type === 'text';
  if (op === '+' && texts && [left, right].every(({ type }) => type === 'text' || type === 'any'))
    return { js: `(${left.js} + ${right.js})`, type: 'text' };
  const kinds = [left.type, right.type];
  if (!kinds.every((type) => type === 'number' || type === 'float' || type === 'any') || kinds.join() === 'any,any')
    throw new Untranslatable(`${op} between values whose kinds are not known`);
  // A float is no more than a step on the way to a whole number: only int() takes it.
  const float = kinds.includes('float');
  switch (op) {
    case '+':
    case '-':
    case '*':
      return { js: `(${left.js} ${op} ${right.js})`, type: float ? 'float' : 'number' };
    case '//':
      if (float) throw new Untranslatable('// of a float, which Python prints in its own way');
      return { js: `Math.floor(${left.js} / ${right.js})`, type: 'number' };
    case '%':
      if (right.type === 'number' && left.type === 'number')
        return { js: `(((${left.js} % ${right.js}) + ${right.js}) % ${right.js})`, type: 'number' };
      throw new Untranslatable('% on a value that may be a text');
    default:
      throw new Untranslatable(`${op}, whose result Python prints in its own way`);
  }
}

function bool(expr: PyExpr, scope: Scope): string {
  const { js, type } = translateExpression(expr, scope);
  if (type !== 'boolean') throw new Untranslatable('what is true and false differs in JavaScript');
  return js;
}

/** Values are compared where one side is known to be a text, a number or None. */
function compare(expr: Extract<PyExpr, { kind: 'binary' }>, left: Typed, right: Typed, sign: string): Typed {
  if (expr.left.kind === 'binary' && comparisons[expr.left.op] !== undefined)
    throw new Untranslatable('a chain of comparisons');
  const kinds = [left.type, right.type];
  const simple = (type: string): boolean => ['text', 'number', 'float', 'none'].includes(type);
  if (!kinds.some(simple) || kinds.some((type) => type === 'list' || type === 'map'))
    throw new Untranslatable(`${expr.op} between values whose kinds are not known`);
  return { js: `(${left.js} ${sign} ${right.js})`, type: 'boolean' };
}

function contains(left: Typed, right: Typed, wanted: boolean): Typed {
  if (right.type !== 'list' && !(right.type === 'text' && left.type !== 'list'))
    throw new Untranslatable('in, on a value that may be a mapping');
  return { js: `(${right.js}.indexOf(${left.js}) ${wanted ? '>=' : '<'} 0)`, type: 'boolean' };
}

/** `'%s-%d' % (a, b)`; `%d` cuts a fraction off, and refuses what is no number. */
function percent(format: string, right: PyExpr, scope: Scope): Typed {
  const values = (right.kind === 'list' ? right.items : [right]).map((each) => translateExpression(each, scope));
  const pieces = format.split(/(%.)/s);
  const used = pieces.filter((piece) => /^%[^%]/s.test(piece));
  if (used.length !== values.length || used.some((piece) => piece !== '%s' && piece !== '%d'))
    throw new Untranslatable('a format that is more than %s and %d');
  let at = 0;
  return joined(
    pieces.flatMap((piece): readonly (string | Typed)[] => {
      if (piece === '%%') return ['%'];
      if (piece !== '%s' && piece !== '%d') return [piece];
      const value = values[at++];
      if (value === undefined) return [];
      return [piece === '%d' ? wholeNumber(value) : value];
    }),
  );
}

function wholeNumber(value: Typed): Typed {
  if (value.type !== 'number') throw new Untranslatable('%d of a value that may be no number');
  return value.js.startsWith('Math.trunc(') ? value : { ...value, js: `Math.trunc(${value.js})` };
}
