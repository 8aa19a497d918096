import { pythonPlain } from '../../yaml/py/scalar.ts';
import { bare, note, peek } from '../tags/tracker.ts';
import { sortValues } from '../values/compare.ts';
import { PyDict } from '../values/dict.ts';
import { PyError } from '../values/error.ts';
import { spend } from '../values/limits.ts';
import { floatRepr } from '../values/number.ts';
import { failUndefined, isText, textOf, typeName } from '../values/types.ts';
import { type Plain, PyDate, PyFloat, PyList, PyTuple, Undefined, type Value } from '../values/value.ts';
import { analyzeScalar, YamlWriter } from './yaml-writer.ts';

export interface YamlDumpOptions {
  /** Columns per level, 2 to 9. */
  readonly indent: number;
  /** `leaves`: brackets for collections that hold scalars only. */
  readonly flow: 'never' | 'leaves' | 'always';
  readonly sortKeys: boolean;
  /** Columns after which lines are broken where they can be. */
  readonly width: number;
}

/** `yaml.dump` of PyYAML's safe dumper with allow_unicode, byte for byte. */
export function dumpYaml(value: Value, options: YamlDumpOptions): string {
  const dumper = new Dumper(options);
  dumper.node(value, 'root');
  return dumper.finish();
}

type Context = 'root' | 'item' | 'value' | 'key';

class Dumper {
  readonly #options: YamlDumpOptions;
  readonly #writer: YamlWriter;
  readonly #seen = new Set<Plain>();
  #flowLevel = 0;

  constructor(options: YamlDumpOptions) {
    this.#options = options;
    this.#writer = new YamlWriter(options.width);
  }

  finish(): string {
    this.#writer.startLine();
    if (this.#writer.openEnded) {
      this.#writer.indicator('...', true);
      this.#writer.startLine();
    }
    return this.#writer.text();
  }

