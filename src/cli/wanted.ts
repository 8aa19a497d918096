import type { Host } from '../core/host.ts';
import type { OutputFile } from '../emit/types.ts';
import { writtenAccounting } from '../explain/accounting-file.ts';
import type { Conversion } from '../pipeline/types.ts';
import type { Wanted } from './output/types.ts';

/** What a conversion wants to stand in the output folder. */
export function wantedOf(
  conversion: Conversion,
  legacy: Host,
  options: Pick<Wanted, 'limited' | 'prune' | 'overwrite'>,
): Wanted {
  const { files, report, units, manualJobs } = conversion;
  const accounting: OutputFile = {
    path: '.dig2argo/accounting.json',
    text: writtenAccounting(units),
    origins: new Map(),
  };
  const names = new Map(report.details.map((job) => [job.job, job.heldBy?.ownName ?? job.name]));
  return {
    files: [...files, accounting],
    environments: report.environments,
    inputs: Object.fromEntries(report.inputs.map(({ path, sha256 }) => [path, sha256])),
    names: Object.fromEntries(names),
    present: new Set([...names.keys(), ...manualJobs, ...digNames(legacy)]),
    manual: new Set(manualJobs),
    ...options,
  };
}

/** Names of all Digdag files: a job that could not be converted is not gone. */
function digNames(legacy: Host): readonly string[] {
  return legacy
    .list()
    .flatMap((path) => (path.endsWith('.dig') ? [path.slice(path.lastIndexOf('/') + 1, -'.dig'.length)] : []));
}
