import { diagnose } from '../../../core/diagnose.ts';
import { byRule, runtimeText, text } from '../../../ir/build-value.ts';
import type { Loop } from '../../../ir/graph.ts';
import { entriesOf, partsOf } from '../../../ir/read-value.ts';
import type { TextValue, Value } from '../../../ir/value.ts';
import { asOneStep, type Placed, stepsCall } from './layout.ts';
import { type LoopTask, repeatable, withItems } from './loop.ts';
import { writtenValue } from './loop-values.ts';
import { manualStep } from './manual-step.ts';
import { placeTask, shortName, taskOf } from './place.ts';
import { inSlices, oneAfterTheOther } from './recursion.ts';
import type { FlowContext, Step } from './types.ts';

/** One variable of a loop, and the values it takes: a JSON list, or how many numbers from 0. */
export interface Dimension {
  readonly key: string;
  readonly kind: 'list' | 'count';
  readonly values: TextValue;
}

/**
 * A loop over lists that are known only at run time. Side by side: a step with items. One after the other, or in chunks: a
 * template that takes the head of the list and calls itself with the rest.
 */
export function placeDynamicLoop(task: LoopTask, context: FlowContext): Placed {
  context.dynamicLoops.add(task.id);
  const limit = task.order.kind === 'parallel' ? task.order.limit : undefined;
  const open = dimensionsOf(task.loop);
  if (open.length === 0 || (limit !== undefined && (open.length > 1 || open[0]?.kind === 'count')))
    return [[unreadLoop(task, 'run the body once for each iteration', context)]];
  if (task.order.kind !== 'parallel') report('FLOW_LOOP_DEPTH', task, context);
  const known = open.map((dimension) => knownDimension(dimension, task, context));
  const body = placeTask(task.body, context);
  if (body.length === 0) return [];
  const name = shortName(task);
  const one = asOneStep(body, shortName(taskOf(task.body, context)), task, context);
  // The last key varies fastest: it is the innermost loop.
  let step: Step = { ...one, name };
  for (const { dimension } of [...known].reverse()) step = repeated(step, dimension, limit, task, context);
  return [...known.flatMap(({ before }) => before), [step]];
}

interface OpenDimension {
  readonly key: string;
  readonly kind: Dimension['kind'];
  readonly values: Value;
}

/** Empty for a loop whose variables themselves are not known. */
function dimensionsOf(loop: Loop): readonly OpenDimension[] {
  if (loop.kind === 'times') return [{ key: 'i', kind: 'count', values: loop.count }];
  if (loop.kind !== 'product') return [];
  return entriesOf(loop.lists).map(([key, values]) => ({ key, kind: 'list', values }));
}

/** The list as a text; where it is not understood, a step that a person writes gives it. */
function knownDimension(
  { key, kind, values }: OpenDimension,
  task: LoopTask,
  context: FlowContext,
): { readonly dimension: Dimension; readonly before: Placed } {
  const written = values.kind === 'text' ? values : writtenList(values);
  if (written?.parts.every((part) => part.kind !== 'runtime' || part.expr.kind !== 'opaque') === true)
    return { dimension: { key, kind, values: written }, before: [] };
  report('FLOW_DYNAMIC_LOOP', task, context);
  const remedy = `write {"${key}": ${kind === 'list' ? '[…]' : '<number of iterations>'}} to the store file`;
  const { step, producer } = manualStep(task, key, remedy, values, context);
  const from = byRule('flow-loop', [values.from]);
  const stored = runtimeText({ kind: 'output', tasks: [producer], key }, from, key);
  return { dimension: { key, kind, values: stored }, before: [[step]] };
}

function writtenList(values: Value): TextValue | undefined {
  const json = writtenValue(values);
  return json === undefined ? undefined : text(json, values.from);
}

/** The whole loop as a step that a person writes. */
function unreadLoop(task: LoopTask, remedy: string, context: FlowContext): Step {
  report('FLOW_DYNAMIC_LOOP', task, context);
  const { loop } = task;
  const value = loop.kind === 'range' ? loop.to : loop.kind === 'times' ? loop.count : loop.lists;
  return manualStep(task, 'loop', remedy, value, context).step;
}

function repeated(
  step: Step,
  dimension: Dimension,
  limit: number | undefined,
  task: LoopTask,
  context: FlowContext,
): Step {
  const plain = repeatable(step, task, context);
  if (task.order.kind !== 'parallel') return oneAfterTheOther(plain, dimension, task, context);
  // A field of an item is read below the step with items, where the item is an input.
  const whole = readsFields(plain, dimension.key, task)
    ? { name: plain.name, ...stepsCall(`${plain.name}-item`, [[plain]], task, context) }
    : plain;
  if (limit !== undefined) return inSlices(whole, dimension, limit, task, context);
  const at = { loop: task.id, keys: new Set([dimension.key]) };
  return withItems(
    whole,
    dimension.kind === 'list'
      ? { ...at, kind: 'list', list: dimension.values }
      : { ...at, kind: 'count', count: dimension.values },
  );
}

function readsFields(step: Step, key: string, task: LoopTask): boolean {
  return step.call.args
    .flatMap((arg) => partsOf(arg.value))
    .some(
      (part) =>
        part.kind === 'runtime' &&
        part.expr.kind === 'item' &&
        part.expr.loop === task.id &&
        part.expr.key.startsWith(`${key}.`),
    );
}

function report(code: 'FLOW_DYNAMIC_LOOP' | 'FLOW_LOOP_DEPTH', task: LoopTask, context: FlowContext): void {
  context.sink.add(
    diagnose(code, { task: task.id }, { span: task.span, job: context.graph.job, environment: context.environment }),
  );
}
