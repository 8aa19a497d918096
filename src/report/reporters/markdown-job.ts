import { formatPosition, type SourceFile } from '../../core/source.ts';
import type { JobReport } from '../types.ts';
import { findingsMarkdown } from './markdown-findings.ts';
import { statusNames } from './markdown-summary.ts';
import { markdownTable, percentage, section } from './markdown-table.ts';

/** One job for review: what it was, what it became, what a person should look at. */
export function jobMarkdown(job: JobReport, source: (path: string) => SourceFile | undefined): string {
  const head = [
    `# ${job.job}`,
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
    section('To do by hand', job.manual.map((task) => `- [ ] ${task}`).join('\n')),
    section('Findings', findingsMarkdown(job.diagnostics, source)),
    section('Steps', steps(job)),
    section('Schedule', schedules(job)),
    section('Parameters', parameters(job)),
    section('What the launchers did', launchers(job)),
    section('Accepted differences', accepted(job)),
    section('Files', files(job)),
  ].join('');
}

function steps(job: JobReport): string {
  if (job.steps.length === 0) return '';
  const rows = job.steps.map((step) => [
    `\`${step.task}\``,
    step.what,
    step.template === undefined ? '' : `\`${step.template}\``,
    step.rules.map((rule) => `\`${rule}\``).join(', '),
    `\`${formatPosition(step.span)}\``,
  ]);
  const graph = [
    '```mermaid',
    'flowchart LR',
    ...job.steps.map(
      (step, index) =>
        `  s${index}["${step.task.replaceAll('"', "'")}"] --> t${index}["${step.template ?? step.what}"]`,
    ),
    '```',
  ].join('\n');
  return `${markdownTable(['legacy task', 'what it is', 'Argo template', 'rules', 'source'], rows)}\n\n${graph}`;
}

function schedules(job: JobReport): string {
  const rows = job.schedules.map((row) => [
    row.environment,
    `\`${row.legacy}\``,
    row.argo === '' ? '' : `\`${row.argo}\``,
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
    `\`${parameter.name}\``,
    ...job.environments.map((environment) => `\`${parameter.values[environment] ?? ''}\``),
    `\`${parameter.origin}\``,
  ]);
  return markdownTable(['parameter', ...job.environments, 'from'], rows);
}

const fates: Readonly<Record<string, string>> = {
  kept: 'kept as',
  unnecessary: 'no longer needed:',
  lost: '**lost**:',
};

function launchers(job: JobReport): string {
  if (job.launchers.length === 0) return '';
  const rows = job.launchers.map((deed) => [
    deed.what,
    `${fates[deed.fate] ?? deed.fate} ${deed.why}`,
    `\`${deed.rule}\``,
    `\`${formatPosition(deed.span)}\``,
  ]);
  return markdownTable(['what', 'what became of it', 'rule', 'source'], rows);
}

function accepted(job: JobReport): string {
  if (job.accepted.length === 0) return '';
  return markdownTable(
    ['in the legacy pod', 'why it is gone or different', 'rule'],
    job.accepted.map((difference) => [`\`${difference.path}\``, difference.reason, `\`${difference.rule}\``]),
  );
}

function files(job: JobReport): string {
  return [
    ...job.sources.map((span) => `- from \`${span.file}\``),
    ...job.outputs.map((path) => `- to [${path}](../${path})`),
  ].join('\n');
}
