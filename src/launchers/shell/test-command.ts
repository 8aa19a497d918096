import { staticText } from '../../ir/read-value.ts';
import type { TextValue } from '../../ir/value.ts';
import type { Status } from './content.ts';
import { globSource } from './expand.ts';
import type { Shell } from './shell.ts';
import { shapeOf, textKey } from './text-value.ts';

/** `[ … ]`, `test …` and `[[ … ]]` with their arguments expanded; `patterns`: `==` compares with a pattern, as in `[[`. */
export function evaluateTest(shell: Shell, args: readonly TextValue[], patterns: boolean): Status {
  const parser = new TestParser(shell, args, patterns);
  const result = parser.or();
  return parser.atEnd ? result : 'unknown';
}

class TestParser {
  readonly #shell: Shell;
  readonly #args: readonly TextValue[];
  readonly #patterns: boolean;
  #at = 0;

  constructor(shell: Shell, args: readonly TextValue[], patterns: boolean) {
    this.#shell = shell;
    this.#args = args;
    this.#patterns = patterns;
  }

  get atEnd(): boolean {
    return this.#at >= this.#args.length;
  }

  or(): Status {
    let left = this.#and();
    while (this.#take('-o', '||')) {
      const right = this.#and();
      left = left === 'ok' || right === 'ok' ? 'ok' : left === 'unknown' || right === 'unknown' ? 'unknown' : 'failed';
    }
    return left;
  }

  #and(): Status {
    let left = this.#not();
    while (this.#take('-a', '&&')) {
      const right = this.#not();
      left =
        left === 'failed' || right === 'failed'
          ? 'failed'
          : left === 'unknown' || right === 'unknown'
            ? 'unknown'
            : 'ok';
    }
    return left;
  }

  #not(): Status {
    if (this.#args.length - this.#at > 1 && this.#take('!')) {
      const inner = this.#not();
      return inner === 'ok' ? 'failed' : inner === 'failed' ? 'ok' : 'unknown';
    }
    if (this.#take('(')) {
      const inner = this.or();
      this.#take(')');
      return inner;
    }
    return this.#primary();
  }

  #primary(): Status {
    const first = this.#args[this.#at];
    if (first === undefined) return 'failed';
    const next = this.#args[this.#at + 1];
    const operator = next === undefined ? undefined : staticText(next);
    if (
      operator !== undefined &&
      /^(=|==|!=|=~|<|>|-eq|-ne|-lt|-le|-gt|-ge|-nt|-ot)$/.test(operator) &&
      this.#args[this.#at + 2] !== undefined
    ) {
      const right = this.#args[this.#at + 2];
      this.#at += 3;
      return right === undefined ? 'unknown' : this.#compare(first, operator, right);
    }
    const unary = staticText(first);
    if (unary !== undefined && /^-[a-zA-Z]$/.test(unary) && next !== undefined) {
      this.#at += 2;
      return this.#unary(unary, next);
    }
    this.#at++;
    return isEmpty(first) === undefined ? 'unknown' : isEmpty(first) === true ? 'failed' : 'ok';
  }

  #unary(operator: string, value: TextValue): Status {
    const empty = isEmpty(value);
    switch (operator) {
      case '-z':
        return empty === undefined ? 'unknown' : empty ? 'ok' : 'failed';
      case '-n':
        return empty === undefined ? 'unknown' : empty ? 'failed' : 'ok';
      case '-e':
      case '-f':
      case '-r':
      case '-s': {
        const path = this.#shell.absolute(value);
        const tree = this.#shell.treePath(path);
        if (this.#shell.files.has(path)) return 'ok';
        return tree === undefined ? 'unknown' : this.#shell.context.read(tree) === undefined ? 'failed' : 'ok';
      }
      default:
        return 'unknown';
    }
  }

  #compare(left: TextValue, operator: string, right: TextValue): Status {
    const [a, b] = [staticText(left), staticText(right)];
    if (a === undefined || b === undefined) {
      if (/^(==?|!=)$/.test(operator) && textKey(left) === textKey(right)) return operator === '!=' ? 'failed' : 'ok';
      return 'unknown';
    }
    switch (operator) {
      case '=':
      case '==':
        return holds(this.#equal(a, b));
      case '!=':
        return holds(!this.#equal(a, b));
      case '-eq':
        return holds(Number(a) === Number(b));
      case '-ne':
        return holds(Number(a) !== Number(b));
      case '-lt':
        return holds(Number(a) < Number(b));
      case '-le':
        return holds(Number(a) <= Number(b));
      case '-gt':
        return holds(Number(a) > Number(b));
      case '-ge':
        return holds(Number(a) >= Number(b));
      case '<':
        return holds(a < b);
      case '>':
        return holds(a > b);
      default:
        return 'unknown';
    }
  }

  #equal(a: string, b: string): boolean {
    return this.#patterns ? new RegExp(`^(?:${globSource(b, false)})$`, 's').test(a) : a === b;
  }

  #take(...words: readonly string[]): boolean {
    const word = this.#args[this.#at];
    if (word === undefined || !words.includes(staticText(word) ?? '')) return false;
    this.#at++;
    return true;
  }
}

function holds(value: boolean): Status {
  return value ? 'ok' : 'failed';
}

/** Undefined where an unset variable of the worker might be empty or not. */
function isEmpty(value: TextValue): boolean | undefined {
  if (value.parts.some((part) => part.kind === 'runtime' && part.expr.kind === 'opaque')) return undefined;
  return shapeOf(value) === '';
}
