import type { JobReport } from '../types.ts';
import type { ReportWords } from './words.ts';

/** What a person has to do, in the language of the words. */
export function manualOf({ manual, diagnostics }: JobReport, words: Pick<ReportWords, 'told'>): readonly string[] {
  const task = ({ message, hint }: { readonly message: string; readonly hint?: string }): string =>
    hint === undefined ? message : `${message}: ${hint}`;
  const told = new Map(diagnostics.map((finding) => [task(finding), task(words.told(finding))]));
  return [...new Set(manual.map((text) => told.get(text) ?? text))];
}
