import { assertNever } from '../core/assert-never.ts';
import type { ExprNode } from './ast.ts';
import { argoBuiltins, builtins } from './builtins.ts';
import { methodOf } from './methods.ts';
import { applyBinary, isInteger } from './operators.ts';
import { ExpressionError, Refusal } from './outcome.ts';
import { isSprig, sprigBuiltins } from './sprig.ts';
import { type GoValue, intValue, nil, stringValue } from './value.ts';

/** What an expression can see. */
export interface Scope {
  readonly environment: GoValue;
  /** What `now()` gives; absent where the clock may not be read. */
  readonly now?: GoValue;
  /** The element, inside a predicate. */
  readonly element?: GoValue;
}

/** Thrown by `?.` on nil; caught by the chain around it. */
class NilChain extends Error {}

export function evaluate(node: ExprNode, scope: Scope): GoValue {
  const value = (child: ExprNode): GoValue => evaluate(child, scope);
  switch (node.kind) {
    case 'nil':
      return nil;
    case 'bool':
      return { kind: 'bool', value: node.value };
    case 'int':
      return intValue(node.value);
    case 'float':
      return { kind: 'float', value: node.value };
    case 'string':
      return stringValue(node.value);
    case 'pointer':
      return scope.element ?? nil;
    case 'identifier':
      return fetch(scope.environment, stringValue(node.name));
    case 'chain':
      return chained(node.of, scope);
    case 'member': {
      const of = value(node.of);
      if (node.optional && of.kind === 'nil') throw new NilChain();
      return fetch(of, value(node.property));
    }
    case 'slice':
      return slice(
        value(node.of),
        node.from === undefined ? undefined : value(node.from),
        node.to === undefined ? undefined : value(node.to),
      );
    case 'call':
      return call(node, scope);
    case 'builtin':
      return builtin(node, scope);
    case 'unary':
      return unary(node.op, value(node.of));
    case 'binary':
      return binary(node, scope);
    case 'choose':
      return truth(value(node.test)) ? value(node.then) : value(node.otherwise);
    case 'let': {
      if (scope.environment.kind !== 'map') throw new Refusal('an environment that is no map');
      const entries = new Map([...scope.environment.entries, [node.name, value(node.value)] as const]);
      return evaluate(node.body, { ...scope, environment: { kind: 'map', entries } });
    }
    case 'list':
      return { kind: 'list', items: node.items.map(value) };
    case 'map':
      return { kind: 'map', entries: new Map(node.entries.map(([key, item]) => [key, value(item)])) };
    default:
      return assertNever(node);
  }
}

function chained(node: ExprNode, scope: Scope): GoValue {
  try {
    return evaluate(node, scope);
  } catch (error) {
    if (error instanceof NilChain) return nil;
    throw error;
  }
}

function fetch(of: GoValue, property: GoValue): GoValue {
  if (of.kind === 'map' && property.kind === 'string') return of.entries.get(property.value) ?? nil;
  if (of.kind === 'string' && isInteger(property)) throw new Refusal('single bytes of a text');
  if (of.kind === 'list' && isInteger(property)) {
    const index = Number(property.value) < 0 ? of.items.length + Number(property.value) : Number(property.value);
    const item = of.items[index];
    if (item === undefined) throw new ExpressionError(`index out of range: ${index}`);
    return item;
  }
  if (of.kind === 'list' && property.kind === 'float') throw new Refusal('an index that is no integer');
  throw new ExpressionError(`cannot fetch from ${of.kind}`);
}

function slice(of: GoValue, from: GoValue | undefined, to: GoValue | undefined): GoValue {
  const bound = (value: GoValue | undefined, otherwise: number, length: number): number => {
    if (value === undefined) return otherwise;
    if (!isInteger(value)) throw new ExpressionError('non-integer slice index');
    const at = Number(value.value);
    return Math.min(length, Math.max(0, at < 0 ? length + at : at));
  };
  if (of.kind !== 'string' && of.kind !== 'list') throw new ExpressionError(`cannot slice ${of.kind}`);
  // Go slices bytes; they are characters in ASCII alone.
  if (of.kind === 'string' && /[^\x00-\x7f]/.test(of.value)) throw new Refusal('slices of a text that is not ASCII');
  const length = of.kind === 'string' ? of.value.length : of.items.length;
  const end = bound(to, length, length);
  const start = Math.min(bound(from, 0, length), end);
  return of.kind === 'string'
    ? stringValue(of.value.slice(start, end))
    : { kind: 'list', items: of.items.slice(start, end) };
}

