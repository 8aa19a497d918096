import type { Difference, Start, Verdict } from '../../verify/effect.ts';
import { type VerifiedJob, verdictCounts } from '../../verify/proof.ts';
import { english } from './words-english.ts';

/** How a run was started, in a few words. */
export function startText(start: Start): string {
  return english.start(start);
}

export function kindText(kind: string): string {
  return english.verdict(kind);
}

/** `7 proved, 1 differs`. */
export function countsText(jobs: readonly Pick<VerifiedJob, 'rows'>[]): string {
  const counts = verdictCounts(jobs);
  return counts.length === 0
    ? 'nothing was played'
    : counts.map(([kind, count]) => `${count} ${kindText(kind)}`).join(', ');
}

/** The start of a long value. */
function short(text: string): string {
  const line = text.replaceAll('\n', '⏎');
  return line.length > 160 ? `${line.slice(0, 157)}…` : line;
}

/** Both values, where each stands, and the rule that made the second one. */
export function differenceText({ path, legacy, argo, legacySource, argoSource, rule }: Difference): string {
  const from = (place: string | undefined): string => (place === undefined ? '' : ` (${place})`);
  const made = rule === undefined ? '' : `; rule ${rule}`;
  return `${path}: legacy ${short(legacy)}${from(legacySource)}, Argo ${short(argo)}${from(argoSource)}${made}`;
}

/** Why a verdict is what it is; empty for a plain proof. */
function reasons(verdict: Verdict): readonly string[] {
  switch (verdict.kind) {
    case 'proved':
    case 'observed':
      return [];
    case 'proved-given':
      return [verdict.assumption];
    case 'not-provable':
      return [verdict.reason];
    case 'differs':
      return verdict.differences.map(differenceText);
  }
}

/** What is said of several runs is said once, with the runs. */
export function groupedReasons(
  job: Pick<VerifiedJob, 'rows'>,
  kind: Verdict['kind'],
): readonly { readonly reason: string; readonly starts: readonly Start[] }[] {
  const groups = new Map<string, Start[]>();
  for (const { start, verdict } of job.rows.filter((row) => row.verdict.kind === kind)) {
    for (const reason of reasons(verdict)) groups.set(reason, [...(groups.get(reason) ?? []), start]);
  }
  return [...groups].map(([reason, starts]) => ({ reason, starts }));
}

export function scheduleText({ schedule }: VerifiedJob): string {
  switch (schedule.kind) {
    case 'proved':
      return `${schedule.fires} fires equal`;
    case 'none':
      return 'no schedule';
    case 'not-provable':
      return `not provable: ${schedule.reason}`;
    case 'differs':
      return `${schedule.differences.length} of ${schedule.fires} fires differ`;
  }
}
