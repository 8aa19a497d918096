import { createHash } from 'node:crypto';
import type { Host } from '../core/host.ts';
import { compareText } from '../core/order.ts';
import type { OutputFile } from '../emit/types.ts';
import type { JobInput } from '../report/report-input.ts';

/**
 * What a review of a job speaks about: its legacy files as they are, and the manifests that they became. A change that
 * reaches a job only through a variable file, a macro or a rule shows in its manifests.
 */
export function fingerprintOf(
  job: Pick<JobInput, 'job' | 'sources' | 'heldBy'>,
  files: readonly OutputFile[],
  host: Host,
): string {
  const owner = job.heldBy?.job ?? job.job;
  const parts = [
    ...job.sources.map(({ file }) => [file, host.read(file) ?? ''] as const),
    ...files.flatMap((file) =>
      file.job === owner && file.path.endsWith('.yaml') ? ([[file.path, file.text]] as const) : [],
    ),
  ];
  const hash = createHash('sha256');
  for (const [path, text] of [...parts].sort(([a], [b]) => compareText(a, b)))
    hash.update(`${path}\u0000${text.length}\u0000${text}\u0000`);
  return hash.digest('hex');
}
