import { type PyToken, tokenizePython } from './lex.ts';
import type { PyArgument, PyExpr, PyParameter } from './syntax.ts';

export class PySyntaxError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** Weakest first; comparison and membership are one level. */
const levels: readonly (readonly string[])[] = [
  ['or'],
  ['and'],
  ['==', '!=', '<', '>', '<=', '>=', 'in', 'is', 'not in', 'is not'],
  ['|', '^', '&', '<<', '>>'],
  ['+', '-'],
  ['*', '/', '//', '%', '@'],
];

/** Reads expressions from a list of tokens. */
export class ExpressionParser {
  readonly tokens: readonly PyToken[];
  at = 0;

  constructor(tokens: readonly PyToken[]) {
    this.tokens = tokens;
  }

  get token(): PyToken {
    return this.tokens[this.at] ?? { kind: 'end', text: '', start: 0, end: 0 };
  }

  is(...texts: readonly string[]): boolean {
    return this.token.kind !== 'string' && texts.includes(this.token.text);
  }

  take(text: string): boolean {
    if (!this.is(text)) return false;
    this.at++;
    return true;
  }

  expect(text: string): void {
    if (!this.take(text)) throw new PySyntaxError(`${text} is missing`, this.token.start);
  }

  /** An expression list: a bare tuple is a list. */
  list(): PyExpr {
    const first = this.expression();
    if (!this.is(',')) return first;
    const items = [first];
    while (this.take(',') && !this.is('=', ')', ']', ':') && this.token.kind !== 'newline')
      items.push(this.expression());
    return { kind: 'list', items, start: first.start, end: items.at(-1)?.end ?? first.end };
  }

  expression(): PyExpr {
    if (this.is('lambda')) return this.#lambda();
    if (this.is('yield', 'await')) return this.#skipped();
    this.take('*');
    const then = this.#binary(0);
    if (!this.take('if')) return then;
    const test = this.#binary(0);
    this.expect('else');
    const otherwise = this.expression();
    return { kind: 'choice', test, then, otherwise, start: then.start, end: otherwise.end };
  }