  node(value: Value, context: Context): void {
    spend(1);
    const plain = peek(value);
    if (plain instanceof PyList || plain instanceof PyTuple || plain instanceof PyDict) {
      if (this.#seen.has(plain) && sizeOf(plain) > 0)
        throw new PyError('UnsupportedError', 'YAML of a list or mapping that stands in two places (an anchor)');
      this.#seen.add(plain);
      if (!(plain instanceof PyTuple)) note(plain.shape);
      const flow = this.#flowLevel > 0 || sizeOf(plain) === 0 || this.#isFlow(plain);
      if (plain instanceof PyDict) this.#map(this.#pairs(plain), flow);
      else this.#list(plain.items, flow, context);
    } else this.#scalar(plain, context);
  }

  #isFlow(plain: PyList | PyTuple | PyDict): boolean {
    if (this.#options.flow !== 'leaves') return this.#options.flow === 'always';
    const items = plain instanceof PyDict ? plain.pairs().flat() : plain.items;
    return items.every((item) => {
      const inner = bare(item);
      return !(inner instanceof PyList || inner instanceof PyTuple || inner instanceof PyDict);
    });
  }

  #pairs(dict: PyDict): readonly [Value, Value][] {
    if (!this.#options.sortKeys) return dict.pairs();
    try {
      return sortValues(dict.pairs(), ([key]) => key, false);
    } catch (error) {
      if (error instanceof PyError && error.kind === 'TypeError') return dict.pairs();
      throw error;
    }
  }

  #list(items: readonly Value[], flow: boolean, context: Context): void {
    const writer = this.#writer;
    if (flow) {
      this.#brackets('[', ']', items, (item) => this.node(item, 'item'));
      return;
    }
    // A list below a key is not indented further.
    this.#within(context === 'value' && !writer.indention, () => {
      for (const item of items) {
        writer.startLine();
        writer.indicator('-', true, false, true);
        this.node(item, 'item');
      }
    });
  }

  #map(pairs: readonly [Value, Value][], flow: boolean): void {
    const entry = ([key, item]: [Value, Value]): void => {
      const simple = isSimpleKey(key);
      if (simple) this.node(key, 'key');
      else {
        this.#writer.indicator('?', true, false, !flow);
        this.node(key, 'value');
        if (!flow || this.#writer.isPastWidth) this.#writer.startLine();
      }
      this.#writer.indicator(':', !simple, false, !simple && !flow);
      this.node(item, 'value');
    };
    if (flow) {
      this.#brackets('{', '}', pairs, entry);
      return;
    }
    this.#within(false, () => {
      for (const pair of pairs) {
        this.#writer.startLine();
        entry(pair);
      }
    });
  }

  #brackets<T>(open: string, close: string, items: readonly T[], write: (item: T) => void): void {
    const writer = this.#writer;
    writer.indicator(open, true, true);
    this.#flowLevel += 1;
    const outer = writer.indent;
    writer.indent = this.#deeper(outer);
    items.forEach((item, at) => {
      if (at > 0) writer.indicator(',', false);
      if (writer.isPastWidth) writer.startLine();
      write(item);
    });
    writer.indent = outer;
    this.#flowLevel -= 1;
    writer.indicator(close, false);
  }

  #within(indentless: boolean, write: () => void): void {
    const outer = this.#writer.indent;
    if (outer < 0) this.#writer.indent = 0;
    else if (!indentless) this.#writer.indent = outer + this.#options.indent;
    write();
    this.#writer.indent = outer;
  }

  #scalar(plain: Plain, context: Context): void {
    const { text, isPlain } = scalarText(plain);
    const analysis = analyzeScalar(text);
    const split = context !== 'key';
    const isKey = context === 'key';
    const outer = this.#writer.indent;
    this.#writer.indent = this.#deeper(outer);
    const fits = this.#flowLevel > 0 ? analysis.flowPlain : analysis.blockPlain;
    if (isPlain && fits && !(isKey && (analysis.empty || analysis.multiline))) {
      if (context === 'root') this.#writer.openEnded = true;
      this.#writer.plain(text, split);
    } else if (analysis.singleQuoted && !(isKey && analysis.multiline)) this.#writer.single(text, split);
    else this.#writer.double(text, split);
    this.#writer.indent = outer;
  }

  #deeper(indent: number): number {
    return indent < 0 ? this.#options.indent : indent + this.#options.indent;
  }
}

function sizeOf(plain: PyList | PyTuple | PyDict): number {
  return plain instanceof PyDict ? plain.size : plain.items.length;
}

function isSimpleKey(key: Value): boolean {
  const plain = bare(key);
  if (plain instanceof PyTuple) return plain.items.length === 0;
  const { text } = scalarText(plain);
  const { empty, multiline } = analyzeScalar(text);
  return Array.from(text).length < 128 && !empty && !multiline;
}

/** `isPlain`: read without quotes, the text gives the value back. */
function scalarText(plain: Plain): { readonly text: string; readonly isPlain: boolean } {
  if (plain === null) return { text: 'null', isPlain: true };
  if (typeof plain === 'boolean') return { text: String(plain), isPlain: true };
  if (typeof plain === 'number' || typeof plain === 'bigint') return { text: String(plain), isPlain: true };
  if (plain instanceof PyFloat) return { text: floatText(plain.n), isPlain: true };
  if (plain instanceof PyDate) return { text: plain.text, isPlain: true };
  if (isText(plain)) return { text: textOf(plain), isPlain: readsAsText(textOf(plain)) };
  if (plain instanceof Undefined) return failUndefined(plain);
  throw new PyError('UnsupportedError', `a ${typeName(plain)} object as YAML`);
}

function readsAsText(text: string): boolean {
  return text !== '<<' && pythonPlain(text)?.kind === 'string';
}

function floatText(n: number): string {
  if (Number.isNaN(n)) return '.nan';
  if (!Number.isFinite(n)) return n > 0 ? '.inf' : '-.inf';
  const text = floatRepr(n);
  return !text.includes('.') && text.includes('e') ? text.replace('e', '.0e') : text;
}
