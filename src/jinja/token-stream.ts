import { operatorTypes, type Token } from './lexer.ts';
import { PyError } from './values/error.ts';
import { textRepr } from './values/print.ts';

const operatorTexts: ReadonlyMap<string, string> = new Map(
  Object.entries(operatorTypes).map(([text, type]) => [type, text]),
);

const typeTexts: Readonly<Record<string, string>> = {
  block_begin: 'begin of statement block',
  block_end: 'end of statement block',
  variable_begin: 'begin of print statement',
  variable_end: 'end of print statement',
  data: 'template data / text',
  eof: 'end of template',
};

function describeType(type: string): string {
  return operatorTexts.get(type) ?? typeTexts[type] ?? type;
}

export function describe(token: Token): string {
  return token.type === 'name' ? token.text : describeType(token.type);
}

/** A token expression is a type, or `name:text`. */
export function describeExpression(expression: string): string {
  return expression.startsWith('name:') ? expression.slice(5) : describeType(expression);
}

function matches(token: Token, expression: string): boolean {
  return (
    token.type === expression ||
    (expression.startsWith('name:') && token.type === 'name' && token.text === expression.slice(5))
  );
}

/** One token of look-ahead over the lexer, as Jinja2's parser has it. */
export class TokenStream {
  readonly #tokens: Iterator<Token>;
  readonly #name: string;
  #pushed: Token | undefined;
  current: Token = { type: 'initial', text: '', value: null, line: 1, start: 0, end: 0 };
  /** The token before the current one. */
  previous: Token = this.current;

  constructor(tokens: Iterator<Token>, name: string) {
    this.#tokens = tokens;
    this.#name = name;
    this.next();
  }

  /** Moves on; gives the token that was current. */
  next(): Token {
    const token = this.current;
    this.previous = token;
    if (this.#pushed !== undefined) {
      this.current = this.#pushed;
      this.#pushed = undefined;
    } else if (token.type !== 'eof') this.current = this.#read();
    return token;
  }

  #read(): Token {
    const step = this.#tokens.next();
    if (step.done !== true) return step.value;
    return {
      type: 'eof',
      text: '',
      value: null,
      line: this.current.line,
      start: this.current.end,
      end: this.current.end,
    };
  }

  /** The token after the current one. */
  look(): Token {
    this.#pushed ??= this.#read();
    return this.#pushed;
  }

  skip(count: number): void {
    for (let at = 0; at < count; at += 1) this.next();
  }

  is(...expressions: readonly string[]): boolean {
    return expressions.some((expression) => matches(this.current, expression));
  }

  skipIf(expression: string): boolean {
    if (!this.is(expression)) return false;
    this.next();
    return true;
  }

  expect(expression: string): Token {
    if (this.is(expression)) return this.next();
    const expected = textRepr(describeExpression(expression));
    throw this.fail(
      this.current.type === 'eof'
        ? `unexpected end of template, expected ${expected}.`
        : `expected token ${expected}, got ${textRepr(describe(this.current))}`,
    );
  }

  fail(
    message: string,
    line = this.current.line,
    kind: 'TemplateSyntaxError' | 'TemplateAssertionError' = 'TemplateSyntaxError',
  ): PyError {
    return new PyError(kind, message, { line, template: this.#name });
  }
}
