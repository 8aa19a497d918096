import { formatPosition } from '../core/source.ts';
import type { StepExplanation } from '../pipeline/explain-rules.ts';

/** Which rule took a step, and under it the first condition that kept each other one away. */
export function stepExplanationText({ task, environment, at, step, taken, refused }: StepExplanation): string {
  const width = Math.max(0, ...[...taken, ...refused].map(({ id }) => id.length));
  const row = (id: string, text: string): string => `    ${id.padEnd(width)}  ${text}\n`;
  const takers =
    taken.length === 0
      ? '  taken by no rule\n'
      : `  taken by\n${taken.map(({ id, at: place }) => row(id, place)).join('')}`;
  return `${formatPosition(at)} ${task} (${environment})\n  ${step}\n${takers}  not by\n${refused.map(({ id, why }) => row(id, why)).join('')}`;
}
