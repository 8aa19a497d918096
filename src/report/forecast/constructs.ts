import { compareText } from '../../core/order.ts';
import { groupFindings } from '../reporters/group-findings.ts';
import type { Forecast, Report, ReportPlace } from '../types.ts';

type Construct = Forecast['constructs'][number];

const SHOWN_PLACES = 5;
const groups: readonly Construct['group'][] = ['unknown', 'needs-decision', 'known'];

/** What the legacy tree uses, how often and where: rules that know it, warnings to decide, errors and what nothing explains. */
export function constructsOf(report: Report): readonly Construct[] {
  const found = new Map<
    string,
    { group: Construct['group']; what: string; places: ReportPlace[]; jobs: Set<string>; count: number }
  >();
  const add = (group: Construct['group'], what: string, job: string, place: ReportPlace | undefined): void => {
    const key = `${group} ${what}`;
    const known = found.get(key) ?? { group, what, places: [], jobs: new Set<string>(), count: 0 };
    found.set(key, known);
    known.count += 1;
    if (job !== '') known.jobs.add(job);
    if (place !== undefined) known.places.push(place);
  };
  for (const job of report.details) {
    for (const { rules, what, span } of job.steps) {
      if (what.endsWith(': not converted')) add('unknown', what.slice(0, what.indexOf(':')), job.job, span);
      else for (const rule of new Set(rules)) add('known', rule, job.job, span);
    }
    for (const { diagnostic } of groupFindings(job.diagnostics)) addFinding(diagnostic, job.job);
  }
  for (const finding of report.diagnostics) addFinding(finding, finding.job ?? '');
  for (const { kind, span } of report.accounting.unaccounted) add('unknown', `unaccounted ${kind}`, '', span);
  return [...found.values()]
    .sort(
      (a, b) => groups.indexOf(a.group) - groups.indexOf(b.group) || b.count - a.count || compareText(a.what, b.what),
    )
    .map(({ group, what, places, jobs, count }) => ({
      what,
      group,
      count,
      jobs: jobs.size,
      places: places.slice(0, SHOWN_PLACES),
    }));

  function addFinding({ code, severity, span }: Report['diagnostics'][number], job: string): void {
    if (severity !== 'info') add(severity === 'error' ? 'unknown' : 'needs-decision', code, job, span);
  }
}
