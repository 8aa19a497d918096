import type { Forecast, Plan, Report } from '../types.ts';
import { markdownTable } from './markdown-table.ts';
import { code, plain } from './markdown-text.ts';

/** Remaining work, gains, and which jobs to move first. */
export function forecastMarkdown({ forecast }: Report): string {
  if (forecast === undefined) return '';
  const { minutes, kinds, gains, figures } = forecast;
  const work =
    kinds.length === 0
      ? 'No work is left.'
      : `About ${hours(minutes.p50)}, in nine of ten cases at most ${hours(minutes.p90)}.\n\n${markdownTable(
          ['work', 'count', 'likely', 'at most'],
          kinds.map(({ title, count, minutes: each, shared }) => [
            plain(title),
            shared === 0 ? String(count) : `${count} (${shared} done with another)`,
            hours(each.p50),
            hours(each.p90),
          ]),
        )}`;
  return `${work}\n\nGained in one run of every job: ${gains.launcherSeconds} s of launcher work, ${gains.podsSaved} launcher starts; ${gains.linesSaved} lines fewer to maintain.${failures(gains)}\n\nFigures: ${figures.map(code).join(', ')}; replace one by a rule of the same id.`;
}

function failures({ failureModes }: Forecast['gains']): string {
  if (failureModes.length === 0) return '';
  return ` Ways to fail that are gone:\n\n${failureModes.map(({ what, places }) => `- ${places} × ${plain(what)}`).join('\n')}`;
}

export function planMarkdown({ plan }: Report): string {
  if (plan === undefined || plan.groups.length === 0) return '';
  const rows = plan.groups.map(({ order, jobs, risk, because }) => [
    String(order),
    jobs.map(plain).join(', '),
    String(risk),
    because.map(plain).join('; '),
    ready(plan, jobs),
  ]);
  return markdownTable(['', 'jobs that move together', 'risk', 'because', 'ready in'], rows);
}

function ready({ cutovers }: Plan, jobs: readonly string[]): string {
  const mine = cutovers.filter(({ job }) => jobs.includes(job));
  const environments = [...new Set(mine.map(({ environment }) => environment))];
  return environments
    .filter((environment) => mine.every((each) => each.environment !== environment || each.state !== 'waiting'))
    .join(', ');
}

/** What the legacy tree uses, for `audit`. */
export function constructsMarkdown({ forecast }: Report): string {
  if (forecast === undefined || forecast.constructs.length === 0) return '';
  const names = { known: 'known', 'needs-decision': 'needs a decision', unknown: '**unknown**' } as const;
  return markdownTable(
    ['what', '', 'count', 'jobs', 'first at'],
    forecast.constructs.map(({ what, group, count, jobs, places }) => [
      code(what),
      names[group],
      String(count),
      String(jobs),
      places[0] === undefined ? '' : code(`${places[0].file}:${places[0].start.line}`),
    ]),
  );
}

function hours(minutes: number): string {
  return minutes < 90 ? `${Math.round(minutes)} min` : `${Math.round(minutes / 6) / 10} h`;
}
