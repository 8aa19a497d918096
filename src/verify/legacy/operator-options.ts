import { type ConfigMap, isMap } from '../../expr/config-value.ts';
import type { OperatorCall } from '../../session/types.ts';

/** What an operator is given by some names: by its task or any parameter it sees, else by the mapping that has its own name. */
export function operatorOptions({ config, type }: OperatorCall, names: Iterable<string>): ConfigMap {
  const defaults = config.get(type);
  return new Map(
    [...names].flatMap((name) => {
      const value = config.get(name) ?? (isMap(defaults) ? defaults.get(name) : undefined);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}
