import { type ConfigMap, isMap, toJson } from '../expr/config-value.ts';
import { configError } from './operator-error.ts';

const secret = /\$\{([\s\S]*?):([\s\S]+?)\}/g;

/** The environment variables that `sh>` adds: every parameter with a usable name, and `_env`. */
export function shellEnvironment(config: ConfigMap): ReadonlyMap<string, string> {
  const env = new Map<string, string>();
  for (const [key, value] of config) {
    if (!/^[A-Za-z_][A-Za-z_0-9]*$/.test(key)) continue;
    if (value === null) configError(`Parameter '${key}' is required but null`);
    env.set(key, typeof value === 'string' ? value : toJson(value));
  }
  const own = config.get('_env');
  for (const [key, value] of isMap(own) ? own : []) {
    // A secret's value is known to the Digdag server alone; its name stands for it.
    if (isMap(value)) env.set(key, `\${secret:${toJson(value.get('secret') ?? null).replace(/^"|"$/g, '')}}`);
    else env.set(key, typeof value === 'string' ? value : toJson(value));
  }
  return env;
}

/** Of what `${…}` is left of a command, `sh>` takes only secrets. */
export function checkSecretMarks(command: string): void {
  for (const [mark, kind = ''] of command.matchAll(secret)) {
    if (kind.trim() !== 'secret') configError(`Invalid parametrization: '${mark}'`);
  }
}
