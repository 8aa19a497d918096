import { formatPosition, type SourceFile } from '../../core/source.ts';
import type { JobReport } from '../types.ts';
import { findingsMarkdown } from './markdown-findings.ts';
import { jobProofMarkdown } from './markdown-job-proof.ts';
import { statusNames } from './markdown-summary.ts';
import { markdownTable, percentage, section } from './markdown-table.ts';
import { code, codeBlock, plain } from './markdown-text.ts';
import { flowMermaid } from './mermaid.ts';

/** One job for review: what it was, what it became, what a person should look at. */
export function jobMarkdown(job: JobReport, source: (path: string) => SourceFile | undefined): string {
  const head = [
    `# ${plain(job.job)}`,
    '',
    markdownTable(
      ['', ''],
      [
        ['status', statusNames[job.status]],
        ['Argo', `\`${job.name}\` (${job.kind})`],
        ['environments', job.environments.join(', ')],
        ['lines', `${job.lines.before} → ${job.lines.after} (${percentage(job.lines.before, job.lines.after)})`],
        [
          'past dates',
          job.backfillable ? 'can be run with `target_date`' : '**not backfillable**: a program asks the clock',
        ],
      ],
    ),
    '',
  ].join('\n');
  return [
    head,
    section('To do by hand', job.manual.map((task) => `- [ ] ${plain(task)}`).join('\n')),
    section('Findings', findingsMarkdown(job.diagnostics, source)),
    section('Steps', steps(job)),
    section('Schedule', schedules(job)),
    section('Parameters', parameters(job)),
    section('What the launchers did', launchers(job)),
    section('Accepted differences', accepted(job)),
    section('Proof', jobProofMarkdown(job.proof)),
    section('Files', files(job)),
  ].join('');
}

function steps(job: JobReport): string {
  if (job.steps.length === 0) return '';
  const rows = job.steps.map((step) => [
    code(step.task),
    plain(step.what),
    code(step.template ?? ''),
    [...new Set(step.rules)].map(code).join(', '),
    code(formatPosition(step.span)),
  ]);
  const table = markdownTable(['legacy task', 'what it is', 'Argo template', 'rules', 'source'], rows);
  if (job.flow === undefined || job.flow.nodes.length === 0) return table;
  return `${table}\n\n${codeBlock(flowMermaid(job.flow), 'mermaid')}`;
}

function schedules(job: JobReport): string {
  const rows = job.schedules.map((row) => [
    row.environment,
    code(row.legacy),
    code(row.argo),
    row.timezone,
    row.suspended ? 'yes' : 'no',
    row.changed,
  ]);
  return rows.length === 0
    ? ''
    : markdownTable(['environment', 'Digdag', 'Argo', 'time zone', 'suspended', 'what changed'], rows);
}

function parameters(job: JobReport): string {
  if (job.parameters.length === 0) return '';
  const rows = job.parameters.map((parameter) => [
    code(parameter.name),
    ...job.environments.map((environment) => code(parameter.values[environment] ?? '')),
    parameter.origin === '' ? 'the conversion itself' : code(parameter.origin),
  ]);
  return markdownTable(['parameter', ...job.environments, 'from'], rows);
}

const fates: Readonly<Record<string, string>> = {
  kept: 'kept as',
  unnecessary: 'no longer needed:',
  lost: '**lost**:',
};

/** Tasks named in one cell; the JSON report has all of them. */
const SHOWN_TASKS = 4;

/** Each line of a launcher once: what it did for the first task, and which tasks it served. */
function launchers(job: JobReport): string {
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
    plain(deed.what) + (whats.size === 1 ? '' : ` (and ${whats.size - 1} like it)`),
    `${fates[deed.fate] ?? deed.fate} ${plain(deed.why)}`,
    tasks.size > SHOWN_TASKS ? `${tasks.size} tasks` : [...tasks].map(code).join(', '),
    code(deed.rule),
    code(formatPosition(deed.span)),
  ]);
  return markdownTable(['what', 'what became of it', 'for', 'rule', 'source'], rows);
}

function accepted(job: JobReport): string {
  if (job.accepted.length === 0) return '';
  return markdownTable(
    ['in the legacy pod', 'why it is gone or different', 'rule'],
    job.accepted.map((difference) => [code(difference.path), plain(difference.reason), code(difference.rule)]),
  );
}

function files(job: JobReport): string {
  return [
    ...job.sources.map((span) => `- from ${code(span.file)}`),
    ...job.outputs.map((path) => `- to [${path}](../${path})`),
  ].join('\n');
}
