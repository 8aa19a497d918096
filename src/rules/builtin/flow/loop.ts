import { byRule, map, text, textOf } from '../../../ir/build-value.ts';
import type { Task } from '../../../ir/graph.ts';
import { type LoopItem, loopItems } from '../../../ir/loop-items.ts';
import { entryOf, staticScalar } from '../../../ir/read-value.ts';
import type { TextPart, TextValue, Value } from '../../../ir/value.ts';
import { placeDynamicLoop } from './dynamic-loop.ts';
import { asOneStep, asPlainStep, type Placed, uniqueNames } from './layout.ts';
import { itemKey, writtenValue } from './loop-values.ts';
import { arrange, placeTask, shortName, taskOf } from './place.ts';
import type { Argument, Call, FlowContext, Items, Step } from './types.ts';

export type LoopTask = Extract<Task, { kind: 'loop' }>;

/**
 * A loop over a list that is known at conversion. One after the other: a step for each item, because Argo has no loop
 * that stops at the first failure. Side by side: one step with items.
 */
export function placeLoop(task: LoopTask, context: FlowContext): Placed {
  const items = loopItems(task.loop);
  if (items === undefined || !items.every((item) => [...item.values()].every(isKnown)))
    return placeDynamicLoop(task, context);
  // What never runs gets no templates either.
  const body = items.length === 0 ? [] : placeTask(task.body, context);
  if (body.length === 0) return [];
  const step: Step = {
    ...asOneStep(body, shortName(taskOf(task.body, context)), task, context),
    name: shortName(task),
  };
  const single = items.every((item) => item.size === 1);
  const fansOut =
    task.order.kind === 'parallel' &&
    task.order.limit === undefined &&
    items.every((item) => survivesItemTag(item, single)) &&
    step.call.args.every((arg) => !arg.value.parts.some(holdsBraces));
  if (!fansOut) return unroll(task, step, items);
  return [[withItems(repeatable(step, task, context), asItems(task, items, single))]];
}

/** A step that runs once for each item, and hands up what the last of them stored. */
export function withItems(step: Step, items: Items): Step {
  const { stores, ...rest } = step;
  if (stores === undefined) return { ...rest, items };
  return { ...rest, items, stores: new Map([...stores].map(([task, output]) => [task, { ...output, many: true }])) };
}

/** A step with items has no status for a hook to read, and items of its own already: the step moves into a template. */
export function repeatable(step: Step, task: LoopTask, context: FlowContext): Step {
  const plain = step.onError === undefined && step.items === undefined && step.when === undefined;
  return plain ? step : asPlainStep(step, `${step.name}-item`, task, context);
}

function asItems(task: LoopTask, items: readonly LoopItem[], single: boolean): Items {
  const from = byRule('flow-loop', [{ via: 'literal', span: task.span }]);
  const values = items.map((item) =>
    single
      ? asText([...item.values()][0], from)
      : map(
          [...item].map(([key, value]) => [itemKey(key), asText(value, from)]),
          from,
        ),
  );
  const keys = new Set(items.flatMap((item) => [...item.keys()].map((key) => key.split('.')[0] ?? key)));
  return { kind: 'listed', loop: task.id, keys, values, single };
}

function asText(value: Value | undefined, from: Value['from']): Value {
  return value?.kind === 'text' ? value : text(writtenValue(value) ?? '', from);
}

/** A text may hold the session; inside a list or map such a part has no JSON text yet. */
function isKnown(value: Value): boolean {
  return value.kind === 'text' || writtenValue(value) !== undefined;
}

/** The value a loop variable stands for; `t.field` is a field of a map item. */
function boundValue(item: LoopItem, key: string): Value | undefined {
  const whole = item.get(key);
  if (whole !== undefined) return whole;
  const [name = '', ...fields] = key.split('.');
  return entryOf(item.get(name), ...fields);
}

/**
 * The whole of an item arrives as it is; `{{item.k}}` hands over JSON-escaped text, so that only values without quotes,
 * backslashes and line ends arrive unchanged. Braces would be taken for a tag where the value is used.
 */
function survivesItemTag(item: LoopItem, single: boolean): boolean {
  return [...item.values()].every((value) => {
    const written = staticScalar(value);
    return written !== undefined && !(single ? /\{\{|\}\}/ : /["\\\n\r\t{}]/).test(written);
  });
}

/** In a step with items every tag has to mean something. */
function holdsBraces(part: TextPart): boolean {
  return part.kind !== 'runtime' && part.text.includes('{{');
}

function unroll(task: LoopTask, step: Step, items: readonly LoopItem[]): Placed {
  const steps = items.map((item, at) => ({ at, placed: [[withItem(task, step, item, at)]] }));
  const order = task.order.kind === 'dag' ? { kind: 'serial' as const } : task.order;
  return uniqueNames(arrange(order, steps, (placed) => placed[0]?.[0] ?? step));
}

function withItem(task: LoopTask, step: Step, item: LoopItem, index: number): Step {
  const label = [...item.values()].map((value) => staticScalar(value) ?? '').join('-');
  const suffix = /^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(label)
    ? label.toLowerCase().replaceAll(/[_.]+/g, '-').replace(/-+$/, '')
    : String(index);
  return {
    ...step,
    name: `${step.name}-${suffix}`,
    call: bindItem(task, step.call, item),
    ...(step.onError === undefined ? {} : { onError: bindItem(task, step.onError, item) }),
    ...(step.when === undefined ? {} : { when: bindText(task, step.when, item) }),
  };
}

function bindItem(task: LoopTask, call: Call, item: LoopItem): Call {
  return { ...call, args: call.args.map((arg): Argument => ({ ...arg, value: bindText(task, arg.value, item) })) };
}

function bindText(task: LoopTask, value: TextValue, item: LoopItem): TextValue {
  const parts = value.parts.flatMap((part): readonly TextPart[] => {
    if (part.kind !== 'runtime' || part.expr.kind !== 'item' || part.expr.loop !== task.id) return [part];
    const bound = boundValue(item, part.expr.key);
    if (bound?.kind === 'text') return bound.parts;
    return [{ kind: 'literal', text: writtenValue(bound) ?? '', from: bound?.from ?? part.from }];
  });
  return textOf(parts, value.from);
}
