import { type PyToken, tokenizePython } from './lex.ts';
import { ExpressionParser, PySyntaxError } from './parse-expression.ts';
import type { PyBody, PyExpr, PyStatement } from './syntax.ts';

export type ParsedModule =
  | { readonly kind: 'module'; readonly body: PyBody }
  | { readonly kind: 'problem'; readonly problem: string; readonly offset: number };

/** Reads a module as far as launchers and build scripts need it. */
export function parsePython(source: string): ParsedModule {
  const tokens = tokenizePython(source);
  if (tokens === undefined) return { kind: 'problem', problem: 'a character that is not understood', offset: 0 };
  try {
    return { kind: 'module', body: new ModuleParser(tokens).block() };
  } catch (error) {
    if (error instanceof PySyntaxError) return { kind: 'problem', problem: error.message, offset: error.offset };
    throw error;
  }
}

class ModuleParser extends ExpressionParser {
  constructor(tokens: readonly PyToken[]) {
    super(tokens);
  }

  block(): PyBody {
    const body: PyStatement[] = [];
    while (this.token.kind !== 'end' && this.token.kind !== 'dedent') {
      if (this.token.kind === 'newline' || this.take(';')) {
        if (this.token.kind === 'newline') this.at++;
        continue;
      }
      body.push(this.#statement());
    }
    return body;
  }

  /** `:` and an indented block, or statements on the same line. */
  #suite(): PyBody {
    this.expect(':');
    if (!this.#at('newline')) {
      const body = [this.#statement()];
      while (this.take(';') && !this.#at('newline')) body.push(this.#statement());
      return body;
    }
    this.at++;
    if (!this.#at('indent')) throw new PySyntaxError('an indented block is missing', this.token.start);
    this.at++;
    const body = this.block();
    if (this.#at('dedent')) this.at++;
    return body;
  }

  #at(kind: PyToken['kind']): boolean {
    return this.token.kind === kind;
  }

  #statement(): PyStatement {
    const { start, text, kind } = this.token;
    const ended = (statement: PyStatement): PyStatement => ({ ...statement, start, end: this.token.start });
    if (this.take('@')) {
      const decorator = this.expression();
      while (this.token.kind !== 'newline' && this.token.kind !== 'end') this.at++;
      this.at++;
      const decorated = this.#statement();
      return decorated.kind === 'def' ? { ...decorated, decorators: [decorator, ...decorated.decorators] } : decorated;
    }
    if (kind !== 'name') return ended(this.#simple());
    switch (text) {
      case 'async':
        this.at++;
        return this.#statement();
      case 'if':
      case 'elif':
        return ended(this.#if());
      case 'for':
        return ended(this.#for());
      case 'while': {
        this.at++;
        this.expression();
        return ended({ kind: 'while', body: this.#loopBody(), start, end: start });
      }
      case 'with':
        return ended(this.#with());
      case 'try':
        return ended(this.#try());
      case 'def':
        return ended(this.#def());
      case 'class':
        return ended(this.#class());
      case 'import':
      case 'from':
        return ended(this.#import());
      default:
        return ended(this.#simple());
    }
  }

  #if(): PyStatement {
    const { start } = this.token;
    this.at++;
    const test = this.expression();
    const body = this.#suite();
    const otherwise = this.is('elif') ? [this.#if()] : this.take('else') ? this.#suite() : [];
    return { kind: 'if', test, body, otherwise, start, end: start };
  }

  #loopBody(): PyBody {
    const body = this.#suite();
    return this.take('else') ? [...body, ...this.#suite()] : body;
  }

  #for(): PyStatement {
    const { start } = this.token;
    this.at++;
    const names: PyExpr[] = [];
    do {
      const { text, start: own, end } = this.token;
      names.push({ kind: 'name', name: text, start: own, end });
      this.at++;
    } while (this.take(','));
    if (!this.is('in')) while (!this.is('in') && this.token.kind !== 'newline') this.at++;
    this.expect('in');
    const of = this.list();
    const [only] = names;
    const target: PyExpr =
      names.length === 1 && only !== undefined ? only : { kind: 'list', items: names, start, end: start };
    return { kind: 'for', target, of, body: this.#loopBody(), start, end: start };
  }

  #with(): PyStatement {
    const { start } = this.token;
    this.at++;
    const items: { value: PyExpr; as?: PyExpr }[] = [];
    do {
      const value = this.expression();
      items.push(this.take('as') ? { value, as: this.expression() } : { value });
    } while (this.take(','));
    return { kind: 'with', items, body: this.#suite(), start, end: start };
  }

  #try(): PyStatement {
    const { start } = this.token;
    this.at++;
    const body = [...this.#suite()];
    const handlers: PyBody[] = [];
    while (this.take('except')) {
      while (!this.is(':') && this.token.kind !== 'newline') this.at++;
      handlers.push(this.#suite());
    }
    if (this.take('else')) body.push(...this.#suite());
    return { kind: 'try', body, handlers, last: this.take('finally') ? this.#suite() : [], start, end: start };
  }

  #def(): PyStatement {
    const { start } = this.token;
    this.at++;
    const name = this.token.text;
    this.at++;
    this.expect('(');
    const parameters = this.parameters(')');
    this.expect(')');
    if (this.take('->')) this.expression();
    return { kind: 'def', name, parameters, body: this.#suite(), decorators: [], start, end: start };
  }

  #class(): PyStatement {
    const { start } = this.token;
    this.at++;
    const name = this.token.text;
    this.at++;
    const bases: PyExpr[] = [];
    if (this.take('('))
      while (!this.take(')')) {
        if (this.token.kind === 'name' && this.tokens[this.at + 1]?.text === '=') this.at += 2;
        bases.push(this.expression());
        this.take(',');
      }
    return { kind: 'class', name, bases, body: this.#suite(), start, end: start };
  }

  #import(): PyStatement {
    const { start } = this.token;
    const from = this.take('from') ? this.#dotted() : undefined;
    this.expect('import');
    this.take('(');
    const names: { name: string; as: string }[] = [];
    do {
      if (this.is(')')) break;
      const name = this.take('*') ? '*' : this.#dotted();
      const as = this.take('as') ? this.#dotted() : from === undefined ? (name.split('.')[0] ?? name) : name;
      names.push({ name: from === undefined ? (as === name.split('.')[0] ? as : name) : `${from}.${name}`, as });
    } while (this.take(','));
    this.take(')');
    return { kind: 'import', names, start, end: start };
  }

  #dotted(): string {
    let name = '';
    while (this.token.kind === 'name' ? !this.is('import', 'as') : this.is('.', '...')) {
      name += this.token.text;
      this.at++;
    }
    return name;
  }

  #simple(): PyStatement {
    const { start } = this.token;
    const range = { start, end: start };
    if (this.take('return'))
      return { kind: 'return', value: this.token.kind === 'newline' ? undefined : this.list(), ...range };
    if (this.is('raise')) {
      while (this.token.kind !== 'newline') this.at++;
      return { kind: 'raise', ...range };
    }
    if (this.is('pass', 'break', 'continue', 'global', 'nonlocal', 'del', 'assert')) {
      while (this.token.kind !== 'newline' && this.token.kind !== 'end') this.at++;
      return { kind: 'other', ...range };
    }
    const targets = [this.list()];
    if (this.take(':')) {
      this.expression();
      if (!this.is('=')) return { kind: 'other', ...range };
    }
    const op = /^[-+*/%&|^@]?\/?=$/.exec(this.token.text)?.[0];
    if (op === undefined || this.token.kind !== 'op')
      return { kind: 'expression', value: targets[0] ?? { kind: 'other', ...range }, ...range };
    this.at++;
    let value = this.list();
    while (this.take('=')) {
      targets.push(value);
      value = this.list();
    }
    return { kind: 'assign', targets, op, value, ...range };
  }
}
