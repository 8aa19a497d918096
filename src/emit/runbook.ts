import { compareText } from '../core/order.ts';
import { formatPosition } from '../core/source.ts';
import type { MergedJob } from '../merge/types.ts';
import type { ConvertedWorkflow, StepFact } from '../rules/types.ts';
import { loadTemplate } from '../templates/load.ts';
import type { EmitInput } from './emit-input.ts';
import { jobFolder } from './job-files.ts';
import { legacyNames } from './legacy-names.ts';
import { differencesOf, sourcesOf } from './runbook-facts.ts';
import { sessionFacts } from './runbook-session.ts';
import { type RunbookWords, runbookWords } from './runbook-words.ts';
import type { OutputFile } from './types.ts';

/** README of a job: what the person on call needs, with complete commands, and a section that stays theirs. */
export function runbook(job: MergedJob, input: EmitInput): OutputFile {
  const words = runbookWords[input.language];
  const reference = job.converted.get(input.reference) ?? [...job.converted.values()].at(-1);
  if (reference === undefined) throw new Error('a merged job has an environment');
  const session = sessionFacts(reference);
  const cron = job.kind === 'CronWorkflow';
  const context = {
    job: legacyNames(job).join(', '),
    legacy: legacyNames(job),
    name: job.name,
    kind: job.kind,
    cron,
    comment: commentText(commentsOf(job, input.reference)),
    notBackfillable: readsClock(job),
    schedules: [...job.converted.keys()].map((environment) => ({
      environment,
      text: schedulesText(job, environment, words),
    })),
    namespaces: [...new Set([...job.overlays.values()].map((overlay) => overlay.namespace))].sort(compareText),
    namespace: job.overlays.get(reference.environment)?.namespace ?? job.baseNamespace,
    label: `workflows.argoproj.io/${cron ? 'cron-workflow' : 'workflow-template'}=${job.name}`,
    logs: input.links.logs ?? '',
    ui: input.links.ui ?? '',
    logsGone: logsGone(input, words),
    steps: reference.facts.steps.map((step) => ({
      name: stepName(step, reference, words),
      what: words.what(step.what),
      template: step.template ?? '',
      comment: firstLine(reference.facts.graph.tasks.get(step.task)?.comment),
    })),
    inputs: inputsOf(job, words, session.kind === 'none' ? [] : [{ name: 'target_date', text: words.target(session) }]),
    session: session.kind,
    sessionText: words.session(session),
    withoutTarget: words.withoutTarget(session),
    source: `${cron ? 'cronwf' : 'workflowtemplate'}/${job.name}`,
    exampleTarget: session.example,
    acceptedTargets: words.accepted(session),
    differences: differencesOf(job, reference, words),
    sources: sourcesOf(job),
  };
  return {
    path: `${jobFolder(job)}/README.md`,
    text: loadTemplate(`runbook.${input.language}.md.njk`, context),
    origins: new Map(),
    job: job.job,
    keeps: 'notes',
  };
}

/** Nothing where logs are archived or pods stay. */
function logsGone({ policies }: EmitInput, words: RunbookWords): string {
  if (policies.podGC === 'none' || policies.archiveLogs) return '';
  return words.logsGone(policies.podGC.endsWith('Success') ? 'succeeded' : 'all');
}

/** Where programs ask the clock themselves, in any environment. */
function readsClock(job: MergedJob): readonly string[] {
  return [...new Set([...job.converted.values()].flatMap(({ facts }) => facts.readsClock.map(formatPosition)))];
}

/** What the legacy files say of the job; of several workflows each comment once. */
function commentsOf(job: MergedJob, reference: string): string | undefined {
  const all = [job, ...(job.holds ?? [])].map(
    ({ converted }) => converted.get(reference) ?? [...converted.values()].at(-1),
  );
  const comments = new Set(all.flatMap((workflow) => workflow?.facts.graph.comment ?? []));
  return comments.size === 0 ? undefined : [...comments].join('\n\n');
}

function schedulesText(job: MergedJob, environment: string, words: RunbookWords): string {
  const { holds = [] } = job;
  return [job, ...holds]
    .flatMap(({ job: name, converted }) => {
      const workflow = converted.get(environment);
      if (workflow === undefined) return [];
      const said = scheduleText(workflow, job, words);
      return [holds.length === 0 ? said : `${name}: ${said}`];
    })
    .join('<br>');
}

function scheduleText(workflow: ConvertedWorkflow, job: MergedJob, words: RunbookWords): string {
  const schedule = workflow.facts.schedule;
  if (schedule === undefined) return words.noSchedule;
  const suspended = job.overlays.get(workflow.environment)?.suspended === true;
  return words.schedule(`${schedule.kind}>: ${schedule.written}`, schedule.timezone, suspended);
}

/** The task's place in the workflow; the root's `_error` has a name of its own. */
function stepName(step: StepFact, { facts }: ConvertedWorkflow, words: RunbookWords): string {
  const { graph } = facts;
  const task = graph.tasks.get(step.task);
  if (task === undefined) return step.task;
  const onError = graph.tasks.get(graph.root)?.onError;
  const handler = onError === undefined ? undefined : graph.tasks.get(onError);
  if (handler === undefined || !isWithin(task.path, handler.path)) return task.path.slice(1).join(' / ');
  return [words.onFailure, ...task.path.slice(handler.path.length)].join(' / ');
}

function isWithin(path: readonly string[], parent: readonly string[]): boolean {
  return parent.every((name, index) => path[index] === name);
}

interface RunbookEntry {
  readonly name: string;
  readonly text: string;
}

function inputsOf(job: MergedJob, words: RunbookWords, first: readonly RunbookEntry[]): readonly RunbookEntry[] {
  return [...first, ...[...job.parameterOrigins].map(([name, origin]) => ({ name, text: words.parameter(origin) }))];
}

/** Lists and tables drawn with blanks keep their shape; a paragraph stays a paragraph. */
function commentText(comment: string | undefined): string {
  if (comment === undefined || comment.trim() === '') return '';
  const drawn = comment.split('\n').some((line) => /^\s+\S/.test(line));
  return drawn ? `\`\`\`text\n${comment.replaceAll('```', "'''")}\n\`\`\`` : comment;
}

function firstLine(comment: string | undefined): string {
  return comment?.split('\n')[0] ?? '';
}
