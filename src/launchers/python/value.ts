import type { RepoPath } from '../../core/source.ts';
import { list, map, scalar, text } from '../../ir/build-value.ts';
import type { Provenance, TextValue, Value } from '../../ir/value.ts';
import type { PyBody, PyParameter } from '../../python/syntax.ts';

/** What a Python expression is, as far as it decides which Job is started. */
export type PyValue =
  | { readonly kind: 'text'; readonly text: TextValue; readonly file?: RepoPath }
  | { readonly kind: 'scalar'; readonly value: number | boolean | null }
  | { readonly kind: 'list'; readonly items: PyValue[] }
  | { readonly kind: 'dict'; readonly entries: Map<string, PyValue> }
  /** A name of a library, dotted: `kubernetes.client.BatchV1Api`. */
  | { readonly kind: 'library'; readonly name: string }
  | {
      readonly kind: 'function';
      readonly name: string;
      readonly parameters: readonly PyParameter[];
      readonly body: PyBody;
      readonly module: PyModule;
      readonly self?: PyValue;
    }
  | {
      readonly kind: 'class';
      readonly name: string;
      readonly body: PyBody;
      readonly bases: readonly PyValue[];
      readonly module: PyModule;
    }
  | {
      readonly kind: 'object';
      readonly of: Extract<PyValue, { kind: 'class' }>;
      readonly attributes: Map<string, PyValue>;
    }
  /** A method of a text, a list or the like, waiting for its arguments. */
  | { readonly kind: 'method'; readonly of: PyValue; readonly name: string }
  /** A Jinja2 template of the tree. */
  | { readonly kind: 'template'; readonly file: RepoPath }
  /** A rendered template or a parsed file: documents of a manifest. */
  | { readonly kind: 'documents'; readonly documents: readonly Value[]; readonly file?: RepoPath }
  | { readonly kind: 'unknown'; readonly why: string };

export interface PyModule {
  readonly path: RepoPath;
  readonly text: string;
  readonly names: Map<string, PyValue>;
}

export const NONE: PyValue = { kind: 'scalar', value: null };

export function unknown(why: string): PyValue {
  return { kind: 'unknown', why };
}

/** A value of a step as Python's program sees it. */
export function fromValue(value: Value): PyValue {
  switch (value.kind) {
    case 'text':
      return { kind: 'text', text: value };
    case 'scalar':
      return { kind: 'scalar', value: typeof value.value === 'bigint' ? Number(value.value) : value.value };
    case 'list':
      return { kind: 'list', items: value.items.map(fromValue) };
    case 'map':
      return { kind: 'dict', entries: new Map([...value.entries].map(([key, entry]) => [key, fromValue(entry)])) };
  }
}

/** A manifest that the program built; `why` names what of it is not known. */
export function toValue(
  value: PyValue,
  from: Provenance,
): { readonly kind: 'value'; readonly value: Value } | { readonly kind: 'unknown'; readonly why: string } {
  switch (value.kind) {
    case 'text':
      return { kind: 'value', value: value.text };
    case 'scalar':
      return { kind: 'value', value: scalar(value.value, from) };
    case 'list': {
      const items: Value[] = [];
      for (const item of value.items) {
        const made = toValue(item, from);
        if (made.kind === 'unknown') return made;
        items.push(made.value);
      }
      return { kind: 'value', value: list(items, from) };
    }
    case 'dict': {
      const entries: (readonly [string, Value])[] = [];
      for (const [key, entry] of value.entries) {
        const made = toValue(entry, from);
        if (made.kind === 'unknown') return { kind: 'unknown', why: `${key}: ${made.why}` };
        entries.push([key, made.value]);
      }
      return { kind: 'value', value: map(entries, from) };
    }
    case 'documents': {
      const [only] = value.documents;
      return only !== undefined && value.documents.length === 1
        ? { kind: 'value', value: only }
        : { kind: 'unknown', why: 'several documents in one' };
    }
    case 'unknown':
      return value;
    default:
      return { kind: 'unknown', why: `a ${value.kind}` };
  }
}

/** What a `for` goes over; undefined where it is known only at run time. */
export function iterated(of: PyValue): readonly PyValue[] | undefined {
  switch (of.kind) {
    case 'list':
      return of.items;
    case 'dict':
      return [...of.entries.keys()].map((key) => ({
        kind: 'text',
        text: text(key, { via: 'default', reason: 'a key of a mapping' }),
      }));
    case 'documents':
      return of.documents.map((document) => ({ kind: 'documents', documents: [document] }));
    default:
      return undefined;
  }
}
