/** A configuration value as Digdag holds it at run time: a JSON tree with ordered keys, where `1.0` is not `1`. */
export type ConfigValue = null | boolean | number | bigint | string | ConfigFloat | ConfigList | ConfigMap;

export interface ConfigFloat {
  readonly float: number;
}

export type ConfigList = readonly ConfigValue[];
export type ConfigMap = ReadonlyMap<string, ConfigValue>;

export function isMap(value: ConfigValue | undefined): value is ConfigMap {
  return value instanceof Map;
}

export function isList(value: ConfigValue | undefined): value is ConfigList {
  return Array.isArray(value);
}

export function isFloat(value: ConfigValue | undefined): value is ConfigFloat {
  return typeof value === 'object' && value !== null && 'float' in value;
}

/** From parsed JSON; a number is an integer where it has no fraction. */
export function fromJson(value: unknown): ConfigValue {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isInteger(value) ? value : { float: value };
  if (Array.isArray(value)) return value.map(fromJson);
  if (typeof value === 'object') return new Map(Object.entries(value).map(([key, entry]) => [key, fromJson(entry)]));
  return null;
}

/** As Jackson writes it: no spaces, doubles as Java prints them. */
export function toJson(value: ConfigValue): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number' || typeof value === 'bigint') return Object.is(value, -0) ? '-0.0' : String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (isFloat(value)) return javaDouble(value.float);
  if (isList(value)) return `[${value.map(toJson).join(',')}]`;
  if (isMap(value)) return `{${[...value].map(([key, entry]) => `${JSON.stringify(key)}:${toJson(entry)}`).join(',')}}`;
  return 'null';
}

/** Objects merge key by key, all else replaces: what `_export` and stored parameters do to what is there. */
export function mergeDeep(into: ConfigMap, from: ConfigMap): ConfigMap {
  const merged = new Map(into);
  for (const [key, value] of from) {
    const before = merged.get(key);
    merged.set(key, isMap(before) && isMap(value) ? mergeDeep(before, value) : value);
  }
  return merged;
}

/** `Double.toString`: always with a point, with an exponent outside 1e-3 to 1e7. */
export function javaDouble(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
  if (Object.is(value, -0)) return '-0.0';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) {
    const [mantissa = '', exponent = ''] = value.toExponential().split('e');
    return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`;
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
