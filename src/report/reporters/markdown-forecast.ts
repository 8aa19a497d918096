import type { Forecast, Plan, Report } from '../types.ts';
import { markdownTable } from './markdown-table.ts';
import { code, plain } from './markdown-text.ts';
import type { ReportWords } from './words.ts';

/** Remaining work, gains, and which jobs to move first. */
export function forecastMarkdown({ forecast }: Report, words: ReportWords): string {
  if (forecast === undefined) return '';
  const { minutes, kinds, gains, figures } = forecast;
  const work =
    kinds.length === 0
      ? words.noWork
      : `${words.work(words.minutes(minutes.p50), words.minutes(minutes.p90))}\n\n${markdownTable(
          words.workHead,
          kinds.map(({ title, count, minutes: each, shared }) => [
            plain(words.say(title)),
            shared === 0 ? String(count) : words.shared(count, shared),
            words.minutes(each.p50),
            words.minutes(each.p90),
          ]),
        )}`;
  return `${work}\n\n${words.gained(gains.launcherSeconds, gains.podsSaved, gains.linesSaved)}${failures(gains, words)}\n\n${words.figures(words.listed(figures.map(code)))}`;
}

function failures({ failureModes }: Forecast['gains'], words: ReportWords): string {
  if (failureModes.length === 0) return '';
  return ` ${words.failures}\n\n${failureModes.map(({ what, places }) => `- ${places} × ${plain(words.say(what))}`).join('\n')}`;
}

export function planMarkdown({ plan }: Report, words: ReportWords): string {
  if (plan === undefined || plan.groups.length === 0) return '';
  const rows = plan.groups.map(({ order, jobs, risk, because }) => [
    String(order),
    words.listed(jobs.map(plain)),
    String(risk),
    words.reasons(because.map(words.say).map(plain)),
    ready(plan, jobs),
  ]);
  return markdownTable(words.planHead, rows);
}

function ready({ cutovers }: Plan, jobs: readonly string[]): string {
  const mine = cutovers.filter(({ job }) => jobs.includes(job));
  const environments = [...new Set(mine.map(({ environment }) => environment))];
  return environments
    .filter((environment) => mine.every((each) => each.environment !== environment || each.state !== 'waiting'))
    .join(', ');
}

/** What the legacy tree uses, for `audit`. */
export function constructsMarkdown({ forecast }: Report, words: ReportWords): string {
  if (forecast === undefined || forecast.constructs.length === 0) return '';
  return markdownTable(
    words.constructHead,
    forecast.constructs.map(({ what, group, count, jobs, places }) => [
      code(words.say(what)),
      words.group[group],
      String(count),
      String(jobs),
      places[0] === undefined ? '' : code(`${places[0].file}:${places[0].start.line}`),
    ]),
  );
}
