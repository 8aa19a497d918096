import { pointerKey } from '../core/json-pointer.ts';
import { BuildFailure, BuildRefusal } from './failure.ts';
import { asMap, isList, isMap, type KMap, type KValue, sameValue, textOf } from './value.ts';

/** JSON6902 operations as kustomize applies them: `replace` of a missing key adds it, and big integers lose digits. */
export function applyOperations(object: KMap, operations: readonly KValue[]): KMap {
  if (operations.length === 0) return object;
  let value: KValue = throughJson(object);
  for (const operation of operations) value = applyOne(value, asMap(operation));
  if (!isMap(value)) throw new BuildRefusal('an operation that replaces the object');
  return value;
}

/** Numbers pass through 64-bit floats. */
function throughJson(value: KValue): KValue {
  if (typeof value === 'bigint') return Number(value);
  if (isList(value)) return value.map(throughJson);
  return isMap(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, throughJson(item)]))
    : value;
}

function applyOne(root: KValue, operation: KMap): KValue {
  const op = textOf(operation['op']);
  const path = textOf(operation['path']);
  // Without the leading slash the first segment is lost.
  const segments = path === '' ? [] : path.split('/').slice(1).map(pointerKey);
  const value = throughJson(operation['value'] ?? null);
  if (segments.length === 0) throw new BuildRefusal('an operation on the whole object');
  switch (op) {
    case 'test': {
      const found = valueAt(root, segments, path);
      if (!sameValue(found ?? null, value)) throw new BuildFailure(`testing value ${path} failed: test failed`);
      return root;
    }
    case 'add':
    case 'replace':
    case 'remove':
      return change(root, segments, { op, path, value });
    default:
      throw new BuildRefusal(`the operation ${op}`);
  }
}

interface Change {
  readonly op: 'add' | 'replace' | 'remove';
  readonly path: string;
  readonly value: KValue;
}

function valueAt(root: KValue, segments: readonly string[], path: string): KValue | undefined {
  let at: KValue | undefined = root;
  for (const segment of segments) {
    if (isList(at)) at = at[indexIn(at, segment, path)];
    else at = isMap(at) && Object.hasOwn(at, segment) ? at[segment] : undefined;
  }
  return at;
}

function change(at: KValue | undefined, segments: readonly string[], change_: Change): KValue {
  const [segment = '', ...rest] = segments;
  if (rest.length > 0) {
    if (isList(at)) {
      const index = indexIn(at, segment, change_.path);
      return at.map((item, i) => (i === index ? change(item, rest, change_) : item));
    }
    if (!isMap(at) || !Object.hasOwn(at, segment))
      throw new BuildFailure(
        `${change_.op} operation does not apply: doc is missing path: ${change_.path}: missing value`,
      );
    return { ...at, [segment]: change(at[segment], rest, change_) };
  }
  if (isList(at)) return changeList(at, segment, change_);
  if (!isMap(at))
    throw new BuildFailure(
      `${change_.op} operation does not apply: doc is missing path: ${change_.path}: missing value`,
    );
  if (change_.op !== 'remove') return { ...at, [segment]: change_.value };
  if (!Object.hasOwn(at, segment))
    throw new BuildFailure(
      `error in remove for path: '${change_.path}': Unable to remove nonexistent key: ${segment}: missing value`,
    );
  const { [segment]: _, ...kept } = at;
  return kept;
}

function changeList(list: readonly KValue[], segment: string, { op, path, value }: Change): KValue {
  if (op === 'add' && segment === '-') return [...list, value];
  const index = op === 'add' && segment === String(list.length) ? list.length : indexIn(list, segment, path);
  if (op === 'remove') return list.filter((_, i) => i !== index);
  return op === 'add'
    ? [...list.slice(0, index), value, ...list.slice(index)]
    : list.map((item, i) => (i === index ? value : item));
}

function indexIn(list: readonly KValue[], segment: string, path: string): number {
  const written = /^-?\d+$/.test(segment) ? Number(segment) : Number.NaN;
  const index = written < 0 ? list.length + written : written;
  if (!(index >= 0 && index < list.length)) throw new BuildFailure(`doc is missing path: ${path}: missing value`);
  return index;
}