  #lambda(): PyExpr {
    const { start } = this.token;
    this.at++;
    const parameters = this.parameters(':');
    this.expect(':');
    const body = this.expression();
    return { kind: 'lambda', parameters, body, start, end: body.end };
  }

  /** Parameters of a function up to the sign that ends them; those of a `lambda` have no types. */
  parameters(end: ')' | ':'): readonly PyParameter[] {
    const parameters: PyParameter[] = [];
    while (!this.is(end)) {
      const spread = this.take('**') ? ('**' as const) : this.take('*') ? ('*' as const) : undefined;
      const name = this.token.text;
      if (this.token.kind === 'name') this.at++;
      if (end === ')' && this.take(':')) this.expression();
      const fallback = this.take('=') ? this.expression() : undefined;
      this.take('/');
      if (name !== ',' && name !== end)
        parameters.push({
          name,
          ...(fallback === undefined ? {} : { fallback }),
          ...(spread === undefined ? {} : { spread }),
        });
      if (!this.take(',') && !this.is(end)) throw new PySyntaxError(`${end} is missing`, this.token.start);
    }
    return parameters;
  }

  /** Read over up to the next comma, bracket or line. */
  #skipped(): PyExpr {
    const { start } = this.token;
    for (let depth = 0; this.token.kind !== 'newline' && this.token.kind !== 'end'; this.at++) {
      if (depth === 0 && this.is(',', ')', ']', '}')) break;
      if (this.is('(', '[', '{')) depth++;
      if (this.is(')', ']', '}')) depth--;
    }
    return { kind: 'other', start, end: this.token.start };
  }

  #binary(level: number): PyExpr {
    const operators = levels[level];
    if (operators === undefined) return this.#unary();
    if (level === 2 && this.is('not')) {
      const { start } = this.token;
      this.at++;
      const of = this.#binary(level);
      return { kind: 'not', of, start, end: of.end };
    }
    let left = this.#binary(level + 1);
    for (;;) {
      const op = this.#operator(operators);
      if (op === undefined) return left;
      const right = this.#binary(level + 1);
      left = { kind: 'binary', op, left, right, start: left.start, end: right.end };
    }
  }

  #operator(operators: readonly string[]): string | undefined {
    const { text, kind } = this.token;
    if (kind !== 'op' && kind !== 'name') return undefined;
    const next = this.tokens[this.at + 1]?.text ?? '';
    const two = `${text} ${next}`;
    if ((two === 'not in' || two === 'is not') && operators.includes(two)) {
      this.at += 2;
      return two;
    }
    if (!operators.includes(text)) return undefined;
    this.at++;
    return text;
  }

  #unary(): PyExpr {
    const { start } = this.token;
    if (this.take('-')) {
      const of = this.#unary();
      return of.kind === 'number' ? { ...of, value: -of.value, start } : { kind: 'other', start, end: of.end };
    }
    if (this.take('+') || this.take('~')) return this.#unary();
    const base = this.#postfix(this.#primary());
    if (!this.take('**')) return base;
    this.#unary();
    return { kind: 'other', start, end: this.token.start };
  }

  #postfix(first: PyExpr): PyExpr {
    let of = first;
    for (;;) {
      if (this.take('.')) {
        const name = this.token.text;
        this.at++;
        of = { kind: 'attribute', of, name, start: of.start, end: this.#before() };
      } else if (this.take('(')) {
        const args = this.#arguments();
        of = { kind: 'call', called: of, args, start: of.start, end: this.#before() };
      } else if (this.take('[')) of = this.#item(of);
      else return of;
    }
  }

  #item(of: PyExpr): PyExpr {
    const index = this.is(':') ? undefined : this.list();
    const slice = this.take(':');
    const to = slice && !this.is(']', ':') ? this.expression() : undefined;
    if (slice && this.take(':') && !this.is(']')) this.expression();
    this.expect(']');
    const range = { start: of.start, end: this.#before() };
    if (!slice) return { kind: 'item', of, index, ...range };
    return to === undefined ? { kind: 'other', ...range } : { kind: 'item', of, index, to, ...range };
  }

  #arguments(): readonly PyArgument[] {
    const args: PyArgument[] = [];
    while (!this.take(')')) {
      if (this.take('**')) args.push({ name: '**', value: this.expression() });
      else if (this.token.kind === 'name' && this.tokens[this.at + 1]?.text === '=') {
        const name = this.token.text;
        this.at += 2;
        args.push({ name, value: this.expression() });
      } else {
        const value = this.expression();
        args.push({ value: this.is('for') ? this.#skipped() : value });
      }
      if (!this.take(',') && !this.is(')')) throw new PySyntaxError(') is missing', this.token.start);
    }
    return args;
  }

  #primary(): PyExpr {
    const { kind, text, start, end } = this.token;
    if (kind === 'string') return this.#strings();
    this.at++;
    if (kind === 'number') return { kind: 'number', value: Number(text.replaceAll('_', '')), start, end };
    if (kind === 'name') {
      if (text === 'True' || text === 'False') return { kind: 'constant', value: text === 'True', start, end };
      return text === 'None' ? { kind: 'constant', value: null, start, end } : { kind: 'name', name: text, start, end };
    }
    if (text === '(') return this.#parenthesised(start);
    if (text === '[') return this.#listDisplay(start);
    if (text === '{') return this.#dict(start);
    if (text === '...') return { kind: 'other', start, end };
    throw new PySyntaxError(`${text === '' ? 'the end of a line' : text} is not expected here`, start);
  }

  #parenthesised(start: number): PyExpr {
    if (this.take(')')) return { kind: 'list', items: [], start, end: this.#before() };
    const inner = this.list();
    const value = this.is('for') ? this.#skipped() : inner;
    this.expect(')');
    return { ...value, start, end: this.#before() };
  }

  #listDisplay(start: number): PyExpr {
    const items: PyExpr[] = [];
    let skipped = false;
    while (!this.take(']')) {
      items.push(this.expression());
      if (this.is('for')) {
        this.#skipped();
        skipped = true;
      }
      if (!this.take(',') && !this.is(']')) throw new PySyntaxError('] is missing', this.token.start);
    }
    const range = { start, end: this.#before() };
    return skipped ? { kind: 'other', ...range } : { kind: 'list', items, ...range };
  }

  #dict(start: number): PyExpr {
    const entries: { key?: PyExpr; value: PyExpr }[] = [];
    let other = false;
    while (!this.take('}')) {
      if (this.take('**')) entries.push({ value: this.expression() });
      else {
        const key = this.expression();
        if (this.take(':')) entries.push({ key, value: this.expression() });
        else other = true;
        if (this.is('for')) {
          this.#skipped();
          other = true;
        }
      }
      if (!this.take(',') && !this.is('}')) throw new PySyntaxError('} is missing', this.token.start);
    }
    const range = { start, end: this.#before() };
    return other ? { kind: 'other', ...range } : { kind: 'dict', entries, ...range };
  }

  /** Strings that stand beside each other are one. */
  #strings(): PyExpr {
    const { start } = this.token;
    const parts: (string | PyExpr)[] = [];
    while (this.token.kind === 'string') {
      const { text, format, start: own } = this.token;
      parts.push(...(format === true ? formatParts(text, own) : [text]));
      this.at++;
    }
    return { kind: 'string', parts, start, end: this.#before() };
  }

  #before(): number {
    return this.tokens[this.at - 1]?.end ?? 0;
  }
}

/** `{name}` of an f-string; a conversion or a format makes the piece one that is not worked out. */
function formatParts(text: string, offset: number): readonly (string | PyExpr)[] {
  return text.split(/(\{\{|\}\}|\{[^{}]*\})/).map((piece): string | PyExpr => {
    if (piece === '{{' || piece === '}}') return piece.slice(1);
    if (!piece.startsWith('{')) return piece;
    const tokens = /[!:]/.test(piece) ? undefined : tokenizePython(piece.slice(1, -1));
    if (tokens === undefined) return { kind: 'other', start: offset, end: offset + piece.length };
    const inner = new ExpressionParser(tokens).expression();
    return { ...inner, start: offset, end: offset + piece.length };
  });
}
