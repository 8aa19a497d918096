import { staticText } from '../../ir/read-value.ts';
import type { Provenance } from '../../ir/value.ts';
import { opaque } from './content.ts';
import type { Shell } from './shell.ts';
import { literalText } from './text-value.ts';

/** Value of a shell arithmetic expression, its assignments made in the shell; undefined where it is known only at run time. */
export function evaluateArithmetic(shell: Shell, source: string, from: Provenance): number | undefined {
  const tokens = source.match(
    /0[xX][0-9a-fA-F]+|\d+|\$?\{?[A-Za-z_]\w*\}?|\$\{?[#\d]\}?|\+\+|--|[-+*/%<>=!]=|&&|\|\||[-+*/%()<>!?:=,]|\S/g,
  );
  if (tokens === null) return 0;
  const parser = new Parser(shell, tokens, from);
  const value = parser.list();
  return parser.atEnd ? value : undefined;
}

type Operation = (left: number, right: number) => number | undefined;

const flag = (value: boolean): number => (value ? 1 : 0);

/** Weakest first. */
const levels: readonly Readonly<Record<string, Operation>>[] = [
  { '||': (a, b) => flag(a !== 0 || b !== 0) },
  { '&&': (a, b) => flag(a !== 0 && b !== 0) },
  { '==': (a, b) => flag(a === b), '!=': (a, b) => flag(a !== b) },
  {
    '<': (a, b) => flag(a < b),
    '>': (a, b) => flag(a > b),
    '<=': (a, b) => flag(a <= b),
    '>=': (a, b) => flag(a >= b),
  },
  { '+': (a, b) => a + b, '-': (a, b) => a - b },
  {
    '*': (a, b) => a * b,
    '/': (a, b) => (b === 0 ? undefined : Math.trunc(a / b)),
    '%': (a, b) => (b === 0 ? undefined : a % b),
  },
];

class Parser {
  readonly #shell: Shell;
  readonly #tokens: readonly string[];
  readonly #from: Provenance;
  #at = 0;

  constructor(shell: Shell, tokens: readonly string[], from: Provenance) {
    this.#shell = shell;
    this.#tokens = tokens;
    this.#from = from;
  }

  get atEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  list(): number | undefined {
    let value = this.#assignment();
    while (this.#take(',')) value = this.#assignment();
    return value;
  }

  #assignment(): number | undefined {
    const name = this.#name(this.#tokens[this.#at]);
    const op = this.#tokens[this.#at + 1] ?? '';
    if (name === undefined || !/^[-+*/%]?=$/.test(op)) return this.#choice();
    this.#at += 2;
    const right = this.#assignment();
    const left = op === '=' ? 0 : this.#read(name);
    const operation = levels.find((level) => Object.hasOwn(level, op[0] ?? ''))?.[op[0] ?? ''];
    const value = op === '=' ? right : left === undefined || right === undefined ? undefined : operation?.(left, right);
    this.#write(name, value);
    return value;
  }

  #choice(): number | undefined {
    const test = this.#binary(0);
    if (!this.#take('?')) return test;
    const yes = this.#assignment();
    this.#take(':');
    const no = this.#assignment();
    return test === undefined ? undefined : test !== 0 ? yes : no;
  }

  #binary(level: number): number | undefined {
    const operations = levels[level];
    if (operations === undefined) return this.#unary();
    let left = this.#binary(level + 1);
    for (;;) {
      const token = this.#tokens[this.#at] ?? '';
      const operation = Object.hasOwn(operations, token) ? operations[token] : undefined;
      if (operation === undefined) return left;
      this.#at++;
      const right = this.#binary(level + 1);
      left = left === undefined || right === undefined ? undefined : operation(left, right);
    }
  }

  #unary(): number | undefined {
    if (this.#take('!')) {
      const value = this.#unary();
      return value === undefined ? undefined : flag(value === 0);
    }
    if (this.#take('-')) {
      const value = this.#unary();
      return value === undefined ? undefined : -value;
    }
    if (this.#take('+')) return this.#unary();
    const step = this.#take('++') ? 1 : this.#take('--') ? -1 : 0;
    if (this.#take('(')) {
      const value = this.list();
      return this.#take(')') ? value : undefined;
    }
    const token = this.#tokens[this.#at++] ?? '';
    if (/^\d/.test(token)) return /^0\d/.test(token) ? Number.parseInt(token, 8) : Number(token);
    const name = this.#name(token);
    if (name === undefined) return undefined;
    if (step !== 0) return this.#stepped(name, step, true);
    if (this.#take('++')) return this.#stepped(name, 1, false);
    if (this.#take('--')) return this.#stepped(name, -1, false);
    return this.#read(name);
  }

  #stepped(name: string, by: number, first: boolean): number | undefined {
    const before = this.#read(name);
    const after = before === undefined ? undefined : before + by;
    this.#write(name, after);
    return first ? after : before;
  }

  #name(token: string | undefined): string | undefined {
    return /^\$?\{?([A-Za-z_]\w*|[#\d])\}?$/.exec(token ?? '')?.[1];
  }

  #read(name: string): number | undefined {
    if (name === '#') return this.#shell.positionals.length;
    const value = /^\d$/.test(name) ? this.#shell.positionals[Number(name) - 1] : this.#shell.lookup(name);
    const written = value === undefined ? '0' : staticText(value)?.trim();
    if (written === undefined) return undefined;
    return written === '' ? 0 : /^-?\d{1,15}$/.test(written) ? Number(written) : undefined;
  }

  #write(name: string, value: number | undefined): void {
    this.#shell.set(
      name,
      value === undefined
        ? opaque(`$${name}`, 'arithmetic on what is known only at run time', this.#from)
        : literalText(String(value), this.#from),
    );
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at++;
    return true;
  }
}
