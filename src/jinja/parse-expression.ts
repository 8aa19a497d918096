/** Port of the expression half of Jinja2's parser, with its line numbers: one grammar, kept in one file. */
import type { Arguments, Call, Expression, Filter, Slice } from './ast.ts';
import { describe, type TokenStream } from './token-stream.ts';
import type { Comparison } from './values/compare.ts';
import type { ArithmeticOperator } from './values/number.ts';
import { textRepr } from './values/print.ts';

const comparisons: Readonly<Record<string, Comparison>> = {
  eq: '==',
  ne: '!=',
  lt: '<',
  lteq: '<=',
  gt: '>',
  gteq: '>=',
};
const sums: Readonly<Record<string, ArithmeticOperator>> = { add: '+', sub: '-' };
const products: Readonly<Record<string, ArithmeticOperator>> = { mul: '*', div: '/', floordiv: '//', mod: '%' };

/** Deeper nesting than this is no template a person wrote; Python gives up at a similar depth. */
const maxNesting = 190;

export class ExpressionParser {
  readonly stream: TokenStream;
  #nesting = 0;

  constructor(stream: TokenStream) {
    this.stream = stream;
  }

  expression(withCondition = true): Expression {
    this.#nesting += 1;
    if (this.#nesting > maxNesting) throw this.stream.fail('too many nested parentheses');
    const parsed = withCondition ? this.#condition() : this.#or();
    this.#nesting -= 1;
    return parsed;
  }

  /** Expressions with commas between make a tuple; used where no parenthesis is needed. */
  tuple(
    options: {
      readonly withCondition?: boolean;
      readonly endsAt?: readonly string[];
      readonly parenthesized?: boolean;
    } = {},
  ): Expression {
    let line = this.stream.current.line;
    const items: Expression[] = [];
    let isTuple = false;
    for (;;) {
      if (items.length > 0) this.stream.expect('comma');
      if (this.stream.is('variable_end', 'block_end', 'rparen', ...(options.endsAt ?? []))) break;
      items.push(this.expression(options.withCondition ?? true));
      if (!this.stream.is('comma')) break;
      isTuple = true;
      line = this.stream.current.line;
    }
    const [only] = items;
    if (!isTuple) {
      if (only !== undefined) return only;
      if (options.parenthesized !== true)
        throw this.stream.fail(`Expected an expression, got ${textRepr(describe(this.stream.current))}`);
    }
    return { kind: 'tuple', items, line };
  }

  #condition(): Expression {
    let line = this.stream.current.line;
    let then = this.#or();
    while (this.stream.skipIf('name:if')) {
      const test = this.#or();
      const otherwise = this.stream.skipIf('name:else') ? this.#condition() : undefined;
      then = { kind: 'condition', test, then, otherwise, line };
      line = this.stream.current.line;
    }
    return then;
  }

  #or(): Expression {
    let line = this.stream.current.line;
    let left = this.#and();
    while (this.stream.skipIf('name:or')) {
      left = { kind: 'or', left, right: this.#and(), line };
      line = this.stream.current.line;
    }
    return left;
  }

  #and(): Expression {
    let line = this.stream.current.line;
    let left = this.#not();
    while (this.stream.skipIf('name:and')) {
      left = { kind: 'and', left, right: this.#not(), line };
      line = this.stream.current.line;
    }
    return left;
  }

  #not(): Expression {
    if (!this.stream.is('name:not')) return this.#comparison();
    const line = this.stream.next().line;
    return { kind: 'not', operand: this.#not(), line };
  }

