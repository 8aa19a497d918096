import { formatPosition, type SourceFile } from '../../core/source.ts';
import type { JobReport } from '../types.ts';
import { manualOf } from './manual-tasks.ts';
import { findingsMarkdown } from './markdown-findings.ts';
import { jobProofMarkdown } from './markdown-job-proof.ts';
import { markdownTable, percentage, section } from './markdown-table.ts';
import { code, codeBlock, plain } from './markdown-text.ts';
import { flowMermaid } from './mermaid.ts';
import { type ReportLanguage, type ReportWords, reportWords } from './words.ts';

/** One job for review: what it was, what it became, what a person should look at. */
export function jobMarkdown(
  job: JobReport,
  source: (path: string) => SourceFile | undefined,
  language: ReportLanguage,
): string {
  const words = reportWords(language);
  const { facts, sections } = words;
  const head = [
    `# ${plain(job.job)}`,
    '',
    markdownTable(
      ['', ''],
      [
        [facts.status, words.status[job.status]],
        ['Argo', `\`${job.name}\` (${job.kind})${joinedText(job, words)}`],
        [facts.environments, words.listed(job.environments)],
        [facts.lines, `${job.lines.before} → ${job.lines.after} (${percentage(job.lines.before, job.lines.after)})`],
        [facts.pastDates, job.backfillable ? words.backfillable : words.notBackfillable],
      ],
    ),
    '',
  ].join('\n');
  return [
    head,
    section(
      sections.manual,
      manualOf(job, words)
        .map((task) => `- [ ] ${plain(task)}`)
        .join('\n'),
    ),
    section(sections.findings, findingsMarkdown(job.diagnostics, source, words)),
    section(sections.steps, steps(job, words)),
    section(sections.schedule, schedules(job, words)),
    section(sections.parameters, parameters(job, words)),
    section(sections.launchers, launchers(job, words)),
    section(sections.accepted, accepted(job, words)),
    section(sections.proof, jobProofMarkdown(job, words)),
    section(sections.files, files(job, words)),
  ].join('');
}

/** Workflows that are the same but for their schedules run from one CronWorkflow. */
function joinedText({ holds, heldBy }: JobReport, words: ReportWords): string {
  if (heldBy !== undefined) return words.heldBy(code(heldBy.job));
  return holds === undefined ? '' : words.holds(holds.map(code));
}

function steps(job: JobReport, words: ReportWords): string {
  if (job.steps.length === 0) return '';
  const rows = job.steps.map((step) => [
    code(step.task),
    plain(words.say(step.what)),
    code(step.template ?? ''),
    [...new Set(step.rules)].map(code).join(', '),
    code(formatPosition(step.span)),
  ]);
  const table = markdownTable(words.stepHead, rows);
  if (job.flow === undefined || job.flow.nodes.length === 0) return table;
  return `${table}\n\n${codeBlock(flowMermaid(job.flow, words.say), 'mermaid')}`;
}

function schedules(job: JobReport, words: ReportWords): string {
  const rows = job.schedules.map((row) => [
    row.environment,
    row.legacy === 'none' ? words.noSchedule : code(row.legacy),
    code(row.argo),
    row.timezone,
    row.suspended ? words.yes : words.no,
    words.say(row.changed),
  ]);
  return rows.length === 0 ? '' : markdownTable(words.scheduleHead, rows);
}

function parameters(job: JobReport, words: ReportWords): string {
  if (job.parameters.length === 0) return '';
  const rows = job.parameters.map((parameter) => [
    code(parameter.name),
    ...job.environments.map((environment) => code(parameter.values[environment] ?? '')),
    parameter.origin === '' ? words.ownOrigin : code(parameter.origin),
  ]);
  return markdownTable(words.parameterHead(job.environments), rows);
}

/** Tasks named in one cell; the JSON report has all of them. */
const SHOWN_TASKS = 4;

/** Each line of a launcher once: what it did for the first task, and which tasks it served. */
function launchers(job: JobReport, words: ReportWords): string {
  const lines = new Map<string, { deed: JobReport['launchers'][number]; whats: Set<string>; tasks: Set<string> }>();
  for (const deed of job.launchers) {
    const key = [deed.rule, deed.fate, deed.why, formatPosition(deed.span)].join('\u0000');
    const line = lines.get(key) ?? { deed, whats: new Set<string>(), tasks: new Set<string>() };
    line.whats.add(deed.what);
    line.tasks.add(deed.task);
    lines.set(key, line);
  }
  if (lines.size === 0) return '';
  const rows = [...lines.values()].map(({ deed, whats, tasks }) => [
    plain(words.say(deed.what)) + (whats.size === 1 ? '' : words.like(whats.size - 1)),
    `${words.fate[deed.fate] ?? deed.fate} ${plain(words.say(deed.why))}`,
    tasks.size > SHOWN_TASKS ? words.tasks(tasks.size) : words.listed([...tasks].map(code)),
    code(deed.rule),
    code(formatPosition(deed.span)),
  ]);
  return markdownTable(words.launcherHead, rows);
}

function accepted(job: JobReport, words: ReportWords): string {
  if (job.accepted.length === 0) return '';
  return markdownTable(
    words.acceptedHead,
    job.accepted.map((difference) => [
      code(difference.path),
      plain(words.say(difference.reason)),
      code(difference.rule),
    ]),
  );
}

function files(job: JobReport, words: ReportWords): string {
  return [
    ...job.sources.map((span) => `- ${words.fromFile(code(span.file))}`),
    ...job.outputs.map((path) => `- ${words.toFile(`[${path}](../${path})`)}`),
  ].join('\n');
}
