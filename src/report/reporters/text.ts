import { Chalk, type ChalkInstance } from 'chalk';
import { codeFrame } from '../../core/code-frame.ts';
import type { Severity } from '../../core/diagnostic.ts';
import { formatPosition, type SourceFile } from '../../core/source.ts';
import { redactedSource } from '../redacted-source.ts';
import type { JobReport, JobStatus, Report, ReportFinding, YamlLines } from '../types.ts';
import { countFindings, type Finding, severityNames } from './group-findings.ts';
import { table } from './text-table.ts';

export interface TextOptions {
  readonly color: boolean;
}

const statusNames: Readonly<Record<JobStatus, string>> = {
  converted: 'converted',
  'to-confirm': 'decisions to confirm',
  'needs-work': 'needs work',
};

/** The summary of a run for a terminal: figures, then the jobs, those with work first. */
export function textReport(report: Report, { color }: TextOptions): string {
  const paint = new Chalk({ level: color ? 1 : 0 });
  return [heading(report, paint), figures(report, paint), jobTable(report, paint), droppedTable(report)]
    .filter((part) => part !== '')
    .join('\n');
}

function heading(report: Report, paint: ChalkInstance): string {
  const count = report.details.length;
  return `${paint.bold(`${count} ${count === 1 ? 'job' : 'jobs'}`)} in ${report.environments.join(', ')}\n`;
}

function figures(report: Report, paint: ChalkInstance): string {
  const { jobs, lines, accounting } = report;
  const dropped = accounting.dropped.reduce((sum, each) => sum + each.count, 0);
  const left = accounting.unaccounted.length;
  const all = [...report.diagnostics, ...report.details.flatMap((job) => job.diagnostics)];
  const rows = [
    [statusNames.converted, paint.green(number(jobs.converted))],
    [statusNames['to-confirm'], jobs.toConfirm === 0 ? '0' : paint.yellow(number(jobs.toConfirm))],
    [statusNames['needs-work'], jobs.needsWork === 0 ? '0' : paint.red(number(jobs.needsWork))],
    ['lines', lineText(lines.all)],
    ['  block style throughout', blockText(lines.all)],
    [`lines, ${lines.reference.environment} alone`, lineText(lines.reference)],
    ['  block style throughout', blockText(lines.reference)],
    [
      'parts of the legacy tree',
      `${number(accounting.consumed)} converted, ${number(dropped)} dropped by rule, ${left === 0 ? '0' : paint.red(number(left))} unaccounted`,
    ],
    ['findings', findingText(all)],
    ...workRows(report),
  ];
  return table(rows, { indent: 2 });
}

/** What is left to do, what is gained, and what people have said so far. */
function workRows({ forecast, details, baseline }: Report): readonly (readonly string[])[] {
  const reviews = details.flatMap(({ review }) => review ?? []);
  const accepted = reviews.filter((review) => review.state === 'accepted' && !review.changed).length;
  const changed = reviews.filter((review) => review.changed).length;
  return [
    ...(forecast === undefined
      ? []
      : [
          [
            'work left',
            `about ${hours(forecast.minutes.p50)}, at most ${hours(forecast.minutes.p90)} in nine of ten cases`,
          ],
          [
            'gained per run of all jobs',
            `${number(forecast.gains.launcherSeconds)} s of launcher work, ${number(forecast.gains.podsSaved)} launcher starts`,
          ],
        ]),
    ...(reviews.length === 0
      ? []
      : [
          [
            'reviewed',
            `${number(accepted)} of ${number(details.length)} accepted${changed === 0 ? '' : `, ${number(changed)} changed since`}`,
          ],
        ]),
    ...(baseline === undefined
      ? []
      : [['since the baseline', `${number(baseline.worse.length)} worse, ${number(baseline.better.length)} better`]]),
  ];
}

function hours(minutes: number): string {
  return minutes < 90 ? `${Math.round(minutes)} min` : `${Math.round(minutes / 60)} h`;
}

