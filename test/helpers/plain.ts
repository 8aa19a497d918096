import type { Value } from '../../src/ir/value.ts';
import type { PatchOperation } from '../../src/merge/types.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A value as JSON; run-time parts are shown as `<kind>`. */
export function toJson(value: Value): Json {
  switch (value.kind) {
    case 'text':
      return value.parts.map((part) => (part.kind === 'runtime' ? `<${part.expr.kind}>` : part.text)).join('');
    case 'scalar':
      return typeof value.value === 'bigint' ? Number(value.value) : value.value;
    case 'list':
      return value.items.map(toJson);
    case 'map':
      return Object.fromEntries([...value.entries].map(([key, entry]) => [key, toJson(entry)]));
  }
}

/** Applies JSON6902 as RFC 6902 says; throws where a test fails or a path does not exist. */
export function applyOperations(document: Json, operations: readonly PatchOperation[]): Json {
  const root = { '': structuredClone(document) };
  for (const operation of operations) {
    const keys = operation.path.split('/').map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
    const last = keys.pop() ?? '';
    let parent: Json = root;
    for (const key of keys) parent = child(parent, key);
    const value = operation.value === undefined ? null : toJson(operation.value);
    if (operation.op === 'test' && JSON.stringify(child(parent, last)) !== JSON.stringify(value))
      throw new Error(`test failed at ${operation.path}`);
    if (operation.op === 'replace') child(parent, last);
    if (operation.op === 'test') continue;
    if (Array.isArray(parent)) {
      const index = last === '-' ? parent.length : Number(last);
      if (operation.op === 'add') parent.splice(index, 0, value);
      else if (operation.op === 'remove') parent.splice(index, 1);
      else parent[index] = value;
    } else if (typeof parent === 'object' && parent !== null) {
      if (operation.op === 'remove') delete parent[last];
      else parent[last] = value;
    }
  }
  return root[''];
}

function child(parent: Json, key: string): Json {
  const found = Array.isArray(parent)
    ? parent[Number(key)]
    : typeof parent === 'object' && parent !== null
      ? parent[key]
      : undefined;
  if (found === undefined) throw new Error(`no ${key}`);
  return found;
}
