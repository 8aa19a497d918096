/** Port of the statement half of Jinja2's parser: one grammar, kept in one file. */
import type {
  Body,
  Call,
  If,
  IfBranch,
  OutputItem,
  Parameter,
  ParsedTemplate,
  Statement,
  Target,
  TemplateTag,
} from './ast.ts';
import { hasExtension, type JinjaOptions } from './environment.ts';
import { type Lexer, type Token, tokenize } from './lexer.ts';
import { ExpressionParser } from './parse-expression.ts';
import { describe, describeExpression, TokenStream } from './token-stream.ts';
import { textRepr } from './values/print.ts';
import { isSpace } from './values/text.ts';
import type { Origin } from './values/value.ts';

export function parseTemplate(source: string, name: string, lexer: Lexer, options: JinjaOptions): ParsedTemplate {
  return new StatementParser(source, name, lexer, options).template();
}

const keywords: ReadonlySet<string> = new Set([
  'for',
  'if',
  'block',
  'extends',
  'print',
  'macro',
  'include',
  'from',
  'import',
  'set',
  'with',
  'autoescape',
  'call',
  'filter',
]);

class StatementParser {
  readonly #stream: TokenStream;
  readonly #expressions: ExpressionParser;
  readonly #name: string;
  readonly #source: string;
  readonly #extensions: ReadonlySet<string>;
  readonly #tags: TemplateTag[] = [];
  readonly #tagStack: string[] = [];
  readonly #endStack: (readonly string[])[] = [];
  #tagStart = 0;

