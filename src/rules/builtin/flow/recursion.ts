import { byRule, text, textOf } from '../../../ir/build-value.ts';
import type { TextPart, TextValue } from '../../../ir/value.ts';
import type { Dimension } from './dynamic-loop.ts';
import { type Placed, passDown } from './layout.ts';
import type { LoopTask } from './loop.ts';
import { StepScope } from './scope.ts';
import { flowBody } from './steps-body.ts';
import { fieldPath } from './stored-text.ts';
import type { Argument, FlowContext, Step } from './types.ts';

const RULE = 'flow-loop';
const LIST = 'fromJSON(inputs.parameters.list)';
const INDEX = 'int(inputs.parameters.index)';
const COUNT = 'int(inputs.parameters.count)';

/**
 * One iteration after the other, stopping at the first failure: the template runs the head of its list and calls itself with
 * the rest. Values that may not exist are guarded, because Argo evaluates them also where the step is not wanted.
 */
export function oneAfterTheOther(step: Step, dimension: Dimension, task: LoopTask, context: FlowContext): Step {
  const head = (fields: readonly string[]): string =>
    dimension.kind === 'list' ? `len(${LIST}) > 0 ? ${LIST}[0]${fieldPath(fields)} : ''` : 'inputs.parameters.index';
  const body: Step = {
    ...step,
    call: { ...step.call, args: step.call.args.map((arg) => withHead(arg, dimension, task, head)) },
    when: expression(dimension.kind === 'list' ? `len(${LIST}) > 0` : `${INDEX} < ${COUNT}`),
  };
  if (dimension.kind === 'list') {
    const rest = expression(`toJson(len(${LIST}) > 1 ? ${LIST}[1:] : [])`);
    return selfCalling(step, [[body]], task, context, {
      own: [{ name: 'list', first: dimension.values, next: rest }],
      more: `len(${LIST}) > 1`,
    });
  }
  return selfCalling(step, [[body]], task, context, {
    own: [
      { name: 'index', first: text('0', byRule(RULE)), next: expression(`${INDEX} + 1`) },
      { name: 'count', first: dimension.values, next: text('{{inputs.parameters.count}}', byRule(RULE)) },
    ],
    more: `${INDEX} + 1 < ${COUNT}`,
  });
}

/** Chunks of `limit` items side by side, each after all of the chunk before. */
export function inSlices(step: Step, dimension: Dimension, limit: number, task: LoopTask, context: FlowContext): Step {
  const chunk = expression(`toJson(take(${LIST}, ${limit}))`);
  const body: Step = {
    ...step,
    items: { kind: 'list', loop: task.id, keys: new Set([dimension.key]), list: chunk },
  };
  const rest = expression(`toJson(len(${LIST}) > ${limit} ? ${LIST}[${limit}:] : [])`);
  return selfCalling(step, [[body]], task, context, {
    own: [{ name: 'list', first: dimension.values, next: rest }],
    more: `len(${LIST}) > ${limit}`,
  });
}

interface Recursion {
  /** Inputs of the template itself: their values from outside, and for the call of itself. */
  readonly own: readonly { readonly name: string; readonly first: TextValue; readonly next: TextValue }[];
  /** When it calls itself. */
  readonly more: string;
}

function selfCalling(step: Step, groups: Placed, task: LoopTask, context: FlowContext, recursion: Recursion): Step {
  for (const producer of step.stores?.keys() ?? []) context.stored.set(producer, 'lost');
  const slot = context.book.reserve();
  const name = context.book.reserveName(`${step.name}-loop`);
  const inputs = recursion.own.map((own) => own.name);
  const origin = { via: 'literal', span: task.span } as const;
  // What the body needs, the template hands to itself.
  const probe = new StepScope({ ...context, sink: { add: () => undefined }, untranslated: [] }, inputs);
  flowBody({ kind: 'steps', groups }, probe, undefined, new Map(), origin);
  const handed = probe.needs().map((need) => passDown(need, context));
  const target = { kind: 'template', name } as const;
  const next: Step = {
    name: `${step.name}-next`,
    when: expression(recursion.more),
    call: { target, args: [...recursion.own.map((own) => ({ name: own.name, value: own.next })), ...handed] },
  };
  const body = flowBody(
    { kind: 'steps', groups: [...groups, [next]] },
    new StepScope(context, inputs),
    undefined,
    new Map(),
    origin,
  );
  context.book.addNamed(name, body, task.id, RULE, slot);
  return {
    name: step.name,
    call: { target, args: [...recursion.own.map((own) => ({ name: own.name, value: own.first })), ...handed] },
  };
}

function withHead(
  arg: Argument,
  dimension: Dimension,
  task: LoopTask,
  head: (fields: readonly string[]) => string,
): Argument {
  const parts = arg.value.parts.map((part): TextPart => {
    if (part.kind !== 'runtime' || part.expr.kind !== 'item' || part.expr.loop !== task.id) return part;
    const [root, ...fields] = part.expr.key.split('.');
    if (root !== dimension.key) return part;
    const written = head(fields);
    const tag = /^[\w.]+$/.test(written) ? `{{${written}}}` : `{{=${written}}}`;
    return { kind: 'literal', text: tag, from: byRule(RULE, [part.from]) };
  });
  return { name: arg.name, value: textOf(parts, arg.value.from) };
}

function expression(code: string): TextValue {
  return text(`{{=${code}}}`, byRule(RULE));
}
