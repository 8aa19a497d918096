import type { BinaryOperator, ExprNode } from './ast.ts';
import { builtinNames, predicateArguments } from './builtin-names.ts';
import { type Token, tokenize } from './lexer.ts';
import { Refusal, SyntaxFailure } from './outcome.ts';

interface Binding {
  readonly precedence: number;
  readonly op: BinaryOperator | '|';
  readonly right?: true;
}

/** @see expr-lang/expr 1.17 parser/operator */
const binary: ReadonlyMap<string, Binding> = new Map<string, Binding>([
  ['|', { precedence: 0, op: '|' }],
  ...binaries(10, ['||']),
  ['or', { precedence: 10, op: '||' }],
  ...binaries(15, ['&&']),
  ['and', { precedence: 15, op: '&&' }],
  ...binaries(20, ['==', '!=', '<', '>', '>=', '<=', 'in', 'matches', 'contains', 'startsWith', 'endsWith']),
  ...binaries(25, ['..']),
  ...binaries(30, ['+', '-']),
  ...binaries(60, ['*', '/', '%']),
  ['**', { precedence: 100, op: '**', right: true }],
  ['^', { precedence: 100, op: '**', right: true }],
  ...binaries(500, ['??']),
]);

function binaries(precedence: number, ops: readonly BinaryOperator[]): readonly (readonly [string, Binding])[] {
  return ops.map((op) => [op, { precedence, op }] as const);
}

const unary: ReadonlyMap<string, { readonly precedence: number; readonly op: '!' | '-' | '+' }> = new Map([
  ['not', { precedence: 50, op: '!' }],
  ['!', { precedence: 50, op: '!' }],
  ['-', { precedence: 90, op: '-' }],
  ['+', { precedence: 90, op: '+' }],
]);

const negatable: ReadonlySet<string> = new Set(['contains', 'matches', 'startsWith', 'endsWith', 'in']);

