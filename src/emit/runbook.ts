import { formatPosition } from '../core/source.ts';
import type { MergedJob } from '../merge/types.ts';
import type { ConvertedWorkflow } from '../rules/types.ts';
import { loadTemplate } from '../templates/load.ts';
import type { EmitInput } from './emit-input.ts';
import { jobFolder } from './job-files.ts';
import { runbookWords } from './runbook-words.ts';
import type { OutputFile } from './types.ts';

/** README of a job: what the person on call needs, with complete commands, and a section that stays theirs. */
export function runbook(job: MergedJob, input: EmitInput): OutputFile {
  const words = runbookWords[input.language];
  const reference = job.converted.get(input.reference) ?? [...job.converted.values()].at(-1);
  if (reference === undefined) throw new Error('a merged job has an environment');
  const { graph, session, readsClock } = reference.facts;
  const context = {
    job: job.job,
    name: job.name,
    kind: job.kind,
    comment: graph.comment ?? '',
    notBackfillable: readsClock.map(formatPosition),
    schedules: [...job.converted.values()].map((workflow) => ({
      environment: workflow.environment,
      text: scheduleText(workflow, job, input),
    })),
    namespaces: [...new Set([...job.overlays.values()].map((overlay) => overlay.namespace))].sort(),
    namespace: job.overlays.get(reference.environment)?.namespace ?? job.baseNamespace,
    logs: input.links.logs ?? words.logs(job.name),
    steps: reference.facts.steps.map((step) => ({
      name: graph.tasks.get(step.task)?.path.slice(1).join(' / ') ?? step.task,
      what: words.what(step.what),
      template: step.template ?? '',
      comment: firstLine(graph.tasks.get(step.task)?.comment),
    })),
    inputs: inputsOf(job, session.kind, input),
    session: session.kind,
    sessionText: words.session(session.kind, graph.schedule?.kind, graph.timezone),
    withoutTarget: words.withoutTarget(graph.schedule?.kind),
    source: job.kind === 'CronWorkflow' ? `cronwf/${job.name}` : `workflowtemplate/${job.name}`,
    exampleTarget: session.kind === 'time' ? '2026-03-01T09:00:00+09:00' : '2026-03-01',
    acceptedTargets: words.accepted(session.kind),
    differences: differencesOf(job, reference, input),
    sources: [...new Set([...job.converted.values()].map((workflow) => workflow.facts.graph.span.file))],
  };
  return {
    path: `${jobFolder(job)}/README.md`,
    text: loadTemplate(`runbook.${input.language}.md.njk`, context),
    origins: new Map(),
    job: job.job,
    keeps: 'notes',
  };
}

function scheduleText(workflow: ConvertedWorkflow, job: MergedJob, input: EmitInput): string {
  const words = runbookWords[input.language];
  const schedule = workflow.facts.schedule;
  if (schedule === undefined) return words.noSchedule;
  const suspended = job.overlays.get(workflow.environment)?.suspended === true;
  return words.schedule(`${schedule.kind}>: ${schedule.written}`, schedule.timezone, suspended);
}

function inputsOf(
  job: MergedJob,
  session: 'none' | 'date' | 'time',
  input: EmitInput,
): readonly { readonly name: string; readonly text: string }[] {
  const words = runbookWords[input.language];
  const target = session === 'none' ? [] : [{ name: 'target_date', text: words.target(session) }];
  return [...target, ...[...job.parameterOrigins].map(([name, origin]) => ({ name, text: words.parameter(origin) }))];
}

function differencesOf(job: MergedJob, reference: ConvertedWorkflow, input: EmitInput): readonly string[] {
  const words = runbookWords[input.language];
  const accepted = [
    ...new Set(reference.facts.accepted.map((difference) => `\`${difference.path}\`: ${difference.reason}`)),
  ].sort();
  const missed = reference.facts.schedule === undefined ? [] : [words.missed];
  return [...missed, ...(job.overlays.size === 0 ? [] : accepted)];
}

function firstLine(comment: string | undefined): string {
  return comment?.split('\n')[0] ?? '';
}
