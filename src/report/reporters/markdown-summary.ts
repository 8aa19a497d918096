import { formatPosition, type SourceFile } from '../../core/source.ts';
import { reportName } from '../report-names.ts';
import type { JobReport, JobStatus, Report, YamlLines } from '../types.ts';
import { familiesMarkdown } from './families-markdown.ts';
import { manualOf } from './manual-tasks.ts';
import { baselineMarkdown } from './markdown-baseline.ts';
import { findingCount, findingsMarkdown } from './markdown-findings.ts';
import { constructsMarkdown, forecastMarkdown, planMarkdown } from './markdown-forecast.ts';
import { markdownTable, percentage, section } from './markdown-table.ts';
import { code, plain } from './markdown-text.ts';
import { type ReportLanguage, type ReportWords, reportWords } from './words.ts';

/** What a reviewer reads first: what needs a person, then the jobs, then how everything was accounted for. */
export function summaryMarkdown(
  report: Report,
  source: (path: string) => SourceFile | undefined,
  language: ReportLanguage,
): string {
  const words = reportWords(language);
  const { sections } = words;
  const { jobs, lines } = report;
  const head = [
    `# ${words.title}`,
    '',
    words.lead(report.details.length, report.environments, jobs),
    '',
    markdownTable(words.lineHead, [
      lineRow(words.allEnvironments, lines.all),
      lineRow(words.alone(lines.reference.environment), lines.reference),
    ]),
    '',
    words.lineNote,
    '',
  ].join('\n');
  return [
    head,
    section(sections.baseline, baselineMarkdown(report, words)),
    section(sections.jobs, jobTable(report.details, words)),
    section(sections.manual, manualTasks(report.details, words)),
    section(sections.forecast, forecastMarkdown(report, words)),
    section(sections.plan, planMarkdown(report, words)),
    section(sections.decisions, decisions(report, words)),
    section(sections.families, families(report, words)),
    section(sections.accounting, accounting(report, words)),
    section(sections.constructs, constructsMarkdown(report, words)),
    section(sections.rules, rules(report, words)),
    section(sections.general, findingsMarkdown(report.diagnostics, source, words)),
  ].join('');
}

function families({ families: found, apart = [], details }: Report, words: ReportWords): string {
  return found === undefined ? '' : familiesMarkdown({ jobs: details.length, families: found, apart }, words);
}

function lineRow(name: string, lines: YamlLines): readonly string[] {
  const { before, after, afterInBlockStyle: block } = lines;
  return [name, String(before), String(after), percentage(before, after), String(block), percentage(before, block)];
}

function jobTable(jobs: readonly JobReport[], words: ReportWords): string {
  const order: readonly JobStatus[] = ['needs-work', 'to-confirm', 'converted'];
  const sorted = order.flatMap((status) => jobs.filter((job) => job.status === status));
  const rows = sorted.map((job) => [
    `[${plain(job.job)}](${reportName(job)}.md)`,
    words.status[job.status],
    job.environments.join(' '),
    words.listed(
      [...new Set(job.schedules.map((schedule) => schedule.legacy))].map((legacy) =>
        legacy === 'none' ? words.noSchedule : code(legacy),
      ),
    ),
    `${job.lines.before} → ${job.lines.after}`,
    findingCount(job.diagnostics, words),
  ]);
  return markdownTable(words.jobHead, rows);
}

/** Each task once, with the jobs that need it. */
function manualTasks(jobs: readonly JobReport[], words: ReportWords): string {
  const links = new Map<string, string[]>();
  for (const job of jobs)
    for (const task of manualOf(job, words))
      links.set(task, [...(links.get(task) ?? []), `[${plain(job.job)}](${reportName(job)}.md)`]);
  return [...links].map(([task, names]) => `- [ ] ${plain(task)}${words.where(names)}`).join('\n');
}

function decisions(report: Report, words: ReportWords): string {
  const [job] = report.details;
  return (job?.decisions ?? []).map((decision) => `- \`${decision.policy}\`: ${words.say(decision.text)}`).join('\n');
}

function accounting({ accounting: units }: Report, words: ReportWords): string {
  const dropped = units.dropped.reduce((sum, entry) => sum + entry.count, 0);
  const total = words.accounting(units.consumed, dropped, units.unaccounted.length);
  const table =
    units.dropped.length === 0
      ? ''
      : `\n\n${markdownTable(
          words.droppedHead,
          units.dropped.map((entry) => [code(entry.rule), String(entry.count), plain(words.say(entry.reason))]),
        )}`;
  const left = units.unaccounted
    .map((unit) => `- ${words.unaccountedItem(unit.kind, code(unit.label), code(formatPosition(unit.span)))}`)
    .join('\n');
  return `${total}${table}${left === '' ? '' : `\n\n${words.unaccounted}\n\n${left}`}`;
}

function rules(report: Report, words: ReportWords): string {
  const replaced = report.rules.replaced.map((text) => `- ${words.ruleReplaced(text)}`).join('\n');
  const { unused, unusedOfPackage = 0 } = report.rules;
  const own = unused.length === 0 ? '' : words.idleOwn(words.listed(unused.map(code)));
  const others = unusedOfPackage === 0 ? '' : words.idleOthers(unusedOfPackage);
  return [replaced === '' ? '' : `${words.replacedRules}\n\n${replaced}\n`, own, others]
    .filter((part) => part !== '')
    .join('\n');
}
