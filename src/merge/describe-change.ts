import { pointerKey } from '../core/json-pointer.ts';
import { entryOf, itemsOf, staticScalar } from '../ir/read-value.ts';
import type { Value } from '../ir/value.ts';
import { type Cause, causesOf } from './branch-causes.ts';
import type { PatchOperation } from './types.ts';

/** A change of an overlay in words, with a value that it brings, for the finding's position. */
export interface Change {
  readonly words: string;
  readonly value?: Value;
  readonly causes: readonly Cause[];
}

/**
 * The operations of a patch as a reviewer would name them: the template or step by its name, the field, both values. Requests
 * and limits of one container are one change. Values of environment variables are left out: they may be secrets.
 */
export function describeChanges(operations: readonly PatchOperation[], base: Value): readonly Change[] {
  const names = new Map<string, string>();
  const old = new Map<string, Value>();
  const groups = new Map<
    string,
    { readonly words: string[]; readonly place: string; readonly causes: Cause[]; value?: Value }
  >();
  for (const operation of operations) {
    const { op, path, value } = operation;
    if (op === 'test') {
      if (value !== undefined) old.set(path, value);
      const name = path.endsWith('/name') && value !== undefined ? staticScalar(value) : undefined;
      if (name !== undefined) names.set(path.slice(0, -'/name'.length), name);
      continue;
    }
    const { place, field } = placeOf(path, names);
    const key = /\/resources\//.test(path) ? path.replace(/\/resources\/.*$/, '') : path;
    const group = groups.get(key) ?? { words: [], place, causes: [] };
    groups.set(key, group);
    group.words.push(wordsFor(operation, field, old.get(path)));
    group.causes.push(...causesOf(op === 'remove' ? valueAt(base, path) : old.get(path), value));
    if (value !== undefined) group.value = value;
  }
  return [...groups.values()].map(({ words, place, value, causes }) => ({
    causes: distinct(causes),
    words: `${place === '' ? '' : `${place}: `}${words.join(', ')}`,
    ...(value === undefined ? {} : { value }),
  }));
}

/** What stood at the path before any operation of the list moved it: operations remove from the end of a list. */
function valueAt(base: Value, path: string): Value | undefined {
  return path
    .split('/')
    .slice(1)
    .reduce<Value | undefined>(
      (value, key) => entryOf(value, value?.kind === 'list' ? Number(key) : pointerKey(key)),
      base,
    );
}

function distinct(causes: readonly Cause[]): readonly Cause[] {
  const known = new Map(causes.map((cause) => [JSON.stringify(cause), cause]));
  return [...known.values()];
}

function wordsFor({ op, path, value }: PatchOperation, field: string, old: Value | undefined): string {
  const inList = /\/(?:\d+|-)$/.test(path);
  const secret = /\/env\//.test(path);
  if (op === 'replace')
    return secret || old === undefined || value === undefined
      ? `${field} has another value`
      : `${field} is ${short(value)} instead of ${short(old)}`;
  if (op === 'remove') return field === '' ? 'is missing' : `${field} is missing`;
  if (field === '') return 'is there';
  if (secret || value === undefined) return `${field} is added`;
  return inList ? `${field} also has ${short(value)}` : `${field} is ${short(value)}`;
}

/** `/spec/workflowSpec/templates/3/container/args/2` → `template report` and `container.args`. */
function placeOf(path: string, names: ReadonlyMap<string, string>): { readonly place: string; readonly field: string } {
  const keys = path.split('/').slice(1);
  const places: string[] = [];
  let field: string[] = [];
  let at = '';
  for (const [index, key] of keys.entries()) {
    at += `/${key}`;
    const name = names.get(at) ?? names.get(`${at}/0`);
    if (/^(?:\d+|-)$/.test(key)) {
      if (name === undefined || index === 0) continue;
      const list = field.pop() ?? '';
      if (field.length > 0 && list !== 'steps') places.push(field.join('.'));
      places.push(`${singular[list] ?? list} ${name}`);
      field = [];
    } else if (key !== 'spec' && key !== 'workflowSpec') field.push(pointerKey(key));
  }
  return { place: [...new Set(places)].join(', '), field: field.join('.') };
}

const singular: Readonly<Record<string, string>> = {
  templates: 'template',
  steps: 'step',
  env: 'environment variable',
  sidecars: 'sidecar',
  initContainers: 'init container',
  volumes: 'volume',
  parameters: 'parameter',
};

function short(value: Value): string {
  const scalar = staticScalar(value);
  if (scalar !== undefined) return scalar === '' ? 'empty' : scalar.length > 60 ? `${scalar.slice(0, 57)}…` : scalar;
  if (value.kind === 'list') return `[${itemsOf(value).map(nameOf).join(', ')}]`;
  return value.kind === 'map' ? `{${[...value.entries.keys()].join(', ')}}` : 'another text';
}

function nameOf(item: Value): string {
  return staticScalar(item) ?? staticScalar(entryOf(item, 'name')) ?? '…';
}