function call(node: Extract<ExprNode, { kind: 'call' }>, scope: Scope): GoValue {
  const { callee } = node;
  if (callee.kind === 'identifier') {
    const argo = argoBuiltins[callee.name];
    if (argo === undefined) throw new ExpressionError(`${callee.name} is not callable`);
    return argo.run(node.args.map((arg) => evaluate(arg, scope)));
  }
  if (callee.kind !== 'member' || callee.property.kind !== 'string') throw new Refusal('calling a computed value');
  if (isSprig(callee)) {
    const called = sprigBuiltins[callee.property.value];
    if (called === undefined) throw new Refusal(`sprig.${callee.property.value}`);
    return called.run(node.args.map((arg) => evaluate(arg, scope)));
  }
  const self = evaluate(callee.of, scope);
  if (callee.optional && self.kind === 'nil') throw new NilChain();
  const method = methodOf(self.kind, callee.property.value);
  const args = node.args.map((arg) => evaluate(arg, scope));
  if (args.length !== method.args.length)
    throw new ExpressionError(`wrong number of arguments to call ${callee.property.value}`);
  return method.run(self, args);
}

function builtin(node: Extract<ExprNode, { kind: 'builtin' }>, scope: Scope): GoValue {
  const [first, second] = node.args;
  if (node.name === 'now') {
    if (scope.now === undefined) throw new Refusal('now(), which reads the clock');
    return scope.now;
  }
  const called = Object.hasOwn(builtins, node.name) ? builtins[node.name] : undefined;
  if (called !== undefined) return called.run(node.args.map((arg) => evaluate(arg, scope)));
  if (first === undefined || second === undefined)
    throw new ExpressionError(`wrong number of arguments to call ${node.name}`);
  return predicate(node.name, evaluate(first, scope), (element) => evaluate(second, { ...scope, element }));
}

function predicate(name: string, list: GoValue, of: (element: GoValue) => GoValue): GoValue {
  if (list.kind !== 'list') throw new ExpressionError(`${name} takes only lists`);
  switch (name) {
    case 'all':
      return { kind: 'bool', value: list.items.every((item) => truth(of(item))) };
    case 'any':
      return { kind: 'bool', value: list.items.some((item) => truth(of(item))) };
    case 'none':
      return { kind: 'bool', value: !list.items.some((item) => truth(of(item))) };
    case 'filter':
      return { kind: 'list', items: list.items.filter((item) => truth(of(item))) };
    case 'map':
      return { kind: 'list', items: list.items.map(of) };
    default:
      throw new Refusal(`the function ${name}`);
  }
}

function unary(op: '!' | '-' | '+', value: GoValue): GoValue {
  if (op === '!') return { kind: 'bool', value: !truth(value) };
  if (value.kind === 'float') return { kind: 'float', value: op === '-' ? -value.value : value.value };
  if (value.kind === 'int' || value.kind === 'int64')
    return { kind: value.kind, value: op === '-' ? -value.value : value.value };
  throw new ExpressionError(`invalid operation: ${op} ${value.kind}`);
}

function binary(node: Extract<ExprNode, { kind: 'binary' }>, scope: Scope): GoValue {
  const { op } = node;
  if (op === '??') {
    const left = chained(node.left, scope);
    return left.kind === 'nil' ? evaluate(node.right, scope) : left;
  }
  if (op === '&&' || op === '||') {
    const left = truth(evaluate(node.left, scope));
    return { kind: 'bool', value: left === (op === '||') ? left : truth(evaluate(node.right, scope)) };
  }
  return applyBinary(op, evaluate(node.left, scope), evaluate(node.right, scope));
}

function truth(value: GoValue): boolean {
  if (value.kind !== 'bool') throw new ExpressionError(`${value.kind} used as a condition`);
  return value.value;
}
