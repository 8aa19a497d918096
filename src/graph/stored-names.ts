import { findExpressions } from '../expr/find.ts';
import { byDefault, runtimeText } from '../ir/build-value.ts';
import type { Provenance, Value } from '../ir/value.ts';
import type { StoreSource } from './stores.ts';

/** What the tasks before have stored, as a task sees it. */
export class StoredNames {
  readonly #sources: readonly StoreSource[];
  /** Exports deeper than a store are stronger than it: name → how many sources they hide. */
  readonly #hidden: ReadonlyMap<string, number>;

  constructor(sources: readonly StoreSource[] = [], hidden: ReadonlyMap<string, number> = new Map()) {
    this.#sources = sources;
    this.#hidden = hidden;
  }

  get sources(): readonly StoreSource[] {
    return this.#sources;
  }

  with(sources: readonly StoreSource[]): StoredNames {
    return sources.length === 0 ? this : new StoredNames([...this.#sources, ...sources], this.#hidden);
  }

  /** As seen below an `_export` of these names. */
  below(names: readonly string[]): StoredNames {
    if (this.#sources.length === 0) return this;
    const hidden = names.map((name) => [name, this.#sources.length] as const);
    return new StoredNames(this.#sources, new Map([...this.#hidden, ...hidden]));
  }

  /** Names that are known to be stored, whatever the exports say. */
  known(): ReadonlyMap<string, Value> {
    const names = new Set(this.#sources.flatMap((source) => [...source.names]));
    return new Map(
      [...names].flatMap((name) => {
        const value = this.#value(name, (source) => source.names.has(name));
        return value === undefined ? [] : [[name, value] as const];
      }),
    );
  }

  /** `values` with the stored names that the expressions of a text use, as read at the place of that text. */
  forText(written: string, from: Provenance, values: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
    if (this.#sources.length === 0 || !written.includes('${')) return values;
    const found = namesIn(written).flatMap((name) => {
      const value = values.get(name);
      if (foreign.has(name) || (value !== undefined && !isStored(value))) return [];
      const stored = this.#value(name, (source) => source.open || source.names.has(name), from);
      return stored === undefined ? [] : [[name, stored] as const];
    });
    return found.length === 0 ? values : new Map([...values, ...found]);
  }

  #value(name: string, may: (source: StoreSource) => boolean, from?: Provenance): Value | undefined {
    const sources = this.#sources.slice(this.#hidden.get(name) ?? 0).filter(may);
    const tasks = [...new Set(sources.map((source) => source.task).reverse())];
    return tasks.length === 0
      ? undefined
      : runtimeText({ kind: 'output', tasks, key: name }, from ?? byDefault(`stored parameter ${name}`), name);
  }
}

function isStored(value: Value): boolean {
  const [part, ...others] = value.kind === 'text' ? value.parts : [];
  return others.length === 0 && part?.kind === 'runtime' && part.expr.kind === 'output';
}

/** The names that stand free in the expressions: `a` of `a.b`, not what is in quotes. */
export function namesIn(written: string): readonly string[] {
  const names = findExpressions(written).flatMap((part) => {
    if (part.kind !== 'expression') return [];
    const code = part.source.replaceAll(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, '""');
    return [...code.matchAll(/(?<![\w$.])[A-Za-z_$][\w$]*/g)].map((match) => match[0]);
  });
  return [...new Set(names)];
}

/** Words of the language, of moment, and what Digdag itself sets. */
const foreign: ReadonlySet<string> = new Set(
  (
    'moment Math JSON Date Object Array String Number Boolean RegExp parseInt parseFloat isNaN isFinite undefined NaN Infinity ' +
    'encodeURIComponent encodeURI decodeURIComponent decodeURI escape unescape this typeof new true false null void in ' +
    'instanceof delete function return var if else for while print session_uuid session_id attempt_id project_id ' +
    'retry_attempt_name last_executed_session_time timezone'
  ).split(' '),
);
