import type { Value } from '../ir/value.ts';
import type { OutputFile } from './types.ts';
import { printYaml } from './yaml-print.ts';

/** A file of the whole platform that is no YAML. */
export function textFile(path: string, text: string): OutputFile {
  return { path, text, origins: new Map() };
}

/** A file of the whole platform. */
export function yamlFile(path: string, value: Value, header: readonly string[] = []): OutputFile {
  const printed = printYaml(value, header);
  return { path, text: printed.text, origins: printed.origins };
}