  #comparison(): Expression {
    let line = this.stream.current.line;
    const first = this.#sum();
    const rest: [Comparison | 'in' | 'not in', Expression][] = [];
    for (;;) {
      const operator = comparisons[this.stream.current.type];
      if (operator !== undefined) {
        this.stream.next();
        rest.push([operator, this.#sum()]);
      } else if (this.stream.skipIf('name:in')) rest.push(['in', this.#sum()]);
      else if (this.stream.is('name:not') && this.stream.look().type === 'name' && this.stream.look().text === 'in') {
        this.stream.skip(2);
        rest.push(['not in', this.#sum()]);
      } else break;
      line = this.stream.current.line;
    }
    return rest.length === 0 ? first : { kind: 'compare', first, rest, line };
  }

  #sum(): Expression {
    return this.#chain(sums, () => this.#concat());
  }

  #concat(): Expression {
    const line = this.stream.current.line;
    const first = this.#product();
    const items = [first];
    while (this.stream.skipIf('tilde')) items.push(this.#product());
    return items.length === 1 ? first : { kind: 'concat', items, line };
  }

  #product(): Expression {
    return this.#chain(products, () => this.#power());
  }

  #power(): Expression {
    return this.#chain({ pow: '**' }, () => this.#unary(true));
  }

  #chain(operators: Readonly<Record<string, ArithmeticOperator>>, operand: () => Expression): Expression {
    let line = this.stream.current.line;
    let left = operand();
    for (
      let operator = operators[this.stream.current.type];
      operator !== undefined;
      operator = operators[this.stream.current.type]
    ) {
      this.stream.next();
      left = { kind: 'binary', operator, left, right: operand(), line };
      line = this.stream.current.line;
    }
    return left;
  }

  #unary(withFilter: boolean): Expression {
    const { type, line } = this.stream.current;
    let node: Expression;
    if (type === 'sub' || type === 'add') {
      this.stream.next();
      node = { kind: type === 'sub' ? 'negative' : 'positive', operand: this.#unary(false), line };
    } else node = this.primary();
    node = this.#postfix(node);
    return withFilter ? this.#filters(node) : node;
  }

  primary(): Expression {
    const token = this.stream.current;
    const line = token.line;
    switch (token.type) {
      case 'name':
        this.stream.next();
        if (['true', 'false', 'True', 'False'].includes(token.text))
          return { kind: 'const', value: token.text.toLowerCase() === 'true', line };
        if (token.text === 'none' || token.text === 'None') return { kind: 'const', value: null, line };
        return { kind: 'name', name: token.text, line };
      case 'string': {
        let text = '';
        while (this.stream.current.type === 'string') text += String(this.stream.next().value);
        return { kind: 'const', value: text, line };
      }
      case 'integer':
      case 'float':
        this.stream.next();
        return { kind: 'const', value: token.value, line };
      case 'lparen': {
        this.stream.next();
        const inner = this.tuple({ parenthesized: true });
        this.stream.expect('rparen');
        return inner;
      }
      case 'lbracket':
        return this.#list();
      case 'lbrace':
        return this.#dict();
      default:
        throw this.stream.fail(`unexpected ${textRepr(describe(token))}`, line);
    }
  }

  #list(): Expression {
    const line = this.stream.expect('lbracket').line;
    const items: Expression[] = [];
    while (!this.stream.is('rbracket')) {
      if (items.length > 0) this.stream.expect('comma');
      if (this.stream.is('rbracket')) break;
      items.push(this.expression());
    }
    this.stream.expect('rbracket');
    return { kind: 'list', items, line };
  }

