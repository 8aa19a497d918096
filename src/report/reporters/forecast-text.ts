import { formatPosition } from '../../core/source.ts';
import type { Forecast, Plan, Report } from '../types.ts';
import { table } from './text-table.ts';

/** Groups of jobs that a terminal shows; the other forms have all of them. */
const SHOWN_GROUPS = 20;
const SHOWN_ITEMS = 3;

/** What `audit` adds to the summary: what the legacy tree uses, what is left to do, which jobs to move first. */
export function forecastText({ forecast, plan }: Report): string {
  if (forecast === undefined) return '';
  return [constructs(forecast), work(forecast), order(plan)].filter((part) => part !== '').join('\n');
}

function constructs({ constructs: all }: Forecast): string {
  if (all.length === 0) return '';
  const names = { known: 'known', 'needs-decision': 'needs a decision', unknown: 'unknown' } as const;
  const rows = all.map(({ what, group, count, jobs, places: [first] }) => [
    what,
    names[group],
    String(count),
    String(jobs),
    first === undefined ? '' : formatPosition(first),
  ]);
  return `What the legacy tree uses\n${table([['what', '', 'count', 'jobs', 'first at'], ...rows], { indent: 2 })}`;
}

function work({ kinds }: Forecast): string {
  if (kinds.length === 0) return '';
  const rows = kinds.map(({ title, count, minutes, shared }) => [
    title,
    shared === 0 ? String(count) : `${count} (${shared} done with another)`,
    `${Math.round(minutes.p50)} min`,
    `${Math.round(minutes.p90)} min`,
  ]);
  return `Work left\n${table([['what', 'count', 'likely', 'in nine of ten cases'], ...rows], { indent: 2 })}`;
}

/** The first of them, as many as fit a line. */
function few(items: readonly string[], separator: string): string {
  const shown = items.slice(0, SHOWN_ITEMS).join(separator);
  return items.length > SHOWN_ITEMS ? `${shown}${separator}${items.length - SHOWN_ITEMS} more` : shown;
}

function order(plan: Plan | undefined): string {
  if (plan === undefined || plan.groups.length === 0) return '';
  const rows = plan.groups
    .slice(0, SHOWN_GROUPS)
    .map(({ order: at, jobs, risk, because }) => [String(at), few(jobs, ', '), String(risk), few(because, '; ')]);
  const more = plan.groups.length - rows.length;
  return `Which jobs first\n${table([['', 'jobs that move together', 'risk', 'because'], ...rows], { indent: 2 })}${more > 0 ? `  and ${more} more groups, see --format markdown\n` : ''}`;
}
