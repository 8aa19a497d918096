import { assertNever } from '../../../core/assert-never.ts';
import { scalar, text } from '../../../ir/build-value.ts';
import { entryOf, staticInteger } from '../../../ir/read-value.ts';
import type { MapValue, Value } from '../../../ir/value.ts';
import type { Attempts } from './attempts.ts';
import type { PodContext } from './context.ts';
import type { Pods } from './indexes.ts';

/** How long the pods of a Job may run. */
export type Deadline =
  | { readonly kind: 'none' }
  /** Each pod for itself. */
  | { readonly kind: 'pod'; readonly value: Value }
  /** All pods of the Job together, and each pod for itself where `pod` is given too. */
  | { readonly kind: 'shared'; readonly seconds: number; readonly pod: number | undefined };

/** Input of the pod's template that says when the Job started. */
export const START_INPUT = 't0';

/** The deadline from the Job's, the pod's own, and, by policy, the launcher's wait. */
export function readDeadline(
  manifest: MapValue,
  attempts: Attempts,
  pods: Pods | undefined,
  context: PodContext,
): Deadline {
  const job = seconds(entryOf(manifest, 'spec', 'activeDeadlineSeconds'), 'spec.activeDeadlineSeconds', context);
  const pod = seconds(
    entryOf(manifest, 'spec', 'template', 'spec', 'activeDeadlineSeconds'),
    'spec.template.spec.activeDeadlineSeconds',
    context,
  );
  reportWait(context, job !== undefined || pod !== undefined);
  const several = attempts.backoffLimit > 0 || (pods?.count ?? 1) > 1;
  if (job !== undefined)
    context.accept(
      'spec.activeDeadlineSeconds',
      context.input.rule,
      "the Job's clock started with the Job, the pod's starts when its node takes it",
    );
  if (job !== undefined && several) {
    if (!perAttempt(context)) return { kind: 'shared', seconds: job.seconds, pod: pod?.seconds };
    const limited = attempts.backoffLimit + 1;
    context.report('POD_DEADLINE_PER_ATTEMPT', { seconds: job.seconds, attempts: limited }, job.value);
  }
  if (job !== undefined && (pod === undefined || job.seconds <= pod.seconds)) return { kind: 'pod', value: job.value };
  if (pod !== undefined) return { kind: 'pod', value: pod.value };
  const { timeoutSeconds } = context.input.wait;
  return timeoutSeconds !== undefined && waitIsDeadline(context)
    ? { kind: 'pod', value: scalar(timeoutSeconds, context.made()) }
    : { kind: 'none' };
}

/** The template's activeDeadlineSeconds: for a shared deadline what is left of it when the attempt begins, at least a second. */
export function deadlineValue(deadline: Deadline, context: PodContext): Value | undefined {
  switch (deadline.kind) {
    case 'none':
      return undefined;
    case 'pod':
      return deadline.value;
    case 'shared': {
      const left = `${deadline.seconds} - (now().Unix() - date(inputs.parameters.${START_INPUT}).Unix())`;
      const most = deadline.pod === undefined ? '' : `, ${deadline.pod}`;
      const shown = deadline.pod === undefined ? `max(1, ${left})` : `min(max(1, ${left})${most})`;
      return text(`{{=int(${shown})}}`, context.made());
    }
    default:
      return assertNever(deadline);
  }
}

/** What must hold for another attempt under the deadline. */
export function deadlineTests(deadline: Deadline): readonly string[] {
  if (deadline.kind !== 'shared') return [];
  return [`now().Unix() - date('{{inputs.parameters.${START_INPUT}}}').Unix() < ${deadline.seconds}`];
}

function perAttempt(context: PodContext): boolean {
  return context.input.policies?.values.get('podDeadline') === 'per-attempt';
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
}

/** True for a Job that is created suspended: no pod starts before someone resumes it. */
export function isSuspended(manifest: MapValue, context: PodContext): boolean {
  const suspend = entryOf(manifest, 'spec', 'suspend');
  if (suspend?.kind !== 'scalar' || suspend.value !== true) return false;
  context.report('POD_SUSPENDED', { task: context.input.task }, suspend);
  return true;
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
