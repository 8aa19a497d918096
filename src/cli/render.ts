import type { Conversion } from '../pipeline/types.ts';
import { textReport } from '../report/reporters/text.ts';
import type { Format } from './commands/options.ts';
import type { Plan, Wanted } from './output/types.ts';
import type { WriteMode } from './output/write-output.ts';

export const REPORT_JSON = 'reports/report.json';
export const REPORT_MARKDOWN = 'reports/summary.md';

/** The report of a conversion in one of its forms. JSON and Markdown are the files that `convert` writes. */
export function reportText(conversion: Conversion, format: Format, color: boolean): string {
  if (format === 'text') return textReport(conversion.report, { color });
  const path = format === 'json' ? REPORT_JSON : REPORT_MARKDOWN;
  const file = conversion.files.find((each) => each.path === path);
  if (file !== undefined) return file.text;
  return format === 'json'
    ? `${JSON.stringify(conversion.report, undefined, 2)}\n`
    : textReport(conversion.report, { color: false });
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
    ['reports/summary.md', 'every job with its findings, decisions and remaining work'],
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