  constructor(source: string, name: string, lexer: Lexer, options: JinjaOptions) {
    this.#name = name;
    this.#source = source;
    this.#stream = new TokenStream(tokenize(lexer, source, name), name);
    this.#expressions = new ExpressionParser(this.#stream);
    this.#extensions = new Set([
      ...(hasExtension(options, 'do') ? ['do'] : []),
      ...(hasExtension(options, 'loopcontrols') ? ['break', 'continue'] : []),
    ]);
  }

  template(): ParsedTemplate {
    const body = this.#subparse(undefined);
    return { name: this.#name, body, tags: this.#tags };
  }

  #origin(start: number, last: Token): Origin {
    const text = this.#source.slice(last.start, last.end);
    return { template: this.#name, start, end: last.start + text.trimEnd().length };
  }

  /** The tag from its opening delimiter to the end of the current token, which closes it. */
  #tag(label: string, kind: TemplateTag['kind'] = 'statement'): Origin {
    const origin = this.#origin(this.#tagStart, this.#stream.current);
    this.#tags.push({ origin, kind, label });
    return origin;
  }

  #subparse(endTokens: readonly string[] | undefined): Body {
    const body: Statement[] = [];
    let buffer: OutputItem[] = [];
    const flush = (): void => {
      const [first] = buffer;
      if (first !== undefined) body.push({ kind: 'output', items: buffer, line: first.line });
      buffer = [];
    };
    if (endTokens !== undefined) this.#endStack.push(endTokens);
    for (let token = this.#stream.current; token.type !== 'eof'; token = this.#stream.current) {
      if (token.type === 'data') {
        if (token.text !== '')
          buffer.push({
            kind: 'data',
            text: token.text,
            line: token.line,
            origin: { template: this.#name, start: token.start, end: token.end },
          });
        this.#stream.next();
      } else if (token.type === 'variable_begin') {
        this.#stream.next();
        const value = this.#expressions.tuple();
        const origin = this.#origin(token.start, this.#stream.expect('variable_end'));
        this.#tags.push({ origin, kind: 'print', label: this.#source.slice(origin.start, origin.end) });
        buffer.push({ kind: 'print', value, line: value.line, origin });
      } else {
        flush();
        this.#tagStart = token.start;
        this.#stream.expect('block_begin');
        if (endTokens !== undefined && this.#stream.is(...endTokens)) {
          this.#endStack.pop();
          return body;
        }
        body.push(this.#statement());
        this.#stream.expect('block_end');
      }
    }
    flush();
    if (endTokens !== undefined) this.#endStack.pop();
    return body;
  }

  /** Up to one of the end tokens, which stays current. */
  #statements(...endTokens: readonly string[]): Body {
    this.#stream.skipIf('colon');
    this.#stream.expect('block_end');
    const body = this.#subparse(endTokens);
    if (this.#stream.is('eof'))
      throw this.#failOpen(undefined, [...this.#endStack, endTokens], this.#stream.current.line);
    return body;
  }

  /** As `#statements`, and the end token is read. */
  #until(endToken: string): Body {
    const body = this.#statements(endToken);
    this.#endTag();
    return body;
  }

  #endTag(): Token {
    const start = this.#tagStart;
    const token = this.#stream.next();
    if (this.#stream.is('block_end'))
      this.#tags.push({ origin: this.#origin(start, this.#stream.current), kind: 'end', label: token.text });
    return token;
  }

  #failOpen(name: string | undefined, endStack: readonly (readonly string[])[], line: number): Error {
    const last = endStack.at(-1);
    const looking = last?.map((expression) => textRepr(describeExpression(expression))).join(' or ');
    const parts = [name === undefined ? 'Unexpected end of template.' : `Encountered unknown tag ${textRepr(name)}.`];
    if (looking !== undefined) {
      const nested =
        name !== undefined && endStack.some((expressions) => expressions.map(describeExpression).includes(name));
      parts.push(
        nested
          ? `You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for ${looking}.`
          : `Jinja was looking for the following tags: ${looking}.`,
      );
    }
    const innermost = this.#tagStack.at(-1);
    if (innermost !== undefined) parts.push(`The innermost block that needs to be closed is ${textRepr(innermost)}.`);
    return this.#stream.fail(parts.join(' '), line);
  }

  #statement(): Statement {
    const token = this.#stream.current;
    if (token.type !== 'name') throw this.#stream.fail('tag name expected', token.line);
    if (!keywords.has(token.text) && !this.#extensions.has(token.text))
      throw this.#failOpen(token.text, this.#endStack, token.line);
    this.#tagStack.push(token.text);
    const statement = this.#keyword(token);
    this.#tagStack.pop();
    return statement;
  }

  #keyword(token: Token): Statement {
    const line = this.#stream.next().line;
    switch (token.text) {
      case 'for':
        return this.#for(line);
      case 'if':
        return this.#if(line);
      case 'set':
        return this.#set(line);
      case 'block':
        return this.#block(line);
      case 'macro':
        return this.#macro(line);
      case 'call':
        return this.#callBlock(line);
      case 'with':
        return this.#with(line);
      case 'filter': {
        const filter = this.#expressions.filter(undefined, true);
        const origin = this.#tag('filter');
        return { kind: 'filter-block', filter, origin, body: this.#until('name:endfilter'), line };
      }
      case 'autoescape': {
        const value = this.#expressions.expression();
        const origin = this.#tag('autoescape');
        return { kind: 'autoescape', value, origin, body: this.#until('name:endautoescape'), line };
      }
      case 'extends': {
        const template = this.#expressions.expression();
        return { kind: 'extends', template, origin: this.#tag('extends'), line };
      }
      case 'include':
        return this.#include(line);
      case 'import': {
        const template = this.#expressions.expression();
        this.#stream.expect('name:as');
        const target = this.#nameTarget().name;
        const withContext = this.#context(false);
        return { kind: 'import', template, target, withContext, origin: this.#tag('import'), line };
      }
      case 'from':
        return this.#from(line);
      case 'print':
        return this.#print(line);
      case 'do': {
        const value = this.#expressions.tuple();
        return { kind: 'do', value, origin: this.#tag('do'), line };
      }
      default:
        return { kind: token.text === 'break' ? 'break' : 'continue', origin: this.#tag(token.text), line };
    }
  }

  #for(line: number): Statement {
    const target = this.#target(['name:in']);
    this.#stream.expect('name:in');
    const iterable = this.#expressions.tuple({ withCondition: false, endsAt: ['name:recursive'] });
    const test = this.#stream.skipIf('name:if') ? this.#expressions.expression() : undefined;
    const recursive = this.#stream.skipIf('name:recursive');
    const origin = this.#tag('for');
    const body = this.#statements('name:endfor', 'name:else');
    const otherwise = this.#endTag().text === 'endfor' ? [] : this.#until('name:endfor');
    return { kind: 'for', target, iterable, test, recursive, body, otherwise, origin, line };
  }

  #if(line: number): If {
    const branches: IfBranch[] = [];
    let otherwise: Body = [];
    let branchLine = line;
    const first = this.#tagStart;
    for (;;) {
      const test = this.#expressions.tuple({ withCondition: false });
      const origin = this.#tag(branches.length === 0 ? 'if' : 'elif');
      const body = this.#statements('name:elif', 'name:else', 'name:endif');
      branches.push({ test, body, origin, line: branchLine });
      if (this.#stream.is('name:elif')) {
        this.#stream.next();
        branchLine = this.#stream.current.line;
        continue;
      }
      if (this.#endTag().text === 'else') otherwise = this.#until('name:endif');
      break;
    }
    const origin = branches[0]?.origin ?? { template: this.#name, start: first, end: first };
    return { kind: 'if', branches, otherwise, origin, line };
  }

  #set(line: number): Statement {
    const target = this.#target([], true);
    if (this.#stream.skipIf('assign')) {
      const value = this.#expressions.tuple();
      return { kind: 'set', target, value, origin: this.#tag('set'), line };
    }
    const filter = this.#stream.is('pipe') ? this.#expressions.filter(undefined) : undefined;
    const origin = this.#tag('set');
    return { kind: 'set-block', target, filter, body: this.#until('name:endset'), origin, line };
  }

  #block(line: number): Statement {
    const name = this.#stream.expect('name').text;
    const scoped = this.#stream.skipIf('name:scoped');
    const required = this.#stream.skipIf('name:required');
    if (this.#stream.is('sub')) {
      throw this.#stream.fail(
        'Block names in Jinja have to be valid Python identifiers and may not contain hyphens, use an underscore instead.',
      );
    }
    const origin = this.#tag('block');
    const body = this.#until('name:endblock');
    if (required && !body.every(isBlank))
      throw this.#stream.fail('Required blocks can only contain comments or whitespace');
    this.#stream.skipIf(`name:${name}`);
    return { kind: 'block', name, scoped, required, body, origin, line };
  }

  #macro(line: number): Statement {
    const name = this.#nameTarget().name;
    const parameters = this.#parameters();
    const origin = this.#tag('macro');
    return { kind: 'macro', name, parameters, body: this.#until('name:endmacro'), origin, line };
  }

  #callBlock(line: number): Statement {
    const parameters = this.#stream.is('lparen') ? this.#parameters() : [];
    const called = this.#expressions.expression();
    if (called.kind !== 'call') throw this.#stream.fail('expected call', line);
    const call: Call = called;
    const origin = this.#tag('call');
    return { kind: 'call-block', call, parameters, body: this.#until('name:endcall'), origin, line };
  }

  #parameters(): Parameter[] {
    const parameters: Parameter[] = [];
    this.#stream.expect('lparen');
    while (!this.#stream.is('rparen')) {
      if (parameters.length > 0) this.#stream.expect('comma');
      const { name } = this.#nameTarget();
      const fallback = this.#stream.skipIf('assign') ? this.#expressions.expression() : undefined;
      if (fallback === undefined && parameters.at(-1)?.fallback !== undefined)
        throw this.#stream.fail('non-default argument follows default argument');
      parameters.push({ name, fallback });
    }
    this.#stream.expect('rparen');
    return parameters;
  }

  #with(line: number): Statement {
    const targets: Target[] = [];
    const values = [];
    while (!this.#stream.is('block_end')) {
      if (targets.length > 0) this.#stream.expect('comma');
      targets.push(this.#target([]));
      this.#stream.expect('assign');
      values.push(this.#expressions.expression());
    }
    const origin = this.#tag('with');
    return { kind: 'with', targets, values, body: this.#until('name:endwith'), origin, line };
  }

  #include(line: number): Statement {
    const template = this.#expressions.expression();
    const ignoreMissing = this.#stream.is('name:ignore') && this.#stream.look().text === 'missing';
    if (ignoreMissing) this.#stream.skip(2);
    const withContext = this.#context(true);
    return { kind: 'include', template, ignoreMissing, withContext, origin: this.#tag('include'), line };
  }

  #context(fallback: boolean): boolean {
    if (!this.#stream.is('name:with', 'name:without') || this.#stream.look().text !== 'context') return fallback;
    const withContext = this.#stream.next().text === 'with';
    this.#stream.next();
    return withContext;
  }

  #from(line: number): Statement {
    const template = this.#expressions.expression();
    this.#stream.expect('name:import');
    const names: [string, string][] = [];
    let withContext: boolean | undefined;
    const context = (): boolean => {
      if (!['with', 'without'].includes(this.#stream.current.text) || this.#stream.look().text !== 'context')
        return false;
      withContext = this.#context(false);
      return true;
    };
    for (;;) {
      if (names.length > 0) this.#stream.expect('comma');
      if (!this.#stream.is('name')) this.#stream.expect('name');
      if (context()) break;
      const target = this.#nameTarget();
      if (target.name.startsWith('_'))
        throw this.#stream.fail(
          'names starting with an underline can not be imported',
          target.line,
          'TemplateAssertionError',
        );
      names.push([target.name, this.#stream.skipIf('name:as') ? this.#nameTarget().name : target.name]);
      if (context() || !this.#stream.is('comma')) break;
    }
    return { kind: 'from', template, names, withContext: withContext ?? false, origin: this.#tag('from'), line };
  }

  #print(line: number): Statement {
    const items: OutputItem[] = [];
    const values = [];
    while (!this.#stream.is('block_end')) {
      if (values.length > 0) this.#stream.expect('comma');
      values.push(this.#expressions.expression());
    }
    const origin = this.#tag('print');
    for (const value of values) items.push({ kind: 'print', value, line: value.line, origin });
    return { kind: 'output', items, line };
  }

  #nameTarget(): Extract<Target, { kind: 'name' }> {
    const token = this.#stream.expect('name');
    const target: Target = { kind: 'name', name: token.text, line: token.line };
    this.#assignable(target);
    return target;
  }

  #assignable(target: Extract<Target, { kind: 'name' }>): void {
    if (['true', 'false', 'none', 'True', 'False', 'None'].includes(target.name))
      throw this.#stream.fail("can't assign to 'name'", target.line);
  }

  /** Names, tuples of them and, with `namespaces`, `ns.name`. */
  #target(endsAt: readonly string[], namespaces = false): Target {
    let line = this.#stream.current.line;
    const items: Target[] = [];
    let isTuple = false;
    for (;;) {
      if (items.length > 0) this.#stream.expect('comma');
      if (this.#stream.is('variable_end', 'block_end', 'rparen', ...endsAt)) break;
      items.push(this.#targetItem(namespaces));
      if (!this.#stream.is('comma')) break;
      isTuple = true;
      line = this.#stream.current.line;
    }
    const [only] = items;
    if (!isTuple && only !== undefined) return only;
    if (!isTuple) throw this.#stream.fail(`Expected an expression, got ${textRepr(describe(this.#stream.current))}`);
    return { kind: 'tuple', items, line };
  }

  #targetItem(namespaces: boolean): Target {
    const token = this.#stream.current;
    if (token.type === 'lparen') {
      this.#stream.next();
      const inner = this.#target([], false);
      this.#stream.expect('rparen');
      return inner;
    }
    if (token.type === 'name' && !['true', 'false', 'none', 'True', 'False', 'None'].includes(token.text)) {
      this.#stream.next();
      if (namespaces && this.#stream.skipIf('dot'))
        return { kind: 'namespace', name: token.text, attribute: this.#stream.expect('name').text, line: token.line };
      return { kind: 'name', name: token.text, line: token.line };
    }
    const parsed = this.#expressions.primary();
    throw this.#stream.fail(`can't assign to '${parsed.kind}'`, parsed.line);
  }
}

function isBlank(statement: Statement): boolean {
  return statement.kind === 'output' && statement.items.every((item) => item.kind === 'data' && isSpace(item.text));
}
