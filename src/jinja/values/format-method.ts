import { coarse, concatRich, fromRich, type Rich, rich, sliceRich } from '../tags/rich.ts';
import { bare, beginOperation, endOperation, peek, tag } from '../tags/tracker.ts';
import { attribute } from './attributes.ts';
import { PyDict } from './dict.ts';
import { PyError, valueError } from './error.ts';
import { formatValue } from './format-spec.ts';
import { repr, str } from './print.ts';
import { failUndefined, isText, typeName } from './types.ts';
import { PyList, PyTuple, Undefined, type Value } from './value.ts';

/** `format.format(*args, **kwargs)`; literal text and plain `{}` keep their own tags. */
export function formatText(format: Value, args: Value, kwargs: Value): Value {
  const template = rich(format);
  const fields = new Fields(args, kwargs);
  const pieces: Rich[] = [];
  let at = 0;
  while (at < template.text.length) {
    const brace = template.text.slice(at).search(/[{}]/);
    if (brace < 0) break;
    const open = at + brace;
    pieces.push(sliceRich(template, at, open));
    const char = template.text[open] ?? '';
    if (template.text[open + 1] === char) {
      pieces.push(sliceRich(template, open, open + 1));
      at = open + 2;
      continue;
    }
    if (char === '}') throw valueError("Single '}' encountered in format string");
    const close = closing(template.text, open);
    pieces.push(fields.format(template.text.slice(open + 1, close)));
    at = close + 1;
  }
  pieces.push(sliceRich(template, at, template.text.length));
  return fromRich(concatRich(pieces));
}

function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  throw valueError(
    open === text.length - 1 ? "Single '{' encountered in format string" : "expected '}' before end of string",
  );
}

class Fields {
  readonly #args: readonly Value[];
  readonly #kwargs: PyDict;
  #next = 0;
  constructor(args: Value, kwargs: Value) {
    const [list, dict] = [bare(args), bare(kwargs)];
    this.#args = list instanceof PyTuple || list instanceof PyList ? list.items : [];
    this.#kwargs = dict instanceof PyDict ? dict : new PyDict();
  }

  format(field: string): Rich {
    const [, name = '', conversion, spec = ''] = /^([^!:]*)(?:!([rsa]))?(?::([\s\S]*))?$/.exec(field) ?? [];
    const outer = beginOperation();
    const value = this.#lookup(name);
    const nested = spec.replace(/\{([^{}]*)\}/g, (_, inner: string) => str(this.#lookup(inner)));
    const plain = conversion === undefined && nested === '';
    const shown = plain
      ? fromRich(rich(value))
      : fromRich(
          coarse(
            formatValue(conversion === undefined ? value : conversion === 's' ? str(value) : repr(value), nested),
            [],
          ),
        );
    return rich(tag(shown, endOperation(outer)));
  }

  #lookup(path: string): Value {
    const [, first = '', rest = ''] = /^([^.[]*)([\s\S]*)$/.exec(path) ?? [];
    let value = this.#first(first);
    for (const step of rest.matchAll(/\.([^.[]+)|\[([^\]]*)\]/g))
      value = step[1] === undefined ? indexed(value, step[2] ?? '') : named(value, step[1]);
    return value;
  }

  #first(name: string): Value {
    if (name === '' || /^\d+$/.test(name)) {
      const at = name === '' ? this.#next : Number(name);
      if (name === '') this.#next += 1;
      const value = this.#args[at];
      if (value === undefined)
        throw new PyError('IndexError', `Replacement index ${at} out of range for positional args tuple`);
      return value;
    }
    const value = this.#kwargs.get(name);
    if (value === undefined) throw new PyError('KeyError', repr(name));
    return value;
  }
}

function named(value: Value, name: string): Value {
  const plain = peek(value);
  if (plain instanceof Undefined && !name.startsWith('__')) return undefinedBelow(plain);
  const found = attribute(value, plain, name);
  if (found === undefined)
    throw new PyError('AttributeError', `'${typeName(plain)}' object has no attribute '${name}'`);
  return found;
}

/** Of undefined values only the chainable ones have anything below them. */
function undefinedBelow(plain: Undefined): Value {
  return plain.kind === 'chainable' ? plain : failUndefined(plain);
}

function indexed(value: Value, key: string): Value {
  const plain = peek(value);
  if (plain instanceof Undefined) return undefinedBelow(plain);
  const found =
    plain instanceof PyDict
      ? plain.get(/^\d+$/.test(key) ? Number(key) : key)
      : plain instanceof PyList || plain instanceof PyTuple
        ? plain.items[Number(key)]
        : undefined;
  if (found !== undefined) return found;
  if (plain instanceof PyDict) throw new PyError('KeyError', repr(/^\d+$/.test(key) ? Number(key) : key));
  throw new PyError(
    isText(plain) ? 'TypeError' : 'IndexError',
    isText(plain) ? 'string indices must be integers' : 'list index out of range',
  );
}
