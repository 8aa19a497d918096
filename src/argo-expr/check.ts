import { assertNever } from '../core/assert-never.ts';
import type { ExprNode } from './ast.ts';
import { argoBuiltins, builtins, checkBuiltin } from './builtins.ts';
import { checkArguments, methodOf } from './methods.ts';
import { any, binaryNature, common, type Nature, unaryNature } from './nature.ts';
import { ExpressionError, Refusal } from './outcome.ts';
import { isSprig, sprigBuiltins } from './sprig.ts';
import { missingSprig } from './sprig-more.ts';
import type { GoValue } from './value.ts';

/** Predicates that are evaluated here. */
const evaluatedPredicates: ReadonlySet<string> = new Set(['all', 'any', 'none', 'filter', 'map']);

/**
 * What expr-lang's compiler would say of the expression: its nature, or an error, also in branches that are never
 * taken. Functions that are not evaluated here are refused.
 */
export function checkNatures(node: ExprNode, environment: GoValue): Nature {
  const of = (child: ExprNode): Nature => checkNatures(child, environment);
  switch (node.kind) {
    case 'nil':
    case 'bool':
    case 'int':
    case 'float':
    case 'string':
      return { kind: node.kind };
    case 'pointer':
      return any;
    case 'identifier':
      return identifierNature(node.name, environment);
    case 'chain':
      return of(node.of);
    case 'member':
      return memberNature(of(node.of), of(node.property));
    case 'slice':
      return sliceNature(
        of(node.of),
        [node.from, node.to].flatMap((bound) => (bound === undefined ? [] : [of(bound)])),
      );
    case 'call':
      return callNature(node, environment);
    case 'builtin':
      return builtinNature(node.name, node.args.map(of));
    case 'unary':
      return unaryNature(node.op, of(node.of));
    case 'binary':
      return binaryNature(node.op, of(node.left), of(node.right));
    case 'choose': {
      const [test, then, otherwise] = [of(node.test), of(node.then), of(node.otherwise)];
      if (test.kind !== 'bool' && test.kind !== 'any')
        throw new ExpressionError(`non-bool expression (type ${test.kind}) used as condition`);
      return then.kind === 'nil' ? otherwise : otherwise.kind === 'nil' ? then : common([then, otherwise]);
    }
    case 'let':
      // The variable's nature is the value's, which is not known before; errors in the body show when it is evaluated.
      of(node.value);
      return any;
    case 'list':
      return { kind: 'list', element: common(node.items.map(of)) };
    case 'map':
      for (const [, value] of node.entries) of(value);
      return { kind: 'map' };
    default:
      return assertNever(node);
  }
}

function identifierNature(name: string, environment: GoValue): Nature {
  if (Object.hasOwn(argoBuiltins, name) || name === 'sprig' || name === 'jsonpath')
    throw new Refusal(`${name} as a value`);
  const value = environment.kind === 'map' ? environment.entries.get(name) : undefined;
  if (value === undefined) throw new ExpressionError(`unknown name ${name}`);
  return { kind: value.kind };
}

function memberNature(base: Nature, property: Nature): Nature {
  switch (base.kind) {
    case 'any':
      return any;
    case 'map':
      if (property.kind !== 'string' && property.kind !== 'any')
        throw new ExpressionError(`cannot use ${property.kind} to get an element from a map`);
      return any;
    case 'list':
      if (property.kind !== 'int' && property.kind !== 'any')
        throw new ExpressionError('elements are selected by integers');
      return base.element ?? any;
    case 'time':
    case 'duration':
    case 'month':
    case 'weekday':
    case 'zone':
      throw new Refusal('methods as values');
    default:
      throw new ExpressionError(`type ${base.kind} has no elements`);
  }
}

function sliceNature(base: Nature, bounds: readonly Nature[]): Nature {
  if (base.kind === 'any') return any;
  if (base.kind !== 'string' && base.kind !== 'list') throw new ExpressionError(`cannot slice ${base.kind}`);
  for (const bound of bounds)
    if (bound.kind !== 'any' && bound.kind !== 'int' && bound.kind !== 'int64')
      throw new ExpressionError(`non-integer slice index ${bound.kind}`);
  return base;
}

function callNature(node: Extract<ExprNode, { kind: 'call' }>, environment: GoValue): Nature {
  const natures = node.args.map((arg) => checkNatures(arg, environment));
  const { callee } = node;
  if (callee.kind === 'identifier') {
    const argo = Object.hasOwn(argoBuiltins, callee.name) ? argoBuiltins[callee.name] : undefined;
    if (argo !== undefined) return checkBuiltin(callee.name, argo, natures);
    throw new ExpressionError(`${callee.name} is not callable`);
  }
  if (callee.kind !== 'member' || callee.property.kind !== 'string') throw new Refusal('calling a computed value');
  if (isSprig(callee)) return sprigNature(callee.property.value, natures);
  const base = checkNatures(callee.of, environment);
  if (base.kind === 'any') return any;
  const method = methodOf(base.kind, callee.property.value);
  checkArguments(callee.property.value, method.args, natures);
  return method.result;
}

/** sprig's functions are called without natures; they check what they get. */
function sprigNature(name: string, natures: readonly Nature[]): Nature {
  const called = Object.hasOwn(sprigBuiltins, name) ? sprigBuiltins[name] : undefined;
  if (called === undefined) return missingSprig(name);
  return checkBuiltin(name, called, natures);
}

function builtinNature(name: string, natures: readonly Nature[]): Nature {
  if (evaluatedPredicates.has(name)) {
    const [list] = natures;
    if (list !== undefined && list.kind !== 'any' && list.kind !== 'list')
      throw new ExpressionError(`${name} takes only lists`);
    return name === 'filter' || name === 'map' ? { kind: 'list' } : { kind: 'bool' };
  }
  if (name === 'now') return { kind: 'time' };
  const called = Object.hasOwn(builtins, name) ? builtins[name] : undefined;
  if (called === undefined) throw new Refusal(`the function ${name}`);
  return checkBuiltin(name, called, natures);
}
