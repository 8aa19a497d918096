import { findingInJapanese } from '../../core/japanese/messages.ts';
import { translated } from '../../core/japanese/phrase.ts';
import { redact } from '../../core/redact.ts';
import { limits } from '../../verify/proof.ts';
import type { JobPage, PageFile, PageIndex } from '../page/data.ts';
import type { Report } from '../types.ts';

/** What the page is made of, of which every sentence is looked up. */
interface PageParts {
  readonly report: Report;
  readonly index: PageIndex;
  readonly jobs: readonly JobPage[];
  readonly files: readonly PageFile[];
}

/** English text → its Japanese, for every sentence of the report that the page may show; texts of users stay out. */
export function japaneseTexts({ report, index, jobs, files }: PageParts): Readonly<Record<string, string>> {
  const texts = new Map<string, string>();
  const learn = (english: string, japanese: string | undefined): void => {
    if (japanese !== undefined && japanese !== english) texts.set(english, japanese);
  };
  for (const finding of [...report.diagnostics, ...report.details.flatMap((job) => job.diagnostics)]) {
    const said = findingInJapanese(finding);
    const message = redact(said.message);
    learn(finding.message, message);
    if (finding.hint !== undefined) {
      learn(finding.hint, said.hint);
      // The same as a task for a person.
      learn(`${finding.message}: ${finding.hint}`, `${message}: ${said.hint ?? finding.hint}`);
    }
  }
  for (const text of [...limits, ...indexPhrases(index), ...jobs.flatMap(jobPhrases), ...files.flatMap(filePhrases)])
    learn(text, translated(text));
  return Object.fromEntries(texts);
}

function indexPhrases({ forecast, plan, baseline, families }: PageIndex): readonly string[] {
  return [
    ...(forecast?.kinds ?? []).map(({ title }) => title),
    ...(forecast?.gains.failureModes ?? []).map(({ what }) => what),
    ...(forecast?.constructs ?? []).map(({ what }) => what),
    ...(plan?.groups ?? []).flatMap(({ because }) => because),
    ...(plan?.cutovers ?? []).map(({ why }) => why),
    ...[...(baseline?.worse ?? []), ...(baseline?.better ?? [])].flatMap(({ why }) => why),
    ...(families ?? []).map(({ title }) => title),
  ];
}

function jobPhrases(job: JobPage): readonly string[] {
  return [
    ...job.decisions.map(({ text }) => text),
    ...[...(job.before?.edges ?? []), ...(job.after?.edges ?? [])].map(({ label }) => label),
    ...job.outputs.flatMap(({ links }) =>
      links.flatMap(([, , , , , chain]) => chain.flatMap(([via, name]) => (via === 'default' ? [name] : []))),
    ),
    ...job.schedules.map(({ changed }) => changed),
    ...job.launchers.flatMap(({ what, why }) => [what, why]),
    ...job.accepted.map(({ reason }) => reason),
    ...job.proof.flatMap(({ start, detail, differences }) => [
      detail,
      ...differences.map(({ path }) => path),
      // Of a schedule the values are words too.
      ...(start === 'schedule' ? differences.flatMap(({ legacy, argo }) => [legacy, argo]) : []),
    ]),
    ...(job.gains?.failureModes ?? []).map(({ what }) => what),
    ...job.cutovers.flatMap(({ why, steps }) => [why, ...steps]),
    ...job.effort.map(({ title }) => title),
  ];
}

function filePhrases({ fates }: PageFile): readonly string[] {
  return fates.flatMap(({ reason }) => (reason === undefined ? [] : [reason]));
}
