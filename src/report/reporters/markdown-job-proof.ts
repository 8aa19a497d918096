import { limits, verdictCounts } from '../../verify/proof.ts';
import type { JobReport } from '../types.ts';
import { markdownTable } from './markdown-table.ts';
import { code, plain } from './markdown-text.ts';
import { groupedReasons } from './proof-words.ts';
import type { ReportWords } from './words.ts';

/** Starts named with one reason; the JSON report has all of them. */
const SHOWN_STARTS = 3;

/** The verdicts of a job, why they are no plain proof, and what none of them speaks about; empty where verify did not run. */
export function jobProofMarkdown({ proof, schedules }: JobReport, words: ReportWords): string {
  if (proof.length === 0) return '';
  const environments = [...new Set(proof.map(({ environment }) => environment))];
  const rows = environments.map((environment) => {
    const counts = verdictCounts([{ rows: proof.filter((row) => row.environment === environment) }]);
    const said = words.counts(counts.map(([kind, count]) => [count, words.verdict(kind)]));
    return [environment, said, scheduleProof(schedules, environment, words)];
  });
  return [
    words.proofLead,
    '',
    markdownTable(words.proofHead, rows),
    '',
    ...reasonLines(proof, words),
    words.limits,
    '',
    ...limits.map((limit) => `- ${words.say(limit)}`),
  ].join('\n');
}

function scheduleProof(schedules: JobReport['schedules'], environment: string, words: ReportWords): string {
  const row = schedules.find((each) => each.environment === environment);
  if (row === undefined) return words.scheduleProof.none;
  const { proof } = row;
  switch (proof?.kind) {
    case undefined:
      return words.scheduleProof.open;
    case 'differs':
      return `**${words.scheduleProof.differs}**`;
    case 'not-provable':
      return `**${words.verdict(proof.kind)}**: ${plain(words.say(proof.reason))}`;
    default:
      return words.scheduleProof.proved;
  }
}

function reasonLines(proof: JobReport['proof'], words: ReportWords): readonly string[] {
  const told = ['differs', 'not-provable', 'proved-given'] as const;
  const lines = told.flatMap((kind) =>
    groupedReasons({ rows: proof }, kind).map(({ reason, starts }) => {
      const shown = [...new Set(starts.map(words.start))];
      const more = shown.length > SHOWN_STARTS ? words.more(shown.length - SHOWN_STARTS) : '';
      const where = words.listed(shown.slice(0, SHOWN_STARTS).map(code)) + more;
      return `- **${words.verdict(kind)}**: ${plain(words.say(reason))}${words.where([where])}`;
    }),
  );
  return lines.length === 0 ? [] : [...lines, ''];
}
