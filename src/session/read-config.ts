import {
  type ConfigList,
  type ConfigMap,
  type ConfigValue,
  fromJson,
  isFloat,
  isList,
  isMap,
  javaDouble,
  toJson,
} from '../expr/config-value.ts';
import { configError } from './operator-error.ts';

/** Typed reading of parameters with the conversions and the messages of Digdag's `Config`. */
export function readText(config: ConfigMap, key: string): string {
  const value = required(config, key);
  return scalarText(value) ?? configError(`Expected string type for key '${key}' but got ${described(value)}`);
}

export function readInteger(config: ConfigMap, key: string, type: 'int' | 'long' = 'int'): number {
  const value = required(config, key);
  const number =
    typeof value === 'number' || typeof value === 'bigint'
      ? Number(value)
      : isFloat(value)
        ? Math.trunc(value.float)
        : typeof value === 'string'
          ? integerText(value)
          : undefined;
  return number ?? configError(`Expected integer (${type}) type for key '${key}' but got ${described(value)}`);
}

export function readBoolean(config: ConfigMap, key: string): boolean {
  const value = required(config, key);
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return value !== 0;
  const text = typeof value === 'string' ? value.trim() : undefined;
  if (text === 'true' || text === 'True') return true;
  if (text === 'false' || text === 'False' || text === '') return false;
  return configError(`Expected 'true' or 'false' for key '${key}' but got ${described(value)}`);
}

export function readMap(config: ConfigMap, key: string): ConfigMap {
  const value = config.get(key);
  if (value === undefined) return configError(`Parameter '${key}' is required but not set`);
  return isMap(value) ? value : configError(`Parameter '${key}' must be an object`);
}

/** A mapping, or the JSON text of one. */
export function parseMap(config: ConfigMap, key: string): ConfigMap {
  const value = parsed(required(config, key));
  return isMap(value) ? value : configError(`Parameter '${key}' must be an object`);
}

/** A list, or the JSON text of one. */
export function parseList(config: ConfigMap, key: string): ConfigList {
  const value = parsed(required(config, key));
  return isList(value) ? value : configError(`Parameter '${key}' must be a list`);
}

/** The text of a scalar; undefined for lists, maps and null. */
export function scalarText(value: ConfigValue): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  return isFloat(value) ? javaDouble(value.float) : undefined;
}

function required(config: ConfigMap, key: string): ConfigValue {
  const value = config.get(key);
  if (value === undefined) return configError(`Parameter '${key}' is required but not set`);
  return value === null ? configError(`Parameter '${key}' is required but null`) : value;
}

function parsed(value: ConfigValue): ConfigValue {
  if (typeof value !== 'string') return value;
  try {
    return fromJson(JSON.parse(value));
  } catch {
    return value;
  }
}

function integerText(text: string): number | undefined {
  return /^\s*[+-]?\d+\s*$/.test(text) ? Number(text) : undefined;
}

function described(value: ConfigValue): string {
  const kind =
    typeof value === 'string'
      ? 'string'
      : typeof value === 'boolean'
        ? 'boolean'
        : isList(value)
          ? 'array'
          : isMap(value)
            ? 'object'
            : 'number';
  return `${toJson(value)} (${kind})`;
}
