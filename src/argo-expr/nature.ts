import type { BinaryOperator } from './ast.ts';
import { ExpressionError, Refusal } from './outcome.ts';
import type { ValueKind } from './value.ts';

/** What is known of a value before it is computed. Parameters are `any`, though they are all texts. */
export interface Nature {
  readonly kind: ValueKind | 'any';
  /** Of lists: what all elements are. */
  readonly element?: Nature;
}

export const any: Nature = { kind: 'any' };

const numbers: ReadonlySet<string> = new Set(['int', 'int64', 'float']);
const integers: ReadonlySet<string> = new Set(['int', 'int64']);

/**
 * The nature of an operator's result. expr-lang refuses at compile time what cannot be, also in a branch that is
 * never taken. @see expr-lang/expr checker/checker.go, binaryNode
 */
export function binaryNature(op: BinaryOperator, left: Nature, right: Nature): Nature {
  const [l, r] = [left.kind, right.kind];
  const mismatch = (): never => {
    throw new ExpressionError(`invalid operation: ${op} (mismatched types ${l} and ${r})`);
  };
  const among = (kinds: readonly string[]): boolean =>
    l === 'any' ? r === 'any' || kinds.includes(r) : r === 'any' && kinds.includes(l);
  const bothNumbers = numbers.has(l) && numbers.has(r);
  if (op !== '??' && op !== 'in' && l !== r && [l, r].some((kind) => kind === 'month' || kind === 'weekday'))
    throw new Refusal('months and weekdays as numbers without int()');
  switch (op) {
    case '==':
    case '!=':
      return comparable(left, right) ? { kind: 'bool' } : mismatch();
    case '||':
    case '&&':
      return [l, r].every((kind) => kind === 'bool' || kind === 'any') ? { kind: 'bool' } : mismatch();
    case '<':
    case '>':
    case '<=':
    case '>=':
      return bothNumbers ||
        (l === r && ['string', 'time', 'duration'].includes(l)) ||
        among([...numbers, 'string', 'time', 'duration'])
        ? { kind: 'bool' }
        : mismatch();
    case '+':
      if (bothNumbers) return promoted(l, r);
      if (l === r && ['string', 'duration'].includes(l)) return left;
      if ((l === 'time' && r === 'duration') || (l === 'duration' && r === 'time')) return { kind: 'time' };
      return among([...numbers, 'string', 'time', 'duration']) ? any : mismatch();
    case '-':
      if (bothNumbers) return promoted(l, r);
      if (l === 'time' && r === 'time') return { kind: 'duration' };
      if (r === 'duration' && (l === 'time' || l === 'duration')) return left;
      return among([...numbers, 'time', 'duration']) ? any : mismatch();
    case '*':
      if (l === 'duration' || r === 'duration') throw new Refusal('products of durations');
      return bothNumbers ? promoted(l, r) : among([...numbers]) ? any : mismatch();
    case '/':
    case '**':
      return bothNumbers || among([...numbers]) ? { kind: 'float' } : mismatch();
    case '%':
      return (integers.has(l) && integers.has(r)) || among([...integers]) ? { kind: 'int' } : mismatch();
    case '..':
      return (integers.has(l) && integers.has(r)) || among([...integers])
        ? { kind: 'list', element: { kind: 'int' } }
        : mismatch();
    case 'in':
      if (r === 'list') return comparable(left, right.element ?? any) ? { kind: 'bool' } : mismatch();
      if (r === 'map') return l === 'any' || l === 'string' ? { kind: 'bool' } : mismatch();
      return r === 'any' ? { kind: 'bool' } : mismatch();
    case 'contains':
    case 'startsWith':
    case 'endsWith':
      return (l === 'string' && r === 'string') || among(['string']) ? { kind: 'bool' } : mismatch();
    case 'matches':
      throw new Refusal('regular expressions');
    case '??':
      if (l === 'nil') return right;
      return r === 'nil' || l === r ? left : any;
  }
}

export function unaryNature(op: '!' | '-' | '+', of: Nature): Nature {
  if (op === '!') {
    if (of.kind === 'bool' || of.kind === 'any') return { kind: 'bool' };
  } else if (of.kind === 'any' || numbers.has(of.kind)) return of;
  throw new ExpressionError(`invalid operation: ${op} (mismatched type ${of.kind})`);
}

function comparable(left: Nature, right: Nature): boolean {
  if ([left.kind, right.kind].some((kind) => kind === 'any' || kind === 'nil')) return true;
  return left.kind === right.kind || (numbers.has(left.kind) && numbers.has(right.kind));
}

/** One nature for several values: theirs where they agree. */
export function common(natures: readonly Nature[]): Nature {
  const [first, ...rest] = natures;
  return first !== undefined && rest.every((nature) => nature.kind === first.kind) ? first : any;
}

function promoted(left: string, right: string): Nature {
  return { kind: left === 'float' || right === 'float' ? 'float' : 'int' };
}
