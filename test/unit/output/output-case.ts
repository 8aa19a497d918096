import type { ThisProcess } from '../../../src/cli/output/claim.ts';
import type { Disk } from '../../../src/cli/output/disk.ts';
import type { Plan, Wanted } from '../../../src/cli/output/types.ts';
import { type WriteMode, writeOutput } from '../../../src/cli/output/write-output.ts';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import type { Diagnostic } from '../../../src/core/diagnostic.ts';
import { indexLines, repoPath } from '../../../src/core/source.ts';
import type { OutputFile } from '../../../src/emit/types.ts';

const legacy = indexLines({ path: repoPath('digdag/prd/sales.dig'), text: '+a:\n  echo>: x\n' });

export function file(path: string, text: string, job?: string, more: Partial<OutputFile> = {}): OutputFile {
  return { path, text, origins: new Map(), ...(job === undefined ? {} : { job }), ...more };
}

/** A file whose first value comes from the first key of the legacy file. */
export function mapped(path: string, text: string, job: string): OutputFile {
  return file(path, text, job, {
    origins: new Map([['/metadata/name', { span: legacy.span(0, 2), rule: 'naming', chain: [] }]]),
  });
}

export function runbook(job: string, text: string, notes = '\n'): OutputFile {
  return file(
    `cron/${job}/README.md`,
    `# ${job}\n${text}\n<!-- notes: yours, kept on every run -->${notes}<!-- /notes -->\nend\n`,
    job,
    { keeps: 'notes' },
  );
}

export function wanted(files: readonly OutputFile[], more: Partial<Wanted> = {}): Wanted {
  const jobs = [...new Set(files.flatMap((each) => each.job ?? []))];
  return {
    files,
    environments: ['dev', 'prd'],
    inputs: { 'digdag/prd/sales.dig': 'abc' },
    names: Object.fromEntries(jobs.map((job) => [job, job])),
    present: new Set(jobs),
    manual: new Set(),
    limited: false,
    prune: false,
    overwrite: [],
    ...more,
  };
}

const alone: ThisProcess = { pid: 7, isRunning: () => false };

export interface Ran {
  readonly plan: Plan | undefined;
  readonly codes: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

export function run(disk: Disk, given: Wanted, mode: WriteMode = 'write', process: ThisProcess = alone): Ran {
  const sink = new DiagnosticList();
  const plan = writeOutput(given, disk, mode, process, sink);
  return { plan, diagnostics: sink.items, codes: sink.items.map((each) => each.code) };
}
