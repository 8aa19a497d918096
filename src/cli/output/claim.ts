import { diagnose } from '../../core/diagnose.ts';
import type { DiagnosticSink } from '../../core/diagnostic.ts';
import { finishCommit } from './commit.ts';
import type { Disk } from './disk.ts';

export interface ThisProcess {
  readonly pid: number;
  /** True where a process of this number runs. */
  isRunning(pid: number): boolean;
}

const OWN = '.dig2argo';

/** What interrupted runs left in the output folder. */
export function leftovers(disk: Disk): readonly { readonly folder: string; readonly pid: number }[] {
  return disk.names(OWN).flatMap((name) => {
    const pid = /^tmp-(\d+)$/.exec(name)?.[1];
    return pid === undefined ? [] : [{ folder: `${OWN}/${name}`, pid: Number(pid) }];
  });
}

/**
 * Makes the staging folder of this run after finishing or undoing what an interrupted one left.
 * Undefined, and a diagnostic, where another run is at work. The own folder is made first, so that of two runs started together at most one goes on.
 */
export function claimOutput(disk: Disk, process: ThisProcess, sink: DiagnosticSink): string | undefined {
  const staging = `${OWN}/tmp-${process.pid}`;
  const report = (finished: boolean): void =>
    sink.add(diagnose('OUT_RECOVERED', { how: finished ? 'finished' : 'undone' }));
  // A folder of our own number is that of a dead process.
  if (disk.kind(staging) !== undefined) report(finishCommit(disk, staging));
  disk.write(`${staging}/started`, '');
  for (const other of leftovers(disk)) {
    if (other.folder === staging) continue;
    if (process.isRunning(other.pid)) {
      sink.add(diagnose('OUT_LOCKED', other));
      disk.removeFolder(staging);
      return undefined;
    }
    report(finishCommit(disk, other.folder));
  }
  return staging;
}
