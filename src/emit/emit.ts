import { sortedBy } from '../core/order.ts';
import type { EmitInput } from './emit-input.ts';
import { environmentFiles } from './environments.ts';
import { jobFilesAmong } from './job-files.ts';
import { platformFiles } from './platform/platform.ts';
import { podDefaultFiles } from './pod-defaults.ts';
import { runbook } from './runbook.ts';
import { sharedTemplateFiles } from './shared-templates.ts';
import { topFiles } from './top-files.ts';
import type { OutputFile } from './types.ts';

/** The whole output tree but its reports, by path; nothing where there is no job. */
export function emitProject(given: EmitInput): readonly OutputFile[] {
  if (given.jobs.length === 0) return [];
  const input = { ...given, jobs: sortedBy(given.jobs, (job) => job.name) };
  const files = [
    ...input.jobs.flatMap((job) => [...jobFilesAmong(job, input.jobs), runbook(job, input)]),
    ...sharedTemplateFiles(input),
    ...podDefaultFiles(input),
    ...environmentFiles(input),
    ...platformFiles(input),
    ...topFiles(input),
  ];
  return sortedBy(files, (file) => file.path);
}
