import { limits } from '../../verify/proof.ts';
import type { JobReport } from '../types.ts';
import { markdownTable } from './markdown-table.ts';
import { code, plain } from './markdown-text.ts';
import { countsText, groupedReasons, kindText } from './proof-words.ts';

/** Starts named with one reason; the JSON report has all of them. */
const SHOWN_STARTS = 3;

/** The verdicts of a job, why they are no plain proof, and what none of them speaks about; empty where verify did not run. */
export function jobProofMarkdown(proof: JobReport['proof']): string {
  if (proof.length === 0) return '';
  const environments = [...new Set(proof.map(({ environment }) => environment))];
  const counts = environments.map((environment) => [
    environment,
    countsText([{ rows: proof.filter((row) => row.environment === environment) }]),
  ]);
  return [
    'What `dig2argo verify` found when it compared what both sides start; a conversion keeps it until something changes that it was made from.',
    '',
    markdownTable(['environment', 'sessions'], counts),
    '',
    ...reasonLines(proof),
    'Not part of any verdict:',
    '',
    ...limits.map((limit) => `- ${limit}`),
  ].join('\n');
}

function reasonLines(proof: JobReport['proof']): readonly string[] {
  const kinds = ['differs', 'not-provable', 'proved-given'] as const;
  const lines = kinds.flatMap((kind) =>
    groupedReasons({ rows: proof }, kind).map(({ reason, starts }) => {
      const shown = [...new Set(starts)];
      const more = shown.length > SHOWN_STARTS ? ` and ${shown.length - SHOWN_STARTS} more` : '';
      return `- **${kindText(kind)}**: ${plain(reason)} (${shown.slice(0, SHOWN_STARTS).map(code).join(', ')}${more})`;
    }),
  );
  return lines.length === 0 ? [] : [...lines, ''];
}