  #dict(): Expression {
    const line = this.stream.expect('lbrace').line;
    const pairs: [Expression, Expression][] = [];
    while (!this.stream.is('rbrace')) {
      if (pairs.length > 0) this.stream.expect('comma');
      if (this.stream.is('rbrace')) break;
      const key = this.expression();
      this.stream.expect('colon');
      pairs.push([key, this.expression()]);
    }
    this.stream.expect('rbrace');
    return { kind: 'dict', pairs, line };
  }

  #postfix(start: Expression): Expression {
    let node = start;
    for (;;) {
      if (this.stream.is('dot', 'lbracket')) node = this.#subscript(node);
      else if (this.stream.is('lparen')) node = this.call(node);
      else return node;
    }
  }

  #filters(start: Expression): Expression {
    let node = start;
    for (;;) {
      if (this.stream.is('pipe')) node = this.filter(node);
      else if (this.stream.is('name:is')) node = this.#test(node);
      else if (this.stream.is('lparen')) node = this.call(node);
      else return node;
    }
  }

  #subscript(of: Expression): Expression {
    const { type, line } = this.stream.next();
    if (type === 'dot') {
      const token = this.stream.next();
      if (token.type === 'name') return { kind: 'attribute', of, name: token.text, line };
      if (token.type !== 'integer') throw this.stream.fail('expected name or number', token.line);
      return { kind: 'item', of, key: { kind: 'const', value: token.value, line: token.line }, line };
    }
    const keys: Expression[] = [];
    while (!this.stream.is('rbracket')) {
      if (keys.length > 0) this.stream.expect('comma');
      keys.push(this.#subscribed());
    }
    this.stream.expect('rbracket');
    const [only] = keys;
    return {
      kind: 'item',
      of,
      key: only !== undefined && keys.length === 1 ? only : { kind: 'tuple', items: keys, line },
      line,
    };
  }

  #subscribed(): Expression | Slice {
    const line = this.stream.current.line;
    let start: Expression | undefined;
    if (!this.stream.is('colon')) {
      start = this.expression();
      if (!this.stream.is('colon')) return start;
    }
    this.stream.next();
    const stop = this.stream.is('colon', 'rbracket', 'comma') ? undefined : this.expression();
    let step: Expression | undefined;
    if (this.stream.skipIf('colon') && !this.stream.is('rbracket', 'comma')) step = this.expression();
    return { kind: 'slice', start, stop, step, line };
  }

  #arguments(): Arguments {
    const open = this.stream.expect('lparen');
    const positional: Expression[] = [];
    const named: [string, Expression][] = [];
    let star: Expression | undefined;
    let doubleStar: Expression | undefined;
    let needsComma = false;
    const ensure = (holds: boolean): void => {
      if (!holds) throw this.stream.fail('invalid syntax for function call expression', open.line);
    };
    while (!this.stream.is('rparen')) {
      if (needsComma) {
        this.stream.expect('comma');
        if (this.stream.is('rparen')) break;
      }
      if (this.stream.is('mul')) {
        ensure(star === undefined && doubleStar === undefined);
        this.stream.next();
        star = this.expression();
      } else if (this.stream.is('pow')) {
        ensure(doubleStar === undefined);
        this.stream.next();
        doubleStar = this.expression();
      } else if (this.stream.is('name') && this.stream.look().type === 'assign') {
        ensure(doubleStar === undefined);
        const key = this.stream.current.text;
        this.stream.skip(2);
        named.push([key, this.expression()]);
      } else {
        ensure(star === undefined && doubleStar === undefined && named.length === 0);
        positional.push(this.expression());
      }
      needsComma = true;
    }
    this.stream.expect('rparen');
    return { positional, named, star, doubleStar };
  }

  call(callee: Expression): Call {
    const line = this.stream.current.line;
    return { kind: 'call', callee, args: this.#arguments(), line };
  }

  /** `|name(args)` and what follows; with `inline`, the first filter has no pipe, as in `{% filter upper %}`. */
  filter(of: Expression | undefined, inline = false): Filter {
    let node: Filter | undefined;
    for (let first = inline; first || this.stream.is('pipe'); first = false) {
      if (!first) this.stream.next();
      const line = this.stream.current.line;
      const name = this.#dottedName();
      node = {
        kind: 'filter',
        of: node ?? of,
        name,
        args: this.stream.is('lparen') ? this.#arguments() : noArguments,
        line,
      };
    }
    if (node === undefined) throw this.stream.fail('expected a filter');
    return node;
  }

  #dottedName(): string {
    let name = this.stream.expect('name').text;
    while (this.stream.skipIf('dot')) name += `.${this.stream.expect('name').text}`;
    return name;
  }

  #test(of: Expression): Expression {
    const line = this.stream.next().line;
    const negated = this.stream.skipIf('name:not');
    const name = this.#dottedName();
    let args = noArguments;
    if (this.stream.is('lparen')) args = this.#arguments();
    else if (
      this.stream.is('name', 'string', 'integer', 'float', 'lbracket', 'lbrace') &&
      !this.stream.is('name:else', 'name:or', 'name:and')
    ) {
      if (this.stream.is('name:is')) throw this.stream.fail('You cannot chain multiple tests with is');
      args = { ...noArguments, positional: [this.#postfix(this.primary())] };
    }
    const test: Expression = { kind: 'test', of, name, args, line };
    return negated ? { kind: 'not', operand: test, line } : test;
  }
}

const noArguments: Arguments = { positional: [], named: [], star: undefined, doubleStar: undefined };
