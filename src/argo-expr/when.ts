import { ExpressionError, Refusal } from './outcome.ts';
import { evaluateTemplate, type TemplateOptions } from './template.ts';
import { compareGoText } from './value.ts';
import { type WhenToken, whenTokens } from './when-tokens.ts';

export type WhenResult =
  | { readonly kind: 'decided'; readonly value: boolean; readonly substituted: string }
  | { readonly kind: 'error'; readonly message: string; readonly substituted?: string }
  | { readonly kind: 'refused'; readonly why: string };

/** A step's `when`: tags are substituted, the rest is read by govaluate; only a bool decides. */
export function evaluateWhen(
  text: string,
  params: ReadonlyMap<string, string>,
  options: TemplateOptions = {},
): WhenResult {
  const substituted = evaluateTemplate(text, params, options);
  return substituted.kind === 'text' ? decideWhen(substituted.text) : substituted;
}

/** A `when` whose tags have been substituted. */
export function decideWhen(substituted: string): WhenResult {
  try {
    const value = new WhenReader(whenTokens(substituted)).read();
    if (typeof value !== 'boolean') return { kind: 'error', message: 'expected a boolean', substituted };
    return { kind: 'decided', value, substituted };
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'refused', why: error.message };
    if (error instanceof ExpressionError) return { kind: 'error', message: error.message, substituted };
    throw error;
  }
}

/** `undefined` is what `?` gives for false. */
type Value = number | boolean | string | undefined | readonly Value[];
/** Computed when asked for, so that `&&` and `||` can leave their right side alone. */
type Lazy = () => Value;

/** Operators from the loosest to the tightest; all group to the left. */
const levels: readonly (readonly string[])[] = [
  ['?', ':', '??'],
  ['||'],
  ['&&'],
  ['==', '!=', '>', '>=', '<', '<=', '=~', '!~', 'in'],
  ['+', '-'],
  ['*', '/', '%'],
  ['**'],
];

class WhenReader {
  readonly #tokens: readonly WhenToken[];
  #at = 0;

  constructor(tokens: readonly WhenToken[]) {
    this.#tokens = tokens;
  }

  read(): Value {
    const value = this.#list();
    if (this.#at < this.#tokens.length) throw new Refusal('values side by side in a when');
    return value();
  }

  #list(): Lazy {
    const first = this.#level(0);
    const rest: Lazy[] = [];
    while (this.#tokens[this.#at]?.kind === 'separator') {
      this.#at += 1;
      rest.push(this.#level(0));
    }
    return rest.length === 0 ? first : () => [first, ...rest].map((item) => item());
  }

  #level(level: number): Lazy {
    const operators = levels[level];
    if (operators === undefined) return this.#value();
    let left = this.#level(level + 1);
    for (;;) {
      const token = this.#tokens[this.#at];
      if (
        token === undefined ||
        !['modifier', 'logical', 'comparator', 'ternary'].includes(token.kind) ||
        !('value' in token)
      )
        return left;
      const op = String(token.value);
      if (!operators.includes(op)) return left;
      this.#at += 1;
      left = combine(op, left, this.#level(level + 1));
    }
  }

  #value(): Lazy {
    const token = this.#tokens[this.#at];
    this.#at += 1;
    switch (token?.kind) {
      case 'numeric':
      case 'time':
      case 'boolean':
      case 'string': {
        const { value } = token;
        return () => value;
      }
      case 'prefix':
        return prefixed(token.value, this.#value());
      case 'open': {
        const inner = this.#list();
        if (this.#tokens[this.#at]?.kind !== 'close') throw new Refusal('unusual parentheses in a when');
        this.#at += 1;
        return inner;
      }
      case 'accessor':
        return () => {
          throw new ExpressionError(`no parameter ${token.value}`);
        };
      default:
        throw new Refusal('an unusual order of operators in a when');
    }
  }
}

function prefixed(op: string, of: Lazy): Lazy {
  return () => {
    const value = of();
    if (op === '!' && typeof value === 'boolean') return !value;
    if (op === '-' && typeof value === 'number') return -value;
    throw new ExpressionError(`${value} cannot be used with the prefix ${op}`);
  };
}

function combine(op: string, left: Lazy, right: Lazy): Lazy {
  return () => {
    const a = left();
    if (op === '?') {
      if (typeof a !== 'boolean') throw new ExpressionError(`${a} cannot be used with the operator ?`);
      return a ? right() : undefined;
    }
    if (op === ':' || op === '??') return a === undefined ? right() : a;
    if (op === '&&' && a === false) return false;
    if (op === '||' && a === true) return true;
    return apply(op, a, right());
  };
}

function apply(op: string, a: Value, b: Value): Value {
  switch (op) {
    case '&&':
    case '||':
      if (typeof a !== 'boolean' || typeof b !== 'boolean') throw new ExpressionError(`${op} wants booleans`);
      return op === '&&' ? a && b : a || b;
    case '==':
    case '!=':
      if (typeof a === 'object' || typeof b === 'object') throw new Refusal('comparing lists in a when');
      return (a === b) === (op === '==');
    case 'in':
      if (typeof b !== 'object') throw new ExpressionError('in wants a list');
      return b.some((item) => item === a);
    case '=~':
    case '!~':
      return matches(a, b) === (op === '=~');
    case '>':
    case '>=':
    case '<':
    case '<=':
      return ordered(op, comparison(op, a, b));
    default:
      return arithmetic(op, a, b);
  }
}

function comparison(op: string, a: Value, b: Value): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return compareGoText(a, b);
  throw new ExpressionError(`${a} cannot be used with the comparator ${op}`);
}

function ordered(op: string, order: number): boolean {
  return op === '>' ? order > 0 : op === '>=' ? order >= 0 : op === '<' ? order < 0 : order <= 0;
}

/** Only patterns that mean the same in Go and here: letters, digits, anchors, dots and stars. */
function matches(text: Value, pattern: Value): boolean {
  if (typeof text !== 'string' || typeof pattern !== 'string') throw new ExpressionError('=~ wants texts');
  if (!/^\^?[A-Za-z0-9_\-/ .*]*\$?$/.test(pattern) || /^\^?\*|\*\*/.test(pattern))
    throw new Refusal('this regular expression in a when');
  return new RegExp(pattern, 'u').test(text);
}

function arithmetic(op: string, a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') {
    const results: Readonly<Record<string, number>> = {
      '+': a + b,
      '-': a - b,
      '*': a * b,
      '/': a / b,
      '%': a % b,
      '**': a ** b,
    };
    return results[op] ?? Number.NaN;
  }
  if (op === '+' && (typeof a === 'string' || typeof b === 'string')) {
    if (typeof a !== 'string' || typeof b !== 'string') throw new Refusal('a text and a number joined in a when');
    return a + b;
  }
  throw new ExpressionError(`${a} cannot be used with the modifier ${op}`);
}
