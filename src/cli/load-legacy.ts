import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import type { Host } from '../core/host.ts';
import type { ConvertOptions } from '../pipeline/types.ts';
import { existingFolder } from './folders.ts';
import { legacyHost } from './legacy-host.ts';
import { ruleFiles } from './rule-files.ts';

/** Options of every command that reads the legacy folder as `convert` does. */
export interface LegacyOptions {
  readonly job?: readonly string[];
  readonly env?: readonly string[];
  readonly argoVersion?: '3.6' | '3.7' | '4';
  readonly schedules?: string;
  readonly rules?: readonly string[];
  readonly lang?: 'en' | 'ja';
  readonly dedup?: boolean;
}

export interface Legacy {
  readonly folder: string;
  readonly host: Host;
  readonly options: ConvertOptions;
}

/** Everything the pipeline asks for; undefined, and a diagnostic, where something of it is missing. */
export function loadLegacy(
  cwd: string,
  given: string,
  options: LegacyOptions,
  sink: DiagnosticSink,
): Legacy | undefined {
  const folder = existingFolder(cwd, given, sink);
  const host = folder === undefined ? undefined : legacyHost(folder, sink);
  if (folder === undefined || host === undefined) return undefined;
  const rules = ruleFiles(options.rules ?? [], cwd, sink);
  const schedules = options.schedules === undefined ? undefined : readGiven(cwd, options.schedules, sink);
  if (rules === undefined || (options.schedules !== undefined && schedules === undefined)) return undefined;
  return {
    folder,
    host,
    options: {
      rules,
      ...(options.job === undefined ? {} : { jobs: options.job }),
      ...(options.env === undefined ? {} : { environments: options.env }),
      ...(options.argoVersion === undefined ? {} : { argoVersion: options.argoVersion }),
      ...(options.dedup === undefined ? {} : { dedup: options.dedup }),
      ...(options.lang === undefined ? {} : { lang: options.lang }),
      ...(schedules === undefined ? {} : { schedules }),
    },
  };
}

function readGiven(cwd: string, path: string, sink: DiagnosticSink): string | undefined {
  try {
    return readFileSync(resolve(cwd, path), 'utf8');
  } catch {
    sink.add(diagnose('PROJECT_FILE_UNREADABLE', { path }));
    return undefined;
  }
}
