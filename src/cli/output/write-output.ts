import { diagnose } from '../../core/diagnose.ts';
import type { DiagnosticSink } from '../../core/diagnostic.ts';
import type { OutputFile } from '../../emit/types.ts';
import { claimOutput, leftovers, type ThisProcess } from './claim.ts';
import { commitPlan } from './commit.ts';
import type { Disk } from './disk.ts';
import { LEDGER_PATH, type Ledger, ledgerText, readLedger } from './ledger.ts';
import { mapFiles } from './map-files.ts';
import { planRefresh, planRun } from './plan.ts';
import type { Plan, Wanted } from './types.ts';

export type WriteMode = 'write' | 'check' | 'dry-run';

/** Brings the output folder to what is wanted. Undefined, and a diagnostic, where nothing may be written. */
export function writeOutput(
  wanted: Wanted,
  disk: Disk,
  mode: WriteMode,
  process: ThisProcess,
  sink: DiagnosticSink,
): Plan | undefined {
  const complete = { ...wanted, files: [...wanted.files, ...mapFiles(wanted.files)] };
  if (!isSafe(complete, disk, sink) || !isOverwriteKnown(complete, disk, sink)) return undefined;
  if (mode !== 'write') return planOnly(complete, disk, mode, sink);
  const staging = claimOutput(disk, process, sink);
  if (staging === undefined) return undefined;
  const ledger = readLedger(disk, sink);
  const plan =
    ledger === undefined || !fitsEnvironments(complete, ledger, sink)
      ? undefined
      : planRun(complete, ledger, disk, sink);
  if (plan === undefined || isIdle(plan, disk)) disk.removeFolder(staging);
  else commitPlan(disk, plan, staging);
  return plan;
}

/** Writes new versions of files that an earlier run made, such as its reports. Undefined, and a diagnostic, where nothing may be written. */
export function refreshOutput(
  files: readonly OutputFile[],
  disk: Disk,
  process: ThisProcess,
  sink: DiagnosticSink,
): Plan | undefined {
  if (!isSafe({ files }, disk, sink)) return undefined;
  const staging = claimOutput(disk, process, sink);
  if (staging === undefined) return undefined;
  const ledger = readLedger(disk, sink);
  const plan = ledger === undefined ? undefined : planRefresh(files, ledger, disk, sink);
  if (plan === undefined || isIdle(plan, disk)) disk.removeFolder(staging);
  else commitPlan(disk, plan, staging);
  return plan;
}

function planOnly(wanted: Wanted, disk: Disk, mode: WriteMode, sink: DiagnosticSink): Plan | undefined {
  if (leftovers(disk).length > 0) sink.add(diagnose('OUT_UNFINISHED', {}));
  const ledger = readLedger(disk, sink);
  if (ledger === undefined || !fitsEnvironments(wanted, ledger, sink)) return undefined;
  const plan = planRun(wanted, ledger, disk, sink);
  if (mode === 'check') {
    for (const { path, before } of plan.puts)
      sink.add(diagnose('OUT_STALE', { path, what: before === undefined ? 'missing' : 'outdated' }));
    for (const { path } of plan.removals) sink.add(diagnose('OUT_STALE', { path, what: 'no longer written' }));
    if (plan.puts.length + plan.removals.length === 0 && !isIdle(plan, disk))
      sink.add(diagnose('OUT_STALE', { path: LEDGER_PATH, what: 'outdated' }));
  }
  return plan;
}

/** True where the run has nothing to write, not even the ledger. */
function isIdle(plan: Plan, disk: Disk): boolean {
  return plan.puts.length + plan.removals.length === 0 && disk.read(LEDGER_PATH) === ledgerText(plan.ledger);
}

/** No path may lead out of the folder through a link, neither ours nor that of a file of an earlier run. */
function isSafe(wanted: Pick<Wanted, 'files'>, disk: Disk, sink: DiagnosticSink): boolean {
  const outside = [...new Set([...wanted.files.map((file) => file.path), LEDGER_PATH])].filter(
    (path) => !disk.leadsInside(path),
  );
  for (const path of outside) sink.add(diagnose('OUT_LINK', { path }));
  return outside.length === 0;
}

/** The base is the majority of the environments that are converted: with fewer of them it would no longer fit the other overlays. */
function fitsEnvironments(wanted: Wanted, ledger: Ledger, sink: DiagnosticSink): boolean {
  const missing = wanted.limited ? ledger.environments.filter((name) => !wanted.environments.includes(name)) : [];
  if (missing.length > 0) sink.add(diagnose('OUT_ENVIRONMENTS', { missing }));
  return missing.length === 0;
}

/** A misspelt path would leave the edited file as it is, and look as if it had been replaced. */
function isOverwriteKnown(wanted: Wanted, disk: Disk, sink: DiagnosticSink): boolean {
  const paths = wanted.files.map((file) => file.path);
  const unknown = wanted.overwrite.filter((given) => {
    const file = given.replace(/\.dig2argo-new$/, '');
    return disk.kind(given) === undefined && !paths.some((path) => path === file || path.startsWith(`${given}/`));
  });
  for (const path of unknown) sink.add(diagnose('OUT_OVERWRITE_UNKNOWN', { path }));
  return unknown.length === 0;
}
