interface Leaf {
  /** Items of lists by what identifies them: `spec.volumes[data].emptyDir`. */
  readonly path: string;
  readonly value: unknown;
}

/** What identifies an item of a list in a pod. */
const identities = ['mountPath', 'devicePath', 'name', 'containerPort', 'ip'] as const;

/** Every value in an object that is no object or list, or an empty one. */
export function leavesOf(value: unknown, path = ''): readonly Leaf[] {
  const below: readonly (readonly [string, unknown])[] = Array.isArray(value)
    ? value.map((item, at) => [`${path}[${identity(item) ?? at}]`, item])
    : isObject(value)
      ? Object.entries(value).map(([key, item]) => [path === '' ? key : `${path}.${key}`, item])
      : [];
  return below.length === 0 ? [{ path, value }] : below.flatMap(([at, item]) => leavesOf(item, at));
}

/** The value at a path that `leavesOf` wrote, or at one with plain numbers: `steps.0.0.name`. */
export function valueAt(value: unknown, path: string): unknown {
  let at: unknown = value;
  for (const [, key = '', item] of path.matchAll(/(?:^|\.)?((?:[^.[\]]|\/)+)|\[([^\]]*)\]/g)) {
    if (item !== undefined)
      at = Array.isArray(at) ? at.find((each, index) => (identity(each) ?? String(index)) === item) : undefined;
    else at = Array.isArray(at) ? at[Number(key)] : isObject(at) ? at[key] : undefined;
  }
  return at;
}

/** The path as the table of fields writes it. */
export function rowPath(path: string): string {
  const general = path.replace(/\[[^\]]*\]/g, '[]');
  // Keys of open maps are no fields.
  return general.replace(/\.key-[a-z]+(?:\..*)?$/, '').replace(/\.fieldsV1\..*$/, '.fieldsV1');
}

function identity(item: unknown): string | undefined {
  if (!isObject(item)) return undefined;
  const key = identities.find((each) => typeof item[each] === 'string');
  return key === undefined ? undefined : String(item[key]);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
