import type { Difference } from '../../verify/effect.ts';
import type { Verification, VerifiedJob } from '../../verify/proof.ts';
import type { ReportFinding, ReportPlace } from '../types.ts';
import { differenceText, groupedReasons, startText } from './proof-words.ts';
import { findingsSarif } from './sarif.ts';

const hints = {
  VERIFY_DIFFERS: 'Look at both sides with `dig2argo diff`, and decide which of them is meant',
  VERIFY_NOT_PROVABLE: 'Compare with a Job that was really started: `dig2argo verify --observed DIR`',
  VERIFY_ASSUMES: 'Make sure that the assumption holds',
} as const;

/** Every difference at its place in the legacy tree, and what a proof could not say or had to assume. Runs of the same kind are one result. */
export function verifySarif({ jobs }: Verification, version: string): string {
  return findingsSarif(jobs.flatMap(findingsOf), {
    version,
    tree: 'legacy',
    fallback: () => 'dig2argo.yaml',
  });
}

function findingsOf(job: VerifiedJob): readonly ReportFinding[] {
  const finding = (
    code: keyof typeof hints,
    severity: ReportFinding['severity'],
    message: string,
    source?: string,
  ): ReportFinding => {
    const span = source === undefined ? undefined : placeOf(source);
    return {
      code,
      severity,
      args: {},
      hint: hints[code],
      job: job.job,
      environment: job.environment,
      message: `${job.job} in ${job.environment}: ${message}`,
      ...(span === undefined ? {} : { span }),
    };
  };
  const differs = (difference: Difference, when: string): ReportFinding =>
    finding('VERIFY_DIFFERS', 'error', `${differenceText(difference)}${when}`, difference.legacySource);
  const runs = new Map<string, { readonly difference: Difference; readonly starts: string[] }>();
  for (const { start, verdict } of job.rows) {
    if (verdict.kind !== 'differs') continue;
    for (const difference of verdict.differences) {
      const known = runs.get(differenceText(difference)) ?? { difference, starts: [] };
      known.starts.push(startText(start));
      runs.set(differenceText(difference), known);
    }
  }
  const apart = job.schedule.kind === 'differs' ? job.schedule.differences : [];
  return [
    ...[...runs.values()].map(({ difference, starts }) => differs(difference, ` (${starts.join(', ')})`)),
    ...apart.map((difference) => differs({ ...difference, path: `schedule: ${difference.path}` }, '')),
    ...job.aids.map((difference) => differs(difference, '')),
    ...groupedReasons(job, 'not-provable').map(({ reason, starts }) =>
      finding('VERIFY_NOT_PROVABLE', 'warning', `${reason} (${starts.join(', ')})`),
    ),
    ...groupedReasons(job, 'proved-given').map(({ reason }) =>
      finding('VERIFY_ASSUMES', 'info', `proved given ${reason}`),
    ),
  ];
}

/** `file:line:col`. */
function placeOf(source: string): ReportPlace | undefined {
  const [, file, line, col] = /^(.+):(\d+):(\d+)$/.exec(source) ?? [];
  if (file === undefined) return undefined;
  // SARIF counts lines and columns alone.
  const point = { offset: 0, line: Number(line), col: Number(col) };
  return { file, start: point, end: point };
}
