import { type Rich, RichBuilder } from '../tags/rich.ts';
import { peek } from '../tags/tracker.ts';
import { sortValues } from './compare.ts';
import { PyDict } from './dict.ts';
import { typeError, valueError } from './error.ts';
import { spend } from './limits.ts';
import { floatRepr } from './number.ts';
import { isText, textOf, typeName } from './types.ts';
import { type Labels, noLabels, type Plain, PyFloat, PyList, PyTuple, type Run, Tagged, type Value } from './value.ts';

export interface JsonOptions {
  /** Text of one level of indentation; undefined for one line. */
  readonly indent: string | undefined;
  readonly sortKeys: boolean;
  /** `< > & '` as escapes. */
  readonly htmlSafe: boolean;
}

/** json.dumps(value), every scalar with its own tags. */
export function dumpJson(value: Value, options: JsonOptions): Rich {
  const writer = new JsonWriter(options);
  writer.write(value, '\n');
  return writer.out.build();
}

class JsonWriter {
  readonly out = new RichBuilder();
  readonly #options: JsonOptions;
  readonly #open = new Set<Plain>();

  constructor(options: JsonOptions) {
    this.#options = options;
  }

  write(value: Value, newline: string): void {
    const labels = value instanceof Tagged ? value.labels : noLabels;
    const plain = value instanceof Tagged ? value.value : value;
    if (isText(plain)) this.#text(textOf(plain), labels, value instanceof Tagged ? value.runs : undefined);
    else if (plain instanceof PyList || plain instanceof PyTuple || plain instanceof PyDict)
      this.#container(plain, labels, newline);
    else this.#put(scalar(plain), labels);
  }

  #put(text: string, labels: Labels): void {
    if (labels.size === 0) this.out.addText(text);
    else this.out.addRun(text, labels, [], undefined);
  }

  #text(text: string, labels: Labels, runs: readonly Run[] | undefined): void {
    this.out.addText('"');
    if (runs === undefined) this.#put(this.#escape(text), labels);
    else {
      let at = 0;
      for (const run of runs) {
        this.out.addText(this.#escape(text.slice(at, run.start)));
        this.out.addRun(this.#escape(text.slice(run.start, run.end)), run.data, run.control, run.origin);
        at = run.end;
      }
      this.out.addText(this.#escape(text.slice(at)));
    }
    this.out.addText('"');
  }

  /** Character by character, so that runs stay runs. */
  #escape(text: string): string {
    return escapeJson(text, this.#options.htmlSafe);
  }

  #container(plain: PyList | PyTuple | PyDict, labels: Labels, newline: string): void {
    if (this.#open.has(plain)) throw valueError('Circular reference detected');
    spend(1);
    this.#open.add(plain);
    const shape = plain instanceof PyTuple || plain.shape.size === 0 ? labels : new Set([...labels, ...plain.shape]);
    const [opening, closing] = plain instanceof PyDict ? ['{', '}'] : ['[', ']'];
    const entries =
      plain instanceof PyDict ? this.#pairs(plain) : plain.items.map((item): [undefined, Value] => [undefined, item]);
    const { indent } = this.#options;
    const inner = indent === undefined ? '' : newline + indent;
    this.#put(opening, shape);
    entries.forEach(([key, item], at) => {
      if (at > 0) this.#put(indent === undefined ? ', ' : ',', shape);
      this.#put(inner, shape);
      if (key !== undefined) {
        this.#text(
          keyText(key),
          key instanceof Tagged ? key.labels : noLabels,
          key instanceof Tagged ? key.runs : undefined,
        );
        this.out.addText(': ');
      }
      this.write(
        item instanceof Tagged || labels.size === 0 ? item : new Tagged(item, labels),
        indent === undefined ? newline : inner,
      );
    });
    if (entries.length > 0 && indent !== undefined) this.#put(newline, shape);
    this.#put(closing, shape);
    this.#open.delete(plain);
  }

  #pairs(dict: PyDict): [Value, Value][] {
    return this.#options.sortKeys ? sortValues(dict.pairs(), ([key]) => key, false) : dict.pairs();
  }
}

function scalar(plain: Plain): string {
  if (plain === null) return 'null';
  if (typeof plain === 'boolean') return plain ? 'true' : 'false';
  if (typeof plain === 'number' || typeof plain === 'bigint') return plain.toString();
  if (plain instanceof PyFloat) return jsonFloat(plain.n);
  throw typeError(`Object of type ${typeName(plain)} is not JSON serializable`);
}

function jsonFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  return floatRepr(value);
}

function keyText(key: Value): string {
  const plain = peek(key);
  if (isText(plain)) return textOf(plain);
  if (
    plain === null ||
    typeof plain === 'boolean' ||
    typeof plain === 'number' ||
    typeof plain === 'bigint' ||
    plain instanceof PyFloat
  )
    return scalar(plain);
  throw typeError(`keys must be str, int, float, bool or None, not ${typeName(plain)}`);
}

const short: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\f': '\\f',
  '\b': '\\b',
};

function escapeJson(text: string, htmlSafe: boolean): string {
  const unsafe = htmlSafe ? /["\\<>&']|[^\x20-\x7e]/g : /["\\]|[^\x20-\x7e]/g;
  return text.replace(unsafe, (unit) => short[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
