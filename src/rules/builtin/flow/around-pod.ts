import { byRule, map, text } from '../../../ir/build-value.ts';
import type { OperatorTask } from '../../../ir/graph.ts';
import type { PodSurroundings } from '../../types.ts';
import { stepsCall } from './layout.ts';
import { shortName } from './place.ts';
import type { Argument, Call, FlowContext, Step } from './types.ts';

const RULE = 'flow-job';

/** Inputs of a pod's template that the steps around it fill, beside those of the legacy values. */
export function aroundArguments(around: PodSurroundings | undefined): readonly Argument[] {
  if (around?.startInput === undefined) return [];
  return [{ name: around.startInput, value: text('{{steps.t0.finishedAt}}', byRule(RULE)) }];
}

/**
 * The steps that make one Job of its pods: a pause until someone resumes, a step whose end starts the clock of the common deadline,
 * and the pods themselves. The step's `_retry` repeats all of it.
 */
export function aroundPod(
  task: OperatorTask,
  pod: { readonly call: Call; readonly stores: boolean },
  around: PodSurroundings,
  context: FlowContext,
  slot: number | undefined,
): Call {
  const name = shortName(task);
  const steps: readonly (readonly Step[])[] = [
    ...(around.suspended ? [[suspendStep('resume', undefined, task, context)]] : []),
    ...(around.startInput === undefined ? [] : [[suspendStep('t0', '0', task, context)]]),
    [podStep(name, pod, task, around)],
  ];
  const { pods } = around;
  return stepsCall(`${name}-job`, steps, task, context, {
    retry: around.retry,
    ...(slot === undefined ? {} : { slot }),
    ...(pods !== undefined && pods.parallelism < pods.count ? { parallelism: pods.parallelism } : {}),
  }).call;
}

function suspendStep(name: string, duration: string | undefined, task: OperatorTask, context: FlowContext): Step {
  const from = byRule(RULE, [{ via: 'literal', span: task.span }]);
  const suspend = map([['duration', duration === undefined ? undefined : text(duration, from)]], from);
  const template = context.book.add(name, map([['suspend', suspend]], from), task.id, RULE);
  return { name, call: { target: { kind: 'template', name: template }, args: [] } };
}

function podStep(
  name: string,
  { call, stores }: { readonly call: Call; readonly stores: boolean },
  task: OperatorTask,
  around: PodSurroundings,
): Step {
  const output = { parameter: 'store', many: around.pods !== undefined };
  const step: Step = { name, call, ...(stores ? { stores: new Map([[task.id, output]]) } : {}) };
  if (around.pods === undefined) return step;
  const count = text(String(around.pods.count), byRule(RULE));
  return { ...step, items: { kind: 'count', loop: task.id, keys: new Set(['index']), count } };
}
