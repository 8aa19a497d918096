import { assertNever } from '../../../core/assert-never.ts';
import type { Effect, OperatorTask, Task } from '../../../ir/graph.ts';
import { aroundArguments, aroundPod } from './around-pod.ts';
import { extractInputs } from './inputs.ts';
import type { Placed } from './layout.ts';
import { messageText } from './message-text.ts';
import { shortName } from './place.ts';
import { withStoreOutput } from './store-output.ts';
import type { Call, FlowContext, Step } from './types.ts';

/** The steps of an operator: one for each of its effects, in the order and side by side as the launcher had them. */
export function placeOperator(task: OperatorTask, context: FlowContext): Placed {
  const stores = context.readers.isRead(task.id);
  const groups: Step[][] = [];
  for (const [index, effect] of task.effects.entries()) {
    const call = callForEffect(task, effect, context, stores);
    if (call === undefined) continue;
    if (stores) context.stored.set(task.id, 'handed-up');
    const suffix = task.effects.length > 1 ? `-${index + 1}` : '';
    const step: Step = {
      name: `${shortName(task)}${suffix}`,
      call,
      ...(stores ? { stores: new Map([[task.id, { parameter: 'store', many: false }]]) } : {}),
    };
    const last = groups.at(-1);
    if (isBeside(effect) && last !== undefined) last.push(step);
    else groups.push([step]);
  }
  return groups;
}

function isBeside(effect: Effect): boolean {
  return (effect.kind === 'job' || effect.kind === 'notify') && effect.beside === true;
}

/** The call that has an effect; shared templates for notifications, a template of the workflow for the rest. */
function callForEffect(task: OperatorTask, effect: Effect, context: FlowContext, stores: boolean): Call | undefined {
  if (effect.kind === 'none') return undefined;
  if (effect.kind === 'notify' && effect.via === 'slack') return notifyCall(effect, task, context);
  const pod = context.convertEffect(repeatsAsWhole(task) ? withoutRetry(task) : task, effect);
  if (pod === undefined) return undefined;
  // The steps around a pod stand before its template.
  const slot = pod.around === undefined ? undefined : context.book.reserve();
  const { body, args } = extractInputs(stores ? withStoreOutput(pod.body) : pod.body, aroundArguments(pod.around));
  const name = context.book.add(shortName(task), body, task.id, pod.rule);
  context.pods.push({ ...pod, accepted: pod.accepted.map((difference) => ({ ...difference, template: name })) });
  context.steps.push({
    task: task.id,
    span: task.span,
    what: describe(effect),
    template: name,
    rules: [
      ...(task.launch === undefined ? [] : [task.launch.rule]),
      ...(effect.kind === 'command' && effect.message !== undefined ? [effect.message.rule] : []),
      pod.rule,
    ],
  });
  const call: Call = { target: { kind: 'template', name }, args };
  return pod.around === undefined ? call : aroundPod(task, { call, stores }, pod.around, context, slot);
}

/** A command that does several things, or has a `_check`, is repeated as a whole: the template around its steps carries the `_retry`. */
export function repeatsAsWhole(task: OperatorTask): boolean {
  return task.retry !== undefined && (task.onCheck !== undefined || task.effects.length > 1);
}

function withoutRetry({ retry: _, ...task }: OperatorTask): OperatorTask {
  return task;
}

/** The shared notification template takes the texts as they are; state and recovery come only below the exit handler. */
export function notifyCall(effect: Extract<Effect, { kind: 'notify' }>, task: Task, context: FlowContext): Call {
  return {
    target: { kind: 'shared', name: 'slack-notify', template: 'slack-notify' },
    args: [
      { name: 'channel', value: messageText(effect.to, task, context) },
      { name: 'message', value: messageText(effect.body, task, context) },
      ...(context.recovery ?? []),
    ],
  };
}

function describe(effect: Effect): string {
  switch (effect.kind) {
    case 'job':
      return 'Kubernetes Job';
    case 'command':
      return effect.message === undefined ? 'command' : 'notification';
    case 'notify':
      return 'notification';
    case 'wait':
      return 'wait';
    case 'fail':
      return 'failure';
    case 'operator':
      return 'operator';
    case 'manual':
      return 'to be written by hand';
    case 'none':
      return 'nothing';
    default:
      return assertNever(effect);
  }
}
