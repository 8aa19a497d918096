import { type Expansion, expandPattern, expandText } from './expand.ts';
import { NotInterpretable } from './not-interpretable.ts';
import { matchesPattern } from './pattern.ts';
import type { Word } from './syntax.ts';
import { compareNumbers, isUnary, testUnary } from './test-operators.ts';

/** `[[ … ]]`. */
export function conditionHolds(words: readonly Word[], expansion: Expansion): boolean {
  return new Condition(words, expansion).whole();
}

class Condition {
  readonly #words: readonly Word[];
  readonly #expansion: Expansion;
  #at = 0;

  constructor(words: readonly Word[], expansion: Expansion) {
    this.#words = words;
    this.#expansion = expansion;
  }

  whole(): boolean {
    const value = this.#or();
    if (this.#at < this.#words.length) throw new NotInterpretable('this [[');
    return value;
  }

  #literal(at = this.#at): string | undefined {
    const [part, ...more] = this.#words[at]?.parts ?? [];
    return part?.kind === 'text' && !part.quoted && more.length === 0 ? part.text : undefined;
  }

  #take(text: string): boolean {
    if (this.#literal() !== text) return false;
    this.#at += 1;
    return true;
  }

  #or(): boolean {
    let value = this.#and();
    while (this.#take('||')) value = this.#and() || value;
    return value;
  }

  #and(): boolean {
    let value = this.#not();
    while (this.#take('&&')) value = this.#not() && value;
    return value;
  }

  #not(): boolean {
    if (this.#take('!')) return !this.#not();
    if (this.#take('(')) {
      const value = this.#or();
      if (!this.#take(')')) throw new NotInterpretable('this [[');
      return value;
    }
    return this.#primary();
  }

  #next(): Word {
    const word = this.#words[this.#at];
    if (word === undefined) throw new NotInterpretable('this [[');
    this.#at += 1;
    return word;
  }

  #primary(): boolean {
    const operator = this.#literal();
    if (operator !== undefined && isUnary(operator) && this.#at + 1 < this.#words.length) {
      this.#at += 1;
      return testUnary(operator, expandText(this.#next(), this.#expansion), this.#expansion.state);
    }
    const left = expandText(this.#next(), this.#expansion);
    const between = this.#literal();
    if (between === undefined || ['&&', '||', ')'].includes(between)) return left !== '';
    this.#at += 1;
    const right = this.#next();
    if (between === '==' || between === '=') return matchesPattern(left, expandPattern(right, this.#expansion));
    if (between === '!=') return !matchesPattern(left, expandPattern(right, this.#expansion));
    if (between === '=~') throw new NotInterpretable('[[ =~ ]]');
    return compareNumbers(left, between, expandText(right, this.#expansion));
  }
}
