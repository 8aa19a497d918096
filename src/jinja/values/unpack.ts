import { bare, peek, tag } from '../tags/tracker.ts';
import { valueError } from './error.ts';
import { iterate } from './iterate.ts';
import { noLabels, PyList, PyTuple, Tagged, type Value } from './value.ts';

/** As many values as names, with Python's errors. */
export function unpack(value: Value, wanted: number): readonly Value[] {
  const plain = bare(value);
  const items: Value[] = [];
  const labels = value instanceof Tagged ? value.labels : noLabels;
  const iterator =
    plain instanceof PyList || plain instanceof PyTuple
      ? plain.items[Symbol.iterator]()
      : iterate(peek(value), (type) => `cannot unpack non-iterable ${type} object`);
  for (let step = iterator.next(); step.done !== true; step = iterator.next()) {
    items.push(tag(step.value, labels));
    if (items.length > wanted) throw valueError(`too many values to unpack (expected ${wanted})`);
  }
  if (items.length < wanted) throw valueError(`not enough values to unpack (expected ${wanted}, got ${items.length})`);
  return items;
}