function jobTable(report: Report, paint: ChalkInstance): string {
  if (report.details.length === 0) return '';
  const order: readonly JobStatus[] = ['needs-work', 'to-confirm', 'converted'];
  const jobs = order.flatMap((status) => report.details.filter((job) => job.status === status));
  const rows = jobs.map((job) => [
    job.job,
    statusText(job, paint),
    job.environments.join(' '),
    lineText(job.lines),
    findingText(job.diagnostics),
  ]);
  return table([['job', 'status', 'environments', 'lines', 'findings'].map((name) => paint.dim(name)), ...rows], {
    indent: 2,
  });
}

function droppedTable(report: Report): string {
  const { unaccounted } = report.accounting;
  const shown = unaccounted.slice(0, 10).map((unit) => [formatPosition(unit.span), unit.kind, unit.label]);
  if (shown.length === 0) return '';
  const more =
    unaccounted.length > shown.length
      ? `  and ${number(unaccounted.length - shown.length)} more, see reports/summary.md\n`
      : '';
  return `Unaccounted: read by nothing and dropped by no rule\n${table(shown, { indent: 2 })}${more}`;
}

function statusText(job: JobReport, paint: ChalkInstance): string {
  const name = statusNames[job.status];
  return job.status === 'converted'
    ? paint.green(name)
    : job.status === 'to-confirm'
      ? paint.yellow(name)
      : paint.red(name);
}

/** No flow style: the figure that no way of writing can improve. */
function blockText({ before, afterInBlockStyle }: YamlLines): string {
  return lineText({ before, after: afterInBlockStyle });
}

function lineText({ before, after }: Pick<YamlLines, 'before' | 'after'>): string {
  const percent = before === 0 ? undefined : Math.round(((after - before) / before) * 100);
  const sign = percent !== undefined && percent > 0 ? '+' : '';
  // Adding 0 makes 0 of the -0 that rounding gives.
  const change = percent === undefined ? '' : ` (${sign}${percent + 0} %)`;
  return `${number(before)} → ${number(after)}${change}`;
}

function findingText(diagnostics: readonly ReportFinding[]): string {
  const parts = countFindings(diagnostics).map(
    ({ severity, count }) => `${number(count)} ${severityNames[severity]}${count === 1 ? '' : 's'}`,
  );
  return parts.length === 0 ? 'none' : parts.join(', ');
}

/** Findings with position, code frame and hint, in the order given. */
export function textFindings(
  findings: readonly Finding[],
  source: (path: string) => SourceFile | undefined,
  { color }: TextOptions,
): string {
  const paint = new Chalk({ level: color ? 1 : 0 });
  // A terminal's text ends in the logs of CI.
  const shown = redactedSource(source);
  return findings.map((finding) => textFinding(finding, shown, paint)).join('\n');
}

const SHOWN_PLACES = 3;

function textFinding(
  { diagnostic, where }: Finding,
  source: (path: string) => SourceFile | undefined,
  paint: ChalkInstance,
): string {
  const { code, severity, span, hint, related } = diagnostic;
  const position = span === undefined ? '' : `${formatPosition(span)} `;
  const lines = [`${position}${severityText(severity, paint)} ${diagnostic.message} ${paint.dim(code)}`];
  const file = span === undefined ? undefined : source(span.file);
  const frame = span === undefined || file === undefined ? '' : codeFrame(file, span);
  if (frame !== '') lines.push(...indented(frame.split('\n')));
  if (hint !== undefined) lines.push(...indented([`${paint.green('→')} ${hint}`]));
  for (const each of related ?? []) lines.push(...indented([paint.dim(`${formatPosition(each.span)} ${each.note}`)]));
  const more = where.length > SHOWN_PLACES ? [`${where.length - SHOWN_PLACES} more`] : [];
  if (where.length > 0)
    lines.push(...indented([paint.dim(`in ${[...where.slice(0, SHOWN_PLACES), ...more].join(', ')}`)]));
  return `${lines.join('\n')}\n`;
}

function severityText(severity: Severity, paint: ChalkInstance): string {
  const name = severityNames[severity];
  if (severity === 'error') return paint.red.bold(name);
  return severity === 'warning' ? paint.yellow.bold(name) : paint.cyan.bold(name);
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`.trimEnd());
}

function number(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
