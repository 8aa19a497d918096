import { scalar } from '../../../ir/build-value.ts';
import { entryOf, staticInteger, staticScalar } from '../../../ir/read-value.ts';
import type { MapValue, Value } from '../../../ir/value.ts';
import type { Attempts } from './attempts.ts';
import type { PodContext } from './context.ts';

/** The template's activeDeadlineSeconds, from the Job's deadline, the pod's own, and, by policy, the launcher's wait. */
export function templateDeadline(manifest: MapValue, attempts: Attempts, context: PodContext): Value | undefined {
  const job = seconds(entryOf(manifest, 'spec', 'activeDeadlineSeconds'), 'spec.activeDeadlineSeconds', context);
  const pod = seconds(
    entryOf(manifest, 'spec', 'template', 'spec', 'activeDeadlineSeconds'),
    'spec.template.spec.activeDeadlineSeconds',
    context,
  );
  reportWait(context, job !== undefined || pod !== undefined);
  if (job !== undefined && attempts.backoffLimit > 0)
    context.report(
      'POD_DEADLINE_PER_ATTEMPT',
      { seconds: job.seconds, attempts: attempts.backoffLimit + 1 },
      job.value,
    );
  if (job !== undefined)
    context.accept(
      'spec.activeDeadlineSeconds',
      context.input.rule,
      "the Job's clock started with the Job, the pod's starts when its node takes it",
    );
  if (job !== undefined && (pod === undefined || job.seconds <= pod.seconds)) return job.value;
  if (pod !== undefined) return pod.value;
  const { timeoutSeconds } = context.input.wait;
  return timeoutSeconds !== undefined && waitIsDeadline(context) ? scalar(timeoutSeconds, context.made()) : undefined;
}

function waitIsDeadline(context: PodContext): boolean {
  return context.input.policies?.values.get('launcherWait') === 'pod-deadline';
}

function seconds(
  value: Value | undefined,
  path: string,
  context: PodContext,
): { readonly seconds: number; readonly value: Value } | undefined {
  if (value === undefined) return undefined;
  const read = staticInteger(value);
  if (read !== undefined) return { seconds: read, value };
  context.report('POD_FIELD_RUNTIME', { path }, value);
  return undefined;
}

function reportWait(context: PodContext, limited: boolean): void {
  const { wait, task, retry } = context.input;
  if (wait.timeoutSeconds !== undefined && !limited && !waitIsDeadline(context))
    context.report('POD_WAIT_ONLY_LIMIT', { task, seconds: wait.timeoutSeconds });
  if (wait.seesFailure === 'at-timeout')
    context.report('POD_WAIT_BLIND', { task, seconds: wait.timeoutSeconds, retries: (retry?.limit ?? 0) > 0 });
  if (wait.seesFailure === 'never') context.report('POD_WAIT_IGNORES_FAILURE', { task });
}

/** Fields of the Job that one pod after the other cannot say. */
export function reportJobFields(manifest: MapValue, context: PodContext): void {
  for (const field of ['parallelism', 'completions']) {
    const value = entryOf(manifest, 'spec', field);
    if (value !== undefined && staticInteger(value) !== 1)
      context.report('POD_PARALLEL_JOB', { field, value: staticScalar(value) ?? '(known at run time)' }, value);
  }
  const mode = entryOf(manifest, 'spec', 'completionMode');
  if (staticScalar(mode) === 'Indexed')
    context.report('POD_PARALLEL_JOB', { field: 'completionMode', value: 'Indexed' }, mode);
  const suspend = entryOf(manifest, 'spec', 'suspend');
  if (suspend?.kind === 'scalar' && suspend.value === true)
    context.report('POD_SUSPENDED', { task: context.input.task }, suspend);
  const ttl = entryOf(manifest, 'spec', 'ttlSecondsAfterFinished');
  if (ttl !== undefined)
    context.report('POD_TTL_REPLACED', { seconds: staticScalar(ttl) ?? '(known at run time)' }, ttl);
}

/** When and how the legacy Job ended if nothing ended it from inside. */
export function deadlineInWords(manifest: MapValue, context: PodContext): string {
  const job =
    staticInteger(entryOf(manifest, 'spec', 'activeDeadlineSeconds')) ??
    staticInteger(entryOf(manifest, 'spec', 'template', 'spec', 'activeDeadlineSeconds'));
  if (job !== undefined) return `at its deadline of ${job} s`;
  const { timeoutSeconds } = context.input.wait;
  return timeoutSeconds === undefined ? 'by hand' : `when the launcher gave up after ${timeoutSeconds} s`;
}
