import { loadTemplate } from '../templates/load.ts';
import type { EmitInput } from './emit-input.ts';
import { jobFolder } from './job-files.ts';
import { legacyNames } from './legacy-names.ts';
import { textFile } from './text-file.ts';
import type { OutputFile } from './types.ts';

/** Makefile and README of the output. */
export function topFiles(input: EmitInput): readonly OutputFile[] {
  const jobs = input.jobs.map((job) => ({
    name: job.name,
    legacy: legacyNames(job),
    folder: jobFolder(job),
    cron: job.kind === 'CronWorkflow',
    environments: [...job.overlays.keys()],
  }));
  return [
    textFile('Makefile', loadTemplate('Makefile.njk', { environments: input.environments })),
    textFile(
      'README.md',
      loadTemplate('output.md.njk', {
        jobs,
        environments: input.environments,
        decisions: input.decisions,
        shared: input.podDefaults.length > 0,
      }),
    ),
  ];
}
