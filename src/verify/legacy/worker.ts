import type { Config } from '../../config/schema.ts';

/** The worker's environment as the configuration describes it; secrets have a text that stands for their value. */
export function workerEnvironment(config: Config): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(config.worker.env).map(([name, variable]) => {
      if ('literal' in variable) return [name, variable.literal] as const;
      if ('secret' in variable) return [name, `<secret ${variable.secret}/${variable.key}>`] as const;
      if ('config_map' in variable) return [name, `<config map ${variable.config_map}/${variable.key}>`] as const;
      return [name, `<${name}>`] as const;
    }),
  );
}
