import { analyseText } from '../expr/analyse-text.ts';
import { byDefault, list, map, text, textOf } from '../ir/build-value.ts';
import { staticScalar } from '../ir/read-value.ts';
import type { Provenance, TextValue, Value } from '../ir/value.ts';
import type { YamlEntry, YamlMap, YamlNode } from '../yaml/node.ts';
import { nodeValue } from './node-value.ts';
import { namesIn, StoredNames } from './stored-names.ts';
import type { StoreSource } from './stores.ts';

/** A text of the .dig file with its `${…}` resolved in a scope. */
export type ReadText = (written: string, from: Provenance, scope: ReadonlyMap<string, Value>) => TextValue;

/**
 * The parameters a task sees. Exports are kept as written, because Digdag evaluates them anew at each task, in order,
 * with that task's own exports in place.
 */
export class Scope {
  readonly #parts: ScopeParts;
  readonly #read: ReadText;
  readonly #exports: readonly YamlEntry[];
  readonly #bound: ReadonlyMap<string, Value>;
  readonly #locals: readonly YamlEntry[];
  readonly #stored: StoredNames;

  private constructor(parts: ScopeParts) {
    this.#parts = parts;
    this.#stored = parts.stored;
    this.#read = (written, from, values) => parts.read(written, from, parts.stored.forText(written, from, values));
    this.#exports = parts.exports;
    this.#bound = parts.bound;
    this.#locals = parts.locals;
  }

  /** Parameters given at start are weaker than any `_export`. */
  static start(read: ReadText, parameters: ReadonlyMap<string, string>, origin: Provenance): Scope {
    const bound = [...parameters].map(([name, value]): [string, Value] => [name, variable(name, value, origin)]);
    return new Scope({ read, exports: [], bound: new Map(bound), locals: [], stored: new StoredNames() });
  }

