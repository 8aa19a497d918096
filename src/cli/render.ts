import { assertNever } from '../core/assert-never.ts';
import type { Conversion } from '../pipeline/types.ts';
import { allFindings } from '../report/finding.ts';
import { githubAnnotations } from '../report/reporters/github.ts';
import { reportJson } from '../report/reporters/json.ts';
import { reportJunit } from '../report/reporters/junit.ts';
import { reportSarif } from '../report/reporters/sarif.ts';
import { textReport } from '../report/reporters/text.ts';
import type { Report } from '../report/types.ts';
import type { Format } from './commands/options.ts';
import type { Plan, Wanted } from './output/types.ts';
import type { WriteMode } from './output/write-output.ts';

export const REPORT_JSON = 'reports/report.json';
const REPORT_PAGE = 'reports/index.html';
const REPORT_MARKDOWN = 'reports/summary.md';

interface ReportTextOptions {
  readonly color: boolean;
  /** The legacy folder as the user named it: annotations need paths from where the user stands. */
  readonly legacy: string;
}

/** The report of a conversion in one of its forms. Markdown and the page are the files that `convert` writes. */
export function reportText(conversion: Conversion, format: Format, { color, legacy }: ReportTextOptions): string {
  const { report } = conversion;
  switch (format) {
    case 'text':
      return textReport(report, { color });
    case 'json':
      return reportJson(report);
    case 'markdown':
    case 'html':
      return fileText(conversion, format === 'html' ? REPORT_PAGE : REPORT_MARKDOWN);
    default:
      return findingsText(report, format, legacy);
  }
}

/** The forms of a report that other programs read beside the lines they speak of. */
export function findingsText(report: Report, format: 'sarif' | 'github' | 'junit', legacy: string): string {
  switch (format) {
    case 'github':
      return githubAnnotations(allFindings(report), pathFrom(legacy));
    case 'junit':
      return reportJunit(report);
    case 'sarif':
      return reportSarif(report);
    default:
      return assertNever(format);
  }
}

/** A file of the report; of a run that could not begin there is none. */
function fileText({ files, report }: Conversion, path: string): string {
  return files.find((each) => each.path === path)?.text ?? textReport(report, { color: false });
}

/** Files of further checkouts lie elsewhere: they keep their name. */
export function pathFrom(legacy: string): (file: string) => string {
  const folder = legacy.replace(/\/+$/, '').replace(/^\.\//, '');
  return (file) => (file.includes(':') || folder === '.' || folder === '' ? file : `${folder}/${file}`);
}

/** What a run wrote, and where to look next. */
export function conversionText(plan: Plan, mode: Exclude<WriteMode, 'check'>, out: string, wanted: Wanted): string {
  const written = plan.puts.filter((put) => !isInternal(put.path));
  const removed = plan.removals.filter((removal) => !isInternal(removal.path));
  const verb = mode === 'dry-run' ? 'would be ' : '';
  const counts = `\n${written.length} files ${verb}written, ${removed.length} ${verb}removed below ${out}\n`;
  if (mode === 'dry-run')
    return (
      counts +
      [
        ...written.map(({ path, before }) => `  ${before === undefined ? 'new    ' : 'changed'} ${path}\n`),
        ...removed.map(({ path }) => `  removed ${path}\n`),
      ].join('')
    );
  const limited = wanted.limited
    ? 'Only the given jobs or environments were brought up to date; run without --job and --env before you apply anything.\n'
    : '';
  return `${counts}${limited}${whereToLook(out, wanted)}`;
}

function isInternal(path: string): boolean {
  return path.startsWith('.dig2argo/');
}

function whereToLook(out: string, { files }: Wanted): string {
  const places: readonly (readonly [string, string])[] = [
    ['reports/index.html', 'open it in a browser: every job, its graph, and where each line comes from'],
    ['reports/summary.md', 'the same as text: findings, decisions and remaining work'],
    [firstRunbook(files.map((file) => file.path)), 'the runbook of a job'],
    ['README.md', 'how to lint, plan, apply and cut over'],
  ];
  const lines = places
    .filter(([path]) => files.some((file) => file.path === path))
    .map(([path, what]) => `  ${out}/${path}: ${what}\n`);
  return lines.length === 0 ? '' : `Where to look:\n${lines.join('')}`;
}

function firstRunbook(paths: readonly string[]): string {
  return paths.find((path) => /^(?:cron|workflows)\/[^/]+\/README\.md$/.test(path)) ?? '';
}
