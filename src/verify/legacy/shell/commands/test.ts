import { compareNumbers, isUnary, testUnary } from '../test-operators.ts';
import type { BuiltinCall } from './builtins.ts';
import { refuse } from './program.ts';

/** `test` and `[`. */
export function test(call: BuiltinCall): number {
  const words = call.name === '[' ? call.args.slice(0, -1) : call.args;
  if (call.name === '[' && call.args.at(-1) !== ']') return refuse(call, 'without ]');
  return new Test(words, call).whole() ? 0 : 1;
}

class Test {
  readonly #words: readonly string[];
  readonly #call: BuiltinCall;
  #at = 0;

  constructor(words: readonly string[], call: BuiltinCall) {
    this.#words = words;
    this.#call = call;
  }

  whole(): boolean {
    if (this.#words.length === 0) return false;
    const value = this.#or();
    return this.#at === this.#words.length ? value : refuse(this.#call, this.#words.join(' '));
  }

  #take(word: string): boolean {
    if (this.#words[this.#at] !== word) return false;
    this.#at += 1;
    return true;
  }

  #or(): boolean {
    let value = this.#and();
    while (this.#take('-o')) value = this.#and() || value;
    return value;
  }

  #and(): boolean {
    let value = this.#not();
    while (this.#take('-a')) value = this.#not() && value;
    return value;
  }

  #not(): boolean {
    const left = this.#words.length - this.#at;
    if (left > 1 && this.#binary() === undefined) {
      if (this.#take('!')) return !this.#not();
      if (this.#take('(')) {
        const value = this.#or();
        return this.#take(')') ? value : refuse(this.#call, this.#words.join(' '));
      }
    }
    return this.#primary();
  }

  /** The operator between two operands, where there is one here. */
  #binary(): string | undefined {
    const operator = this.#words[this.#at + 1] ?? '';
    const found = ['=', '==', '!='].includes(operator) || /^-(?:eq|ne|lt|le|gt|ge)$/.test(operator);
    return found && this.#words.length > this.#at + 2 ? operator : undefined;
  }

  #primary(): boolean {
    const [first = '', second = '', third = ''] = this.#words.slice(this.#at);
    const operator = this.#binary();
    if (operator !== undefined) {
      this.#at += 3;
      if (operator === '=' || operator === '==') return first === third;
      return operator === '!=' ? first !== third : compareNumbers(first, operator, third);
    }
    if (isUnary(first) && this.#words.length > this.#at + 1) {
      this.#at += 2;
      return testUnary(first, second, this.#call.state);
    }
    this.#at += 1;
    return first !== '';
  }
}