  withExports(exports: YamlMap | undefined): Scope {
    if (exports === undefined) return this.#with({ locals: [] });
    return this.#with({
      exports: mergeEntries(this.#exports, exports.entries),
      locals: [],
      stored: this.#stored.below(exports.entries.map((entry) => entry.key)),
    });
  }

  /** What tasks that have ended before may have stored; it is stronger than the exports around them. */
  withStored(sources: readonly StoreSource[]): Scope {
    return this.#with({ stored: this.#stored.with(sources) });
  }

  #with(changes: Partial<ScopeParts>): Scope {
    return new Scope({ ...this.#parts, ...changes });
  }

  /** Loop variables and the like; they hide exports of the same name. */
  withBound(values: ReadonlyMap<string, Value>): Scope {
    const exports = this.#exports.filter((entry) => !values.has(entry.key));
    return this.#with({
      exports,
      bound: new Map([...this.#bound, ...values]),
      locals: [],
      stored: this.#stored.below([...values.keys()]),
    });
  }

  /** The task's own keys, which it alone sees; they are the strongest and may even hide a built-in. */
  withLocals(locals: readonly YamlEntry[]): Scope {
    return this.#with({ locals });
  }

  /** `${task_name}` is the task that is being evaluated, also inside an export. */
  withTaskName(fullName: string): Scope {
    return this.#with({
      bound: new Map([...this.#bound, ['task_name', text(fullName, byDefault('name of the task'))]]),
      locals: [],
    });
  }

  /** Every visible parameter, evaluated in order: each sees the ones before it. Session built-ins are among them, as a script sees them in its environment. */
  values(): ReadonlyMap<string, Value> {
    const raw = this.#asWritten();
    const values = new Map(this.#given());
    for (const entry of [...this.#visibleExports(), ...this.#locals])
      values.set(entry.key, named(entry.key, entry.value, values, raw, this.#read));
    return values;
  }

  #given(): ReadonlyMap<string, Value> {
    return new Map([...builtIns, ...this.#bound, ...this.#stored.known()]);
  }

  /** An export cannot hide what Digdag itself sets, nor what was stored later than it. */
  #visibleExports(): readonly YamlEntry[] {
    const stored = this.#stored.known();
    return this.#exports.filter(({ key }) => !builtIns.has(key) && key !== 'task_name' && !stored.has(key));
  }

  /** The parameters before any is evaluated: what the values inside a mapping see. */
  #asWritten(): ReadonlyMap<string, Value> {
    const entries = [...this.#visibleExports(), ...this.#locals];
    const none: ReadonlyMap<string, Value> = new Map();
    return new Map([
      ...this.#given(),
      ...entries.map(({ key, value }): [string, Value] => [
        key,
        named(key, value, none, none, (written, at) => text(written, at)),
      ]),
    ]);
  }

  /** A value of the task itself. Inside a mapping, exports and the task's own keys stand as they are written. */
  value(node: YamlNode): Value {
    return valueIn(node, this.values(), this.#asWritten(), this.#read);
  }

  /** Names that the texts inside a mapping use, and that stand for an expression there and not for its value. */
  unevaluatedIn(node: YamlNode): readonly string[] {
    const raw = this.#asWritten();
    const names = nestedNames(node, undefined).filter((name) => writtenText(raw.get(name)).includes('${'));
    return [...new Set(names)];
  }

  /** Visible exports as written; a task below evaluates them with its own parameters. */
  exported(): readonly YamlNode[] {
    return this.#exports.map((entry) => entry.value);
  }

  /** A text of a task in this scope. */
  read(written: string, from: Provenance): TextValue {
    return this.#read(written, from, this.values());
  }
}

interface ScopeParts {
  readonly read: ReadText;
  readonly exports: readonly YamlEntry[];
  readonly bound: ReadonlyMap<string, Value>;
  readonly locals: readonly YamlEntry[];
  readonly stored: StoredNames;
}

const builtInNames = [
  'session_time',
  'session_date',
  'session_date_compact',
  'session_local_time',
  'session_tz_offset',
  'session_unixtime',
  'last_session_time',
  'last_session_date',
  'last_session_date_compact',
  'last_session_local_time',
  'last_session_tz_offset',
  'last_session_unixtime',
  'next_session_time',
  'next_session_date',
  'next_session_date_compact',
  'next_session_local_time',
  'next_session_tz_offset',
  'next_session_unixtime',
];

/** The session's parameters, as the expression reader knows them. */
const builtIns: ReadonlyMap<string, Value> = new Map(
  builtInNames.map((name) => [name, analyseText(`\${${name}}`, byDefault(`session parameter ${name}`), new Map())]),
);

/** A text export is a variable of that name; one made of others keeps their parts. */
function named(
  name: string,
  node: YamlNode,
  values: ReadonlyMap<string, Value>,
  raw: ReadonlyMap<string, Value>,
  read: ReadText,
): Value {
  const from: Provenance = { via: 'export', span: node.span, name };
  if (node.kind === 'map')
    return nested(node, raw, from, (key, value, seen) => named(`${name}.${key}`, value, seen, raw, read));
  if (node.kind === 'list')
    return nodeValue(
      node,
      (written, at) => read(written, at, values),
      () => from,
    );
  const value = nodeValue(
    node,
    (written, at) => read(written, at, values),
    () => from,
  );
  const written =
    value.kind === 'text' && value.parts.every((part) => part.kind === 'literal') ? staticScalar(value) : undefined;
  return written === undefined ? value : variable(name, written, from);
}

function valueIn(
  node: YamlNode,
  values: ReadonlyMap<string, Value>,
  raw: ReadonlyMap<string, Value>,
  read: ReadText,
): Value {
  const from: Provenance = { via: 'literal', span: node.span };
  if (node.kind === 'map') return nested(node, raw, from, (_, value, seen) => valueIn(value, seen, raw, read));
  if (node.kind === 'list')
    return list(
      node.items.map((item) => valueIn(item, values, raw, read)),
      from,
    );
  return nodeValue(node, (written, at) => read(written, at, values));
}

/** The values of a mapping see its own keys before them evaluated, and what is around it as written. */
function nested(
  node: YamlMap,
  raw: ReadonlyMap<string, Value>,
  from: Provenance,
  read: (key: string, value: YamlNode, seen: ReadonlyMap<string, Value>) => Value,
): Value {
  const seen = new Map(raw);
  const entries = node.entries.map(({ key, value }): [string, Value] => {
    const made = read(key, value, seen);
    seen.set(key, made);
    return [key, made];
  });
  return map(entries, from);
}

/** `before`: the keys of the mapping that are evaluated already; undefined outside of one. */
function nestedNames(node: YamlNode, before: ReadonlySet<string> | undefined): readonly string[] {
  if (node.kind === 'map') {
    const known = new Set<string>();
    return node.entries.flatMap(({ key, value }) => {
      const names = nestedNames(value, known);
      known.add(key);
      return names;
    });
  }
  if (node.kind === 'list') return node.items.flatMap((item) => nestedNames(item, before));
  return node.kind !== 'string' || before === undefined ? [] : namesIn(node.value).filter((name) => !before.has(name));
}

function writtenText(value: Value | undefined): string {
  return value?.kind === 'text' ? value.parts.map((part) => (part.kind === 'runtime' ? '' : part.text)).join('') : '';
}

function variable(name: string, value: string, from: Provenance): TextValue {
  return value === '' ? text('', from) : textOf([{ kind: 'variable', text: value, variable: name, from }], from);
}

/** Digdag merges exports deeply: maps meet, everything else is replaced; a name keeps its first place in the order. */
function mergeEntries(outer: readonly YamlEntry[], inner: readonly YamlEntry[]): readonly YamlEntry[] {
  const merged = new Map(outer.map((entry) => [entry.key, entry]));
  for (const entry of inner) {
    const known = merged.get(entry.key);
    if (known?.value.kind === 'map' && entry.value.kind === 'map') {
      merged.set(entry.key, {
        ...entry,
        value: { ...entry.value, entries: mergeEntries(known.value.entries, entry.value.entries) },
      });
    } else merged.set(entry.key, entry);
  }
  return [...merged.values()];
}