export function parseExpression(source: string): ExprNode {
  return new Parser(tokenize(source)).parse();
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #predicates = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parse(): ExprNode {
    const node = this.#expression(0);
    if (this.#is('operator', ';')) throw new Refusal('several statements');
    if (this.#current.kind !== 'end') this.#unexpected();
    return node;
  }

  get #current(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '' };
  }

  get #next(): Token {
    return this.#tokens[this.#at + 1] ?? { kind: 'end', text: '' };
  }

  #is(kind: Token['kind'], text: string): boolean {
    return this.#current.kind === kind && this.#current.text === text;
  }

  #expect(kind: Token['kind'], text: string): void {
    if (!this.#is(kind, text)) this.#unexpected();
    this.#at += 1;
  }

  #unexpected(): never {
    const { kind, text } = this.#current;
    throw new SyntaxFailure(kind === 'end' ? 'unexpected end' : `unexpected ${JSON.stringify(text)}`);
  }

  #expression(precedence: number): ExprNode {
    if (precedence === 0 && this.#is('operator', 'if')) throw new Refusal('if statements');
    if (precedence === 0 && this.#is('operator', 'let')) return this.#let();
    let left = this.#primary();
    let previous = '';
    while (this.#current.kind === 'operator') {
      const negated = this.#is('operator', 'not');
      const sign = negated ? this.#next : this.#current;
      const binding = binary.get(sign.text);
      if (negated && !negatable.has(sign.text)) this.#unexpected();
      if (binding === undefined || binding.precedence < precedence) break;
      this.#at += negated ? 2 : 1;
      if (previous === '??' && sign.text !== '??' && sign.text !== '|')
        throw new SyntaxFailure('?? mixed with another operator');
      left = this.#binaryTail(left, binding);
      if (negated) left = { kind: 'unary', op: '!', of: left };
      previous = sign.text;
    }
    return precedence === 0 ? this.#conditional(left) : left;
  }

  #let(): ExprNode {
    this.#at += 1;
    const name = this.#current;
    if (name.kind !== 'identifier') this.#unexpected();
    this.#at += 1;
    this.#expect('operator', '=');
    const value = this.#expression(0);
    this.#expect('operator', ';');
    return { kind: 'let', name: name.text, value, body: this.#expression(0) };
  }

  #binaryTail(left: ExprNode, binding: Binding): ExprNode {
    if (binding.op === '|') {
      if (this.#current.kind !== 'identifier') this.#unexpected();
      const name = this.#current.text;
      this.#at += 1;
      return this.#call(name, [left]);
    }
    const right = this.#expression(binding.right === true ? binding.precedence : binding.precedence + 1);
    const node: ExprNode = { kind: 'binary', op: binding.op, left, right };
    return comparisons.has(binding.op) ? this.#comparisonTail(node, right) : node;
  }

  /** `3 > 2 > 1` compares each pair of neighbours. */
  #comparisonTail(first: ExprNode, middle: ExprNode): ExprNode {
    let node = first;
    let left = middle;
    while (this.#current.kind === 'operator' && comparisons.has(this.#current.text)) {
      const op = this.#current.text as BinaryOperator;
      this.#at += 1;
      const right = this.#expression(21);
      node = { kind: 'binary', op: '&&', left: node, right: { kind: 'binary', op, left, right } };
      left = right;
    }
    return node;
  }

  #conditional(test: ExprNode): ExprNode {
    let node = test;
    while (this.#is('operator', '?')) {
      this.#at += 1;
      if (this.#is('operator', ':')) throw new Refusal('the operator ?:');
      const then = this.#expression(0);
      this.#expect('operator', ':');
      node = { kind: 'choose', test: node, then, otherwise: this.#expression(0) };
    }
    return node;
  }

  #primary(): ExprNode {
    const token = this.#current;
    const sign = token.kind === 'operator' ? unary.get(token.text) : undefined;
    if (sign !== undefined) {
      this.#at += 1;
      return this.#postfix({ kind: 'unary', op: sign.op, of: this.#expression(sign.precedence) });
    }
    if (this.#is('bracket', '(')) {
      this.#at += 1;
      const inner = this.#expression(0);
      if (this.#is('operator', ';')) throw new Refusal('several statements');
      this.#expect('bracket', ')');
      return this.#postfix(inner);
    }
    if (this.#predicates > 0 && this.#is('operator', '.')) return this.#postfix({ kind: 'pointer' });
    if (this.#predicates > 0 && this.#is('operator', '#')) {
      this.#at += 1;
      if (this.#current.kind === 'identifier') throw new Refusal(`#${this.#current.text}`);
      return this.#postfix({ kind: 'pointer' });
    }
    if (this.#is('operator', '::')) throw new Refusal('the operator ::');
    return this.#secondary(token);
  }

  #secondary(token: Token): ExprNode {
    if (token.kind === 'identifier') {
      this.#at += 1;
      if (token.text === 'true' || token.text === 'false') return { kind: 'bool', value: token.text === 'true' };
      if (token.text === 'nil') return { kind: 'nil' };
      return this.#postfix(
        this.#is('bracket', '(') ? this.#call(token.text, []) : { kind: 'identifier', name: token.text },
      );
    }
    if (token.kind === 'number') {
      this.#at += 1;
      return numberNode(token.text);
    }
    if (token.kind === 'string') {
      this.#at += 1;
      return this.#postfix({ kind: 'string', value: token.text });
    }
    if (this.#is('bracket', '['))
      return this.#postfix({ kind: 'list', items: this.#listed('[', ']', () => this.#expression(0)) });
    if (this.#is('bracket', '{'))
      return this.#postfix({ kind: 'map', entries: this.#listed('{', '}', () => this.#pair()) });
    return this.#unexpected();
  }

  #pair(): readonly [string, ExprNode] {
    const key = this.#current;
    if (this.#is('bracket', '(')) throw new Refusal('computed map keys');
    if (key.kind !== 'identifier' && key.kind !== 'string' && key.kind !== 'number') this.#unexpected();
    this.#at += 1;
    this.#expect('operator', ':');
    return [key.text, this.#expression(0)];
  }

  /** Elements between brackets; one comma may stand behind the last. */
  #listed<T>(open: string, close: string, element: () => T): readonly T[] {
    this.#expect('bracket', open);
    const elements: T[] = [];
    while (!this.#is('bracket', close)) {
      if (elements.length > 0) this.#expect('operator', ',');
      if (elements.length > 0 && this.#is('bracket', close)) break;
      elements.push(element());
    }
    this.#at += 1;
    return elements;
  }

  #call(name: string, piped: readonly ExprNode[]): ExprNode {
    const shape = predicateArguments.get(name);
    if (shape !== undefined)
      return { kind: 'builtin', name, args: [...piped, ...this.#predicateCall(shape.slice(piped.length))] };
    const args = [...piped, ...this.#listed('(', ')', () => this.#expression(0))];
    return builtinNames.has(name)
      ? { kind: 'builtin', name, args }
      : { kind: 'call', callee: { kind: 'identifier', name }, args };
  }

  #predicateCall(shape: readonly ('value' | 'predicate')[]): readonly ExprNode[] {
    this.#expect('bracket', '(');
    const args: ExprNode[] = [];
    for (const kind of shape) {
      // `sum(list)` and `count(list)` need no predicate.
      if (kind === 'predicate' && args.length > 0 && this.#is('bracket', ')')) break;
      if (args.length > 0) this.#expect('operator', ',');
      args.push(kind === 'value' ? this.#expression(0) : this.#predicate());
    }
    if (this.#is('operator', ',')) this.#at += 1;
    this.#expect('bracket', ')');
    return args;
  }

  #predicate(): ExprNode {
    const bracketed = this.#is('bracket', '{');
    if (bracketed) this.#at += 1;
    this.#predicates += 1;
    const node = this.#expression(0);
    this.#predicates -= 1;
    if (this.#is('operator', ';')) throw new Refusal('several statements');
    if (bracketed) this.#expect('bracket', '}');
    return node;
  }

  #postfix(start: ExprNode): ExprNode {
    let node = start;
    for (;;) {
      if (this.#is('operator', '?.') && this.#next.kind === 'bracket' && this.#next.text === '[')
        throw new Refusal('the operator ?.[');
      if (this.#is('operator', '.') || this.#is('operator', '?.')) node = this.#property(node);
      else if (this.#is('bracket', '[')) node = this.#index(node);
      else return node;
    }
  }

  #property(of: ExprNode): ExprNode {
    const optional = this.#current.text === '?.';
    this.#at += 1;
    const name = this.#current;
    if (name.kind !== 'identifier' && !(name.kind === 'operator' && /^[a-zA-Z]+$/.test(name.text))) this.#unexpected();
    this.#at += 1;
    const inner = of.kind === 'chain' ? of.of : of;
    const member: ExprNode = { kind: 'member', of: inner, property: { kind: 'string', value: name.text }, optional };
    const node: ExprNode = this.#is('bracket', '(')
      ? { kind: 'call', callee: member, args: this.#listed('(', ')', () => this.#expression(0)) }
      : member;
    return of.kind === 'chain' || optional ? { kind: 'chain', of: node } : node;
  }

  #index(of: ExprNode): ExprNode {
    this.#at += 1;
    const from = this.#is('operator', ':') ? undefined : this.#expression(0);
    if (from !== undefined && !this.#is('operator', ':')) {
      this.#expect('bracket', ']');
      return { kind: 'member', of, property: from, optional: false };
    }
    this.#expect('operator', ':');
    const to = this.#is('bracket', ']') ? undefined : this.#expression(0);
    this.#expect('bracket', ']');
    return { kind: 'slice', of, from, to };
  }
}

const comparisons: ReadonlySet<string> = new Set(['<', '>', '<=', '>=']);

function numberNode(written: string): ExprNode {
  const text = written.replaceAll('_', '');
  if (/^0[xob]/i.test(text)) {
    if (!/^0[xob][0-9a-f]+$/i.test(text)) throw new SyntaxFailure(`invalid number ${written}`);
    return { kind: 'int', value: BigInt(text.toLowerCase()) };
  }
  if (/[.e]/i.test(text)) {
    const value = Number(text);
    if (Number.isNaN(value)) throw new SyntaxFailure(`invalid number ${written}`);
    return { kind: 'float', value };
  }
  if (BigInt(text) > 2n ** 63n - 1n) throw new SyntaxFailure(`number ${written} is too large`);
  return { kind: 'int', value: BigInt(text) };
}
