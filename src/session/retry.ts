import { type ConfigMap, isFloat, isMap, toJson } from '../expr/config-value.ts';
import type { Retry } from '../ir/graph.ts';
import { configError } from './operator-error.ts';
import { readInteger, readText } from './read-config.ts';

/** `_retry` as Digdag's `RetryControl` reads it; undefined where there is none. */
export function retryOf(config: ConfigMap): Retry | undefined {
  const value = config.get('_retry');
  if (value === undefined) return undefined;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'string' || isFloat(value)) {
    return { limit: readInteger(config, '_retry'), intervalSeconds: 0, growth: 'constant' };
  }
  if (!isMap(value)) return configError(`Invalid _retry format:${toJson(value)}`);
  const optional = (key: string): number | undefined =>
    value.get(key) === undefined || value.get(key) === null ? undefined : readInteger(value, key);
  const longest = optional('max_interval');
  return {
    limit: readInteger(value, 'limit'),
    intervalSeconds: optional('interval') ?? 0,
    growth: growthOf(value),
    ...(longest === undefined ? {} : { maxIntervalSeconds: longest }),
  };
}

function growthOf(retry: ConfigMap): 'constant' | 'exponential' {
  if (retry.get('interval_type') === undefined || retry.get('interval_type') === null) return 'constant';
  const written = readText(retry, 'interval_type');
  const type = written.toLowerCase();
  return type === 'constant' || type === 'exponential' ? type : configError(`Invalid retry_interval_type: ${written}`);
}
