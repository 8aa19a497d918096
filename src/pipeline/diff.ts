import { stringify } from 'yaml';
import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import type { Host } from '../core/host.ts';
import { redact } from '../core/redact.ts';
import type { SessionDiff } from '../diff/types.ts';
import type { Plain } from '../verify/effect.ts';
import { BuiltOutput } from './built-output.ts';
import { createVerifier, type Verifier } from './verify.ts';
import { workflowDefaultsOf } from './workflow-defaults.ts';

export interface DiffOptions {
  readonly job: string;
  readonly environment: string;
  /** A day, or RFC 3339. */
  readonly at: string;
}

/** What both sides start for one session of a job, as texts beside each other. Undefined, and a diagnostic, where a side cannot be played. */
export type CompareSession = (
  job: string,
  environment: string,
  sink: DiagnosticSink,
) => Promise<SessionDiff | undefined>;

export async function diffSession(
  legacy: Host,
  out: Host,
  { job, environment, at }: DiffOptions,
  sink: DiagnosticSink,
): Promise<SessionDiff | undefined> {
  return sessionsAt(at, legacy, new BuiltOutput(out), sink)?.(job, environment, sink);
}

/** The sessions at one time, for which each side is read once, however many are compared. Undefined, and diagnostics, where the configuration is broken. */
export function sessionsAt(
  at: string,
  legacy: Host,
  output: BuiltOutput,
  sink: DiagnosticSink,
): CompareSession | undefined {
  const verifier = createVerifier(legacy, { fromMs: Date.parse(at), at: [at] }, sink);
  return verifier === undefined
    ? undefined
    : (job, environment, found) => compare(verifier, output, job, environment, found);
}

async function compare(
  verifier: Verifier,
  output: BuiltOutput,
  job: string,
  environment: string,
  sink: DiagnosticSink,
): Promise<SessionDiff | undefined> {
  const defaults = workflowDefaultsOf(environment, output, undefined, sink);
  if (defaults === undefined) return undefined;
  const found = await verifier.pairs(job, environment, output, defaults);
  if (typeof found === 'string') {
    sink.add(diagnose('DIFF_NOT_PLAYED', { job, environment, reason: found }));
    return undefined;
  }
  const { sessionTime, scheduledTime, targetDate } = found.start;
  return {
    job,
    environment,
    sessionTime,
    started: targetDate === undefined ? `scheduled ${scheduledTime ?? 'by hand'}` : `target_date=${targetDate}`,
    pairs: found.pairs.map(({ legacy: mine, argo: theirs, ...pair }) => ({
      ...pair,
      legacy: yamlText(mine),
      argo: yamlText(theirs),
    })),
  };
}

/** As a report may show it: without what looks like a secret. */
function yamlText(value: Plain | undefined): string {
  return value === undefined ? '' : redact(stringify(value, { lineWidth: 0, sortMapEntries: true }));
}
