import { type ConfigMap, type ConfigValue, isMap } from '../../expr/config-value.ts';
import type { OperatorCall } from '../../session/types.ts';
import type { Context } from './shell/world.ts';

/** `gke>`: it connects to a cluster, then runs the command of its key `sh>` or the tasks below `_do` in it. */
export interface ContextOperator {
  readonly context: Context;
  readonly script?: string;
  readonly tasks: ConfigMap;
}

/** Undefined for any other operator. */
export function contextOperator(call: OperatorCall): ContextOperator | undefined {
  if (call.type !== 'gke') return undefined;
  const given: ConfigMap = new Map([...call.params, ...(isMap(call.command) ? call.command : [])]);
  const below = given.get('_do');
  const project = textOf(given, 'project', 'project_id');
  const namespace = textOf(given, 'namespace');
  const script = textOf(given, 'sh', 'sh>');
  return {
    context: {
      cluster: textOf(given, 'cluster') ?? '',
      ...(project === undefined ? {} : { project }),
      ...(namespace === undefined ? {} : { namespace }),
    },
    ...(script === undefined ? {} : { script }),
    tasks: isMap(below) ? below : new Map<string, ConfigValue>(),
  };
}

function textOf(given: ConfigMap, ...names: readonly string[]): string | undefined {
  return names.map((name) => given.get(name)).find((value) => typeof value === 'string');
}
