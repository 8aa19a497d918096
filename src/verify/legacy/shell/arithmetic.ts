import { NotInterpretable } from './not-interpretable.ts';

/** Variables as arithmetic sees them. */
export interface ArithmeticVariables {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
}

const levels: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<=', '>=', '<', '>'],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
];

/** The value of `$((…))`, in 64-bit integers. */
export function evaluateArithmetic(source: string, variables: ArithmeticVariables): bigint {
  const tokens =
    source.match(
      /\s+|\d+(?:#\w+)?|0[xX][\da-fA-F]+|[A-Za-z_]\w*|\*\*|\+\+|--|<<=|>>=|[-+*/%&|^]=|<<|>>|&&|\|\||[=!<>]=|[-+*/%<>=!~?:()&|^,]|./g,
    ) ?? [];
  const evaluation = new Evaluation(
    tokens.filter((token) => token.trim() !== ''),
    variables,
    source,
  );
  return BigInt.asIntN(64, evaluation.whole());
}

class Evaluation {
  readonly #tokens: readonly string[];
  readonly #variables: ArithmeticVariables;
  readonly #source: string;
  #at = 0;

  constructor(tokens: readonly string[], variables: ArithmeticVariables, source: string) {
    this.#tokens = tokens;
    this.#variables = variables;
    this.#source = source;
  }

  whole(): bigint {
    if (this.#tokens.length === 0) return 0n;
    const value = this.#assignment();
    if (this.#at < this.#tokens.length) this.#refuse();
    return value;
  }

  #refuse(): never {
    throw new NotInterpretable(`the arithmetic $((${this.#source}))`);
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at += 1;
    return true;
  }

  #assignment(): bigint {
    const name = this.#tokens[this.#at] ?? '';
    const operator = this.#tokens[this.#at + 1] ?? '';
    if (!/^[A-Za-z_]\w*$/.test(name) || !/^(?:[-+*/%]|)=$/.test(operator)) return this.#ternary();
    this.#at += 2;
    const right = this.#assignment();
    const value = operator === '=' ? right : this.#apply(operator.slice(0, -1), this.#variable(name), right);
    this.#variables.set(name, String(value));
    return value;
  }

  #ternary(): bigint {
    const test = this.#binary(0);
    if (!this.#take('?')) return test;
    const yes = this.#assignment();
    if (!this.#take(':')) this.#refuse();
    const no = this.#assignment();
    return test === 0n ? no : yes;
  }

  #binary(level: number): bigint {
    const operators = levels[level];
    if (operators === undefined) return this.#unary();
    let left = this.#binary(level + 1);
    for (;;) {
      const operator = operators.find((candidate) => this.#tokens[this.#at] === candidate);
      if (operator === undefined) return left;
      this.#at += 1;
      left = this.#apply(operator, left, this.#binary(level + 1));
    }
  }

  #apply(operator: string, left: bigint, right: bigint): bigint {
    const truth = (value: boolean): bigint => (value ? 1n : 0n);
    switch (operator) {
      case '+':
        return left + right;
      case '-':
        return left - right;
      case '*':
        return left * right;
      case '/':
      case '%':
        if (right === 0n) this.#refuse();
        return operator === '/' ? left / right : left % right;
      case '==':
        return truth(left === right);
      case '!=':
        return truth(left !== right);
      case '<':
        return truth(left < right);
      case '>':
        return truth(left > right);
      case '<=':
        return truth(left <= right);
      case '>=':
        return truth(left >= right);
      case '&&':
        return truth(left !== 0n && right !== 0n);
      case '||':
        return truth(left !== 0n || right !== 0n);
      default:
        return this.#refuse();
    }
  }

  #unary(): bigint {
    if (this.#take('-')) return -this.#unary();
    if (this.#take('+')) return this.#unary();
    if (this.#take('!')) return this.#unary() === 0n ? 1n : 0n;
    const step = this.#tokens[this.#at];
    if (step === '++' || step === '--') {
      this.#at += 1;
      return this.#step(this.#tokens[this.#at++] ?? '', step).after;
    }
    if (this.#take('(')) {
      const value = this.#assignment();
      if (!this.#take(')')) this.#refuse();
      return value;
    }
    const token = this.#tokens[this.#at++] ?? '';
    if (/^0\d+$/.test(token)) return /^[0-7]+$/.test(token) ? BigInt(`0o${token}`) : this.#refuse();
    const based = /^10#(\d+)$/.exec(token)?.[1];
    if (based !== undefined) return BigInt(based);
    if (/^(?:\d+|0[xX][\da-fA-F]+)$/.test(token)) return BigInt(token);
    if (!/^[A-Za-z_]\w*$/.test(token)) return this.#refuse();
    const behind = this.#tokens[this.#at];
    if (behind !== '++' && behind !== '--') return this.#variable(token);
    this.#at += 1;
    return this.#step(token, behind).before;
  }

  #step(name: string, operator: '++' | '--'): { readonly before: bigint; readonly after: bigint } {
    const before = this.#variable(name);
    const after = operator === '++' ? before + 1n : before - 1n;
    this.#variables.set(name, String(after));
    return { before, after };
  }

  #variable(name: string): bigint {
    const value = this.#variables.get(name)?.trim() ?? '';
    if (value === '') return 0n;
    return /^-?(?:0|[1-9]\d*)$/.test(value) ? BigInt(value) : this.#refuse();
  }
}
