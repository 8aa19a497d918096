import { entryOf, staticScalar } from '../ir/read-value.ts';
import type { Value } from '../ir/value.ts';

/**
 * What identifies the items of a list across environments: names, mount paths, flags. Undefined where two items would
 * share a key; then only lists of one length are aligned, by position.
 */
export function itemKeys(items: readonly Value[]): readonly string[] | undefined {
  const keys = items.map(itemKey);
  if (keys.some((key) => key === undefined) || new Set(keys).size !== keys.length) return undefined;
  return keys.filter((key) => key !== undefined);
}

function itemKey(item: Value): string | undefined {
  switch (item.kind) {
    case 'map':
      return mapKey(item);
    case 'list':
      // A group of steps is known by the names of its steps.
      return item.items.map((step) => staticScalar(entryOf(step, 'name')) ?? '').join('+');
    case 'text':
      return textKey(item);
    case 'scalar':
      return String(item.value);
  }
}

function mapKey(item: Value): string | undefined {
  const of = (key: string): string | undefined => staticScalar(entryOf(item, key));
  const mount = of('mountPath');
  if (mount !== undefined) return `${of('name')}@${mount}`;
  const reference =
    staticScalar(entryOf(item, 'secretRef', 'name')) ?? staticScalar(entryOf(item, 'configMapRef', 'name'));
  return of('name') ?? of('containerPort') ?? of('key') ?? reference;
}

/** A flag is known by its name, whatever its value. */
function textKey(item: Value): string | undefined {
  const written =
    item.kind === 'text' ? item.parts.map((part) => (part.kind === 'runtime' ? '' : part.text)).join('') : '';
  return /^--?[A-Za-z][\w-]*(?==)/.exec(written)?.[0];
}
