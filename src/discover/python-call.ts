import type { PyExpr } from '../python/syntax.ts';
import { plainString } from '../python/walk.ts';
import { joined, printed, type Typed, Untranslatable } from './javascript-text.ts';
import { type Scope, translateExpression } from './python-expression.ts';

type Call = Extract<PyExpr, { kind: 'call' }>;

/** Functions and methods that do the same in both languages for what they are given. */
export function translateCall(call: Call, scope: Scope): Typed {
  const { called } = call;
  if (called.kind === 'attribute') {
    const format = called.name === 'format' ? plainString(called.of) : undefined;
    return format === undefined
      ? method(called.name, translateExpression(called.of, scope), argumentsOf(call, scope))
      : formatted(format, call, scope);
  }
  if (called.kind !== 'name') throw new Untranslatable('it calls what an expression gives');
  if (scope.has(called.name)) throw new Untranslatable(`it calls ${called.name}`);
  return builtin(called.name, call, scope);
}

function argumentsOf(call: Call, scope: Scope): readonly Typed[] {
  return call.args.map(({ name, value }) => {
    if (name !== undefined) throw new Untranslatable(`it calls with ${name}=`);
    return translateExpression(value, scope);
  });
}

function method(name: string, of: Typed, args: readonly Typed[]): Typed {
  const [first, second] = args;
  const given = `${name}/${args.length}`;
  const { js } = of;
  switch (given) {
    case 'upper/0':
      return { js: `${js}.toUpperCase()`, type: 'text' };
    case 'lower/0':
      return { js: `${js}.toLowerCase()`, type: 'text' };
    case 'strip/0':
      return { js: `${js}.trim()`, type: 'text' };
    case 'startswith/1':
      return { js: `${js}.startsWith(${textual(first)})`, type: 'boolean' };
    case 'endswith/1':
      return { js: `${js}.endsWith(${textual(first)})`, type: 'boolean' };
    case 'replace/2':
      return { js: `${js}.split(${textual(first)}).join(${textual(second)})`, type: 'text' };
    case 'split/1':
      return { js: `${js}.split(${textual(first)})`, type: 'list' };
    case 'join/1':
      // A list of anything but texts is refused by Python, and a text is joined by its letters.
      if (of.type !== 'text' || first?.type !== 'list')
        throw new Untranslatable('join of a value that is no list here');
      return { js: `${first.js}.join(${js})`, type: 'text' };
    default:
      throw new Untranslatable(`it calls the method ${name}`);
  }
}

/** A text that is known and not empty: only then do both languages split and search in the same way. */
function textual(value: Typed | undefined): string {
  if (value?.type !== 'text') throw new Untranslatable('a method is given a value that may be no text');
  return value.js;
}

function builtin(name: string, call: Call, scope: Scope): Typed {
  const [argument] = call.args;
  if (name === 'int' && call.args.length === 1 && argument?.value.kind === 'binary' && argument.value.op === '/') {
    const [left, right] = [argument.value.left, argument.value.right].map((each) => translateExpression(each, scope));
    if (left !== undefined && right !== undefined)
      return { js: `Math.trunc(${left.js} / ${right.js})`, type: 'number' };
  }
  const args = argumentsOf(call, scope);
  const [first, second] = args;
  switch (`${name}/${args.length}`) {
    case 'str/1':
      return first?.type === 'text'
        ? first
        : { js: `String(${first === undefined ? '' : printed(first)})`, type: 'text' };
    case 'int/1':
      return first?.type === 'number' || first?.type === 'float'
        ? { js: `Math.trunc(${first.js})`, type: 'number' }
        : { js: `Math.trunc(Number(${first?.js ?? ''}))`, type: 'number' };
    case 'float/1':
      return { js: `Number(${first?.js ?? ''})`, type: 'float' };
    case 'abs/1':
      return { js: `Math.abs(${first?.js ?? ''})`, type: 'number' };
    case 'len/1':
      if (first?.type !== 'list') throw new Untranslatable('len of a value that may be a mapping');
      return { js: `${first.js}.length`, type: 'number' };
    case 'min/2':
    case 'max/2':
      if (![first, second].some((each) => each?.type === 'number'))
        throw new Untranslatable(`${name} of values whose kinds are not known`);
      return { js: `Math.${name}(${args.map(({ js }) => js).join(', ')})`, type: 'number' };
    default:
      throw new Untranslatable(`it calls ${name}()`);
  }
}

/** `'{}-{0}-{name}'.format(…)` without formats of its own. */
function formatted(format: string, call: Call, scope: Scope): Typed {
  let next = 0;
  return joined(
    format.split(/(\{\{|\}\}|\{[^{}]*\})/).map((piece): string | Typed => {
      if (piece === '{{' || piece === '}}') return piece.slice(1);
      if (!piece.startsWith('{')) return piece;
      const name = piece.slice(1, -1);
      if (!/^\w*$/.test(name)) throw new Untranslatable(`the format ${piece}`);
      const positional = call.args.filter((arg) => arg.name === undefined);
      const arg = /^\d*$/.test(name)
        ? positional[name === '' ? next++ : Number(name)]
        : call.args.find((each) => each.name === name);
      if (arg === undefined) throw new Untranslatable(`the format ${piece}`);
      return translateExpression(arg.value, scope);
    }),
  );
}
