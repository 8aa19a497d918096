import { freeName } from '../../../core/free-name.ts';
import { runtimeText } from '../../../ir/build-value.ts';
import type { Retry, Task, TaskId } from '../../../ir/graph.ts';
import { itemKey } from './loop-values.ts';
import { type NamedNeed, StepScope } from './scope.ts';
import { sessionIdentity } from './session.ts';
import { flowBody, type HandedUp, type Layout, stepsOf } from './steps-body.ts';
import { lastName, WHOLE_STORE } from './stored-text.ts';
import type { Argument, FlowContext, Step } from './types.ts';

/** What a task became: nothing (a step without effect), or steps in groups that run one after the other. */
export type Placed = readonly (readonly Step[])[];

/** A template of steps in the book: how to call it, and what it hands up. */
export type TemplateCall = Pick<Step, 'call' | 'stores'>;

interface TemplateOptions {
  /** Only the template that holds all of a task repeats its `_retry`. */
  readonly retry?: Retry | undefined;
  /** A place in the order of templates, kept before its children were placed. */
  readonly slot?: number;
  /** At most so many pods of the template at a time. */
  readonly parallelism?: number;
}

/** Adds a steps template to the book. */
export function stepsCall(
  wish: string,
  groups: Placed,
  task: Task,
  context: FlowContext,
  options: TemplateOptions = {},
): TemplateCall {
  return layoutCall(wish, { kind: 'steps', groups }, task, context, options);
}

/** Adds a template of steps or of a DAG to the book, and says how to call it. */
export function layoutCall(
  wish: string,
  layout: Layout,
  task: Task,
  context: FlowContext,
  { retry, parallelism, slot = context.book.reserve() }: TemplateOptions = {},
): TemplateCall {
  const scope = new StepScope(context);
  const handedUp = handedUpBy(layout, task, context);
  const body = flowBody(layout, scope, retry, handedUp, { via: 'literal', span: task.span }, parallelism);
  const name = context.book.add(wish, body, task.id, 'flow-steps', slot);
  const stores = new Map([...handedUp].map(([producer, parameter]) => [producer, { parameter, many: false }]));
  return {
    call: { target: { kind: 'template', name }, args: scope.needs().map((need) => passDown(need, context)) },
    ...(stores.size === 0 ? {} : { stores }),
  };
}

/** What is read outside of the template goes up: as `store`, or by the name of the task where there are several. */
function handedUpBy(layout: Layout, task: Task, context: FlowContext): HandedUp {
  const producers = [...new Set(stepsOf(layout).flatMap((step) => [...(step.stores?.keys() ?? [])]))].filter(
    (producer) => context.readers.isReadOutside(producer, task.id),
  );
  const handedUp = new Map<TaskId, string>();
  for (const producer of producers) {
    const wish = producers.length === 1 ? 'store' : `${itemKey(lastName(producer))}_store`;
    handedUp.set(producer, freeName(wish, '_', new Set(handedUp.values())));
  }
  return handedUp;
}

/** A template's input gets, where it is called, what the input stands for. */
export function passDown({ need, input }: NamedNeed, context: FlowContext): Argument {
  const from = { via: 'rule', rule: 'flow-steps', from: [] } as const;
  switch (need.kind) {
    case 'session':
      return { name: input, value: runtimeText({ kind: 'session', ast: sessionIdentity(context.session) }, from) };
    case 'item':
      return { name: input, value: runtimeText({ kind: 'item', loop: need.loop, key: need.key }, from) };
    case 'store':
      return { name: input, value: runtimeText({ kind: 'output', tasks: [need.task], key: WHOLE_STORE }, from) };
  }
}

/** Several steps have to become one before they can stand beside others, be repeated by a loop or carry a hook. */
export function asOneStep(placed: Placed, name: string, origin: Task, context: FlowContext): Step {
  const only = placed[0]?.[0];
  if (placed.length === 1 && placed[0]?.length === 1 && only !== undefined) return only;
  return { name, ...stepsCall(`${name}-steps`, uniqueNames(placed), origin, context) };
}

/** A step that only calls: what has a condition, items or a hook of its own moves into a template around it. */
export function asPlainStep(step: Step, wish: string, origin: Task, context: FlowContext): Step {
  const plain = step.when === undefined && step.items === undefined && step.onError === undefined && !step.mayFail;
  return plain ? step : { name: step.name, ...stepsCall(wish, [[step]], origin, context) };
}

/** Step names are unique within a template; a repeated one gets a number. */
export function uniqueNames(groups: Placed): Placed {
  const taken = new Set<string>();
  return groups.map((group) =>
    group.map((step) => {
      const name = freeName(step.name, '-', taken);
      taken.add(name);
      return name === step.name ? step : { ...step, name };
    }),
  );
}
