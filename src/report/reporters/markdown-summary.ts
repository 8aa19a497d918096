import { formatPosition, type SourceFile } from '../../core/source.ts';
import { reportName } from '../report-names.ts';
import type { JobReport, JobStatus, Report, YamlLines } from '../types.ts';
import { familiesMarkdown } from './families-markdown.ts';
import { baselineMarkdown } from './markdown-baseline.ts';
import { findingCount, findingsMarkdown } from './markdown-findings.ts';
import { constructsMarkdown, forecastMarkdown, planMarkdown } from './markdown-forecast.ts';
import { markdownTable, percentage, section } from './markdown-table.ts';
import { code, plain } from './markdown-text.ts';

export const statusNames: Readonly<Record<JobStatus, string>> = {
  converted: 'converted',
  'to-confirm': 'decisions to confirm',
  'needs-work': '**needs work**',
};

/** What a reviewer reads first: what needs a person, then the jobs, then how everything was accounted for. */
export function summaryMarkdown(report: Report, source: (path: string) => SourceFile | undefined): string {
  const { jobs, lines } = report;
  const head = [
    '# Migration report',
    '',
    `${report.details.length} jobs in ${report.environments.join(', ')}: ${jobs.converted} converted, ${jobs.toConfirm} with decisions to confirm, ${jobs.needsWork} need work.`,
    '',
    markdownTable(
      ['lines', 'before', 'after', 'change', 'after, in block style throughout', 'change'],
      [lineRow('all environments', lines.all), lineRow(`${lines.reference.environment} alone`, lines.reference)],
    ),
    '',
    'Before: rendered manifests and .dig files of the legacy platform. After: all YAML below `cron/`, `workflows/` and `templates/`; the last two columns count the same files with nothing in flow style.',
    '',
  ].join('\n');
  return [
    head,
    section('Since the baseline', baselineMarkdown(report)),
    section('Jobs', jobTable(report.details)),
    section('To do by hand', manualTasks(report.details)),
    section('Forecast', forecastMarkdown(report)),
    section('Which jobs first', planMarkdown(report)),
    section('Decisions to confirm', decisions(report)),
    section('Families', report.families === undefined ? '' : familiesMarkdown(report.families)),
    section('Accounting', accounting(report)),
    section('What the legacy tree uses', constructsMarkdown(report)),
    section('Rules', rules(report)),
    section('Findings that belong to no job', findingsMarkdown(report.diagnostics, source)),
  ].join('');
}

function lineRow(name: string, lines: YamlLines): readonly string[] {
  const { before, after, afterInBlockStyle: block } = lines;
  return [name, String(before), String(after), percentage(before, after), String(block), percentage(before, block)];
}

function jobTable(jobs: readonly JobReport[]): string {
  const order: readonly JobStatus[] = ['needs-work', 'to-confirm', 'converted'];
  const sorted = order.flatMap((status) => jobs.filter((job) => job.status === status));
  const rows = sorted.map((job) => [
    `[${plain(job.job)}](${reportName(job)}.md)`,
    statusNames[job.status],
    job.environments.join(' '),
    [...new Set(job.schedules.map((schedule) => schedule.legacy))].map(code).join(', '),
    `${job.lines.before} → ${job.lines.after}`,
    findingCount(job.diagnostics),
  ]);
  return markdownTable(['job', 'status', 'environments', 'legacy schedule', 'lines', 'findings'], rows);
}

/** Each task once, with the jobs that need it. */
function manualTasks(jobs: readonly JobReport[]): string {
  const links = new Map<string, string[]>();
  for (const job of jobs)
    for (const task of job.manual)
      links.set(task, [...(links.get(task) ?? []), `[${plain(job.job)}](${reportName(job)}.md)`]);
  return [...links].map(([task, names]) => `- [ ] ${plain(task)} (${names.join(', ')})`).join('\n');
}

function decisions(report: Report): string {
  const [job] = report.details;
  return (job?.decisions ?? []).map((decision) => `- \`${decision.policy}\`: ${decision.text}`).join('\n');
}

function accounting({ accounting: units }: Report): string {
  const dropped = units.dropped.reduce((sum, entry) => sum + entry.count, 0);
  const total = `Of the keys, values, tags, variables, commands and files of the legacy tree, ${units.consumed} were converted, ${dropped} dropped by a rule, **${units.unaccounted.length} unaccounted**.`;
  const table =
    units.dropped.length === 0
      ? ''
      : `\n\n${markdownTable(
          ['dropped by', 'count', 'because'],
          units.dropped.map((entry) => [code(entry.rule), String(entry.count), plain(entry.reason)]),
        )}`;
  const left = units.unaccounted
    .map((unit) => `- ${unit.kind} ${code(unit.label)} at ${code(formatPosition(unit.span))}`)
    .join('\n');
  return `${total}${table}${left === '' ? '' : `\n\nUnaccounted:\n\n${left}`}`;
}

function rules(report: Report): string {
  const replaced = report.rules.replaced.map((text) => `- ${text}`).join('\n');
  const { unused, unusedOfPackage = 0 } = report.rules;
  const own = unused.length === 0 ? '' : `Your rules that took no part here: ${unused.map(code).join(', ')}.`;
  const others = unusedOfPackage === 0 ? '' : `Rules of the package that took no part: ${unusedOfPackage}.`;
  return [replaced === '' ? '' : `Replaced:\n\n${replaced}\n`, own, others].filter((part) => part !== '').join('\n');
}
