import { repoPath } from '../../src/core/source.ts';
import {
  defaultDelimiters,
  type JinjaEnvironment,
  type JinjaOptions,
  jinjaPresets,
} from '../../src/jinja/environment.ts';
import { interpret, TemplateFailure } from '../../src/jinja/interpret.ts';
import { PyDict } from '../../src/jinja/values/dict.ts';
import {
  type Leaf,
  type Plain,
  PyFloat,
  PyList,
  Tagged,
  type UndefinedKind,
  type Value,
} from '../../src/jinja/values/value.ts';
import type { Outcome, Vector, VectorAdapter } from './adapter.ts';

/** Typed JSON: `{"$d": pairs}`, `{"$f": float}`, `{"$i": digits}`, plain JSON otherwise. */
export type TypedJson = null | boolean | number | string | readonly TypedJson[] | { readonly [key: string]: TypedJson };

interface JinjaCase {
  readonly template: string;
  readonly templates: Readonly<Record<string, string>>;
  readonly context: TypedJson;
  readonly options: Readonly<Record<string, unknown>>;
  readonly expect:
    | { readonly ok: true; readonly out: string }
    | { readonly ok: false; readonly err: string; readonly line: number };
}

function pairsOf(json: TypedJson): readonly (readonly [TypedJson, TypedJson])[] {
  if (json === null || typeof json !== 'object' || Array.isArray(json)) return [];
  const map = json as { readonly [key: string]: TypedJson };
  return '$d' in map ? (map['$d'] as unknown as [TypedJson, TypedJson][]) : Object.entries(map);
}

/** Tags every scalar with a leaf of its own, and every list and mapping with one for its shape. */
function taggedValue(json: TypedJson, path: string, tracking: boolean, leaves: Map<string, Leaf>): Value {
  const point = { offset: 0, line: 1, col: 1 };
  const leaf: Leaf = { path, span: { file: repoPath('context'), start: point, end: point } };
  leaves.set(path, leaf);
  const labels = new Set(tracking ? [leaf] : []);
  const scalar = (plain: Plain): Value => (tracking ? new Tagged(plain, labels) : plain);
  if (Array.isArray(json))
    return new PyList(
      json.map((item: TypedJson, at) => taggedValue(item, `${path}[${at}]`, tracking, leaves)),
      labels,
    );
  if (json === null || typeof json !== 'object') return scalar(json as Plain);
  if ('$f' in json) return scalar(new PyFloat(Number(json['$f'])));
  if ('$i' in json) return scalar(BigInt(String(json['$i'])));
  return new PyDict(
    pairsOf(json).map(([key, item]): [Value, Value] => [
      keyOf(key),
      taggedValue(item, `${path}.${String(key)}`, tracking, leaves),
    ]),
    labels,
  );
}

function keyOf(key: TypedJson): Value {
  return key !== null && typeof key === 'object' ? taggedValue(key, '', false, new Map()) : key;
}

function text(options: JinjaCase['options'], name: string, fallback: string): string {
  return typeof options[name] === 'string' ? options[name] : fallback;
}

function optionsOf(options: JinjaCase['options']): JinjaOptions {
  const d = defaultDelimiters;
  const statement = options['line_statement_prefix'];
  const comment = options['line_comment_prefix'];
  return {
    ...jinjaPresets.library,
    trimBlocks: options['trim_blocks'] === true,
    lstripBlocks: options['lstrip_blocks'] === true,
    keepTrailingNewline: options['keep_trailing_newline'] === true,
    undefined: (options['undefined'] ?? 'default') as UndefinedKind,
    extensions: (options['extensions'] ?? []) as string[],
    delimiters: {
      blockStart: text(options, 'block_start_string', d.blockStart),
      blockEnd: text(options, 'block_end_string', d.blockEnd),
      variableStart: text(options, 'variable_start_string', d.variableStart),
      variableEnd: text(options, 'variable_end_string', d.variableEnd),
      commentStart: text(options, 'comment_start_string', d.commentStart),
      commentEnd: text(options, 'comment_end_string', d.commentEnd),
    },
    linePrefixes: {
      ...(typeof statement === 'string' ? { statement } : {}),
      ...(typeof comment === 'string' ? { comment } : {}),
    },
  };
}

export function environmentOf(vector: JinjaCase): JinjaEnvironment {
  const files: Readonly<Record<string, string>> = { ...vector.templates, main: vector.template };
  return {
    options: optionsOf(vector.options),
    load: (path) => (Object.hasOwn(files, path) ? { path, text: files[path] ?? '' } : undefined),
    searchPath: [],
  };
}

function render(vector: JinjaCase, tracking: boolean): string {
  const leaves = new Map<string, Leaf>();
  const variables = new Map(
    pairsOf(vector.context).map(([name, json]) => [String(name), taggedValue(json, String(name), tracking, leaves)]),
  );
  try {
    return `ok ${interpret(repoPath('main'), (name) => variables.get(name), environmentOf(vector), tracking).text.text}`;
  } catch (error) {
    if (!(error instanceof TemplateFailure)) throw error;
    return `${error.error.kind} line ${error.error.line}`;
  }
}

/** Output, or error class and line, with plain and with tagged values. */
export const jinjaAdapter: VectorAdapter = {
  check(vector: Vector): Outcome {
    const jinja = vector as unknown as JinjaCase;
    const want = jinja.expect.ok ? `ok ${jinja.expect.out}` : `${jinja.expect.err} line ${jinja.expect.line}`;
    for (const tracking of [false, true]) {
      const got = render(jinja, tracking);
      if (got !== want) return { kind: 'failed', want, got: tracking ? `with tags: ${got}` : got };
    }
    return { kind: 'passed' };
  },
};
