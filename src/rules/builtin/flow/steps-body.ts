import { byRule, list, map, scalar, text } from '../../../ir/build-value.ts';
import type { Retry, TaskId } from '../../../ir/graph.ts';
import type { MapValue, Provenance, Value } from '../../../ir/value.ts';
import { withInputs } from './inputs.ts';
import { retryStrategyOf } from './retry-strategy.ts';
import type { Before, StepScope } from './scope.ts';
import type { Argument, Call, Items, Step, StoreOutput } from './types.ts';

const RULE = 'flow-steps';

/** Steps in groups that run one after the other, or tasks that say what they wait for. */
export type Layout =
  | { readonly kind: 'steps'; readonly groups: readonly (readonly Step[])[] }
  | { readonly kind: 'dag'; readonly tasks: readonly DagTask[] };

export interface DagTask {
  readonly step: Step;
  /** Names of the tasks before it. */
  readonly after: readonly string[];
}

/** What a template hands up of what its steps store: a task of theirs, and the output parameter. */
export type HandedUp = ReadonlyMap<TaskId, string>;

/**
 * A template that runs others: groups of steps, where the steps of a group run side by side, or a DAG.
 * @see https://argo-workflows.readthedocs.io/en/latest/fields/#workflowstep
 */
export function flowBody(
  layout: Layout,
  scope: StepScope,
  retry: Retry | undefined,
  handedUp: HandedUp,
  origin: Provenance,
  parallelism?: number,
): MapValue {
  const from = byRule(RULE, [origin]);
  const flow = layout.kind === 'steps' ? stepsValue(layout.groups, scope, from) : dagValue(layout.tasks, scope, from);
  const body = map(
    [
      ['outputs', outputsValue(layout, handedUp, from)],
      ['retryStrategy', retryStrategyOf(retry, from)],
      ['parallelism', parallelism === undefined ? undefined : scalar(parallelism, from)],
      [layout.kind, flow],
    ],
    from,
  );
  return withInputs(body, scope.inputs());
}

export function stepsOf(layout: Layout): readonly Step[] {
  return layout.kind === 'steps' ? layout.groups.flat() : layout.tasks.map((task) => task.step);
}

function stepsValue(groups: readonly (readonly Step[])[], scope: StepScope, from: Provenance): Value {
  let stores: Before['stores'] = new Map();
  const written = groups.map((group) => {
    const before: Before = { root: 'steps', stores };
    stores = new Map([...stores, ...group.flatMap(storesOf)]);
    return list(
      group.map((step) => stepValue(step, [], scope, before, from)),
      from,
    );
  });
  return list(written, from);
}

/** A failure stops what waits for it and nothing else. */
function dagValue(tasks: readonly DagTask[], scope: StepScope, from: Provenance): Value {
  const seen = new Map<string, Before['stores']>();
  const written = tasks.map(({ step, after }) => {
    const stores = new Map(after.flatMap((name) => [...(seen.get(name) ?? [])]));
    seen.set(step.name, new Map([...stores, ...storesOf(step)]));
    return stepValue(step, after, scope, { root: 'tasks', stores }, from);
  });
  return map(
    [
      ['failFast', scalar(false, from)],
      ['tasks', list(written, from)],
    ],
    from,
  );
}

function storesOf(step: Step): readonly (readonly [TaskId, { readonly step: string } & StoreOutput])[] {
  return [...(step.stores ?? [])].map(([task, output]) => [task, { step: step.name, ...output }]);
}

function stepValue(step: Step, after: readonly string[], scope: StepScope, before: Before, group: Provenance): Value {
  const from = step.span === undefined ? group : byRule(RULE, [{ via: 'literal', span: step.span }]);
  const depends = after.length === 0 ? undefined : text(after.join(' && '), from);
  return map(
    [
      ['name', text(step.name, from)],
      ...targetEntries(step.call, from),
      ['depends', depends],
      ['when', step.when === undefined ? undefined : scope.write(step.when, step.items, before)],
      ['arguments', argumentsValue(step.call.args, scope, step.items, before, from)],
      ...itemsEntries(step.items, scope, before, from),
      ['continueOn', step.mayFail === true ? map([['failed', scalar(true, from)]], from) : undefined],
      ['hooks', step.onError === undefined ? undefined : hooksValue(step, step.onError, scope, before, from)],
    ],
    from,
  );
}

function itemsEntries(
  items: Items | undefined,
  scope: StepScope,
  before: Before,
  from: Provenance,
): readonly (readonly [string, Value])[] {
  switch (items?.kind) {
    case undefined:
      return [];
    case 'listed':
      return [['withItems', list(items.values, from)]];
    case 'list':
      return [['withParam', scope.write(items.list, undefined, before)]];
    case 'count':
      return [['withSequence', map([['count', scope.write(items.count, undefined, before)]], from)]];
  }
}

function targetEntries(call: Call, from: Provenance): readonly (readonly [string, Value])[] {
  if (call.target.kind === 'template') return [['template', text(call.target.name, from)]];
  return [
    [
      'templateRef',
      map(
        [
          ['name', text(call.target.name, from)],
          ['template', text(call.target.template, from)],
        ],
        from,
      ),
    ],
  ];
}

function argumentsValue(
  args: readonly Argument[],
  scope: StepScope,
  items: Items | undefined,
  before: Before,
  from: Provenance,
): Value | undefined {
  if (args.length === 0) return undefined;
  const parameters = args.map((arg) =>
    map(
      [
        ['name', text(arg.name, from)],
        ['value', scope.write(arg.value, items, before)],
      ],
      from,
    ),
  );
  return map([['parameters', list(parameters, from)]], from);
}

/** The hook of a failed step runs beside nothing and before the parent ends; the failure stays a failure. */
function hooksValue(step: Step, onError: Call, scope: StepScope, before: Before, from: Provenance): Value {
  const hook = map(
    [
      ['expression', text(`${before.root}['${step.name}'].status in ['Failed', 'Error']`, from)],
      ...targetEntries(onError, from),
      ['arguments', argumentsValue(onError.args, scope, undefined, before, from)],
    ],
    from,
  );
  return map([['exit', hook]], from);
}

/** What steps stored, handed up; a step that was skipped has stored nothing. */
function outputsValue(layout: Layout, handedUp: HandedUp, from: Provenance): Value | undefined {
  if (handedUp.size === 0) return undefined;
  const root = layout.kind === 'steps' ? 'steps' : 'tasks';
  const parameters = [...handedUp].flatMap(([task, name]) => {
    const step = stepsOf(layout).findLast((each) => each.stores?.has(task) === true);
    const output = step?.stores?.get(task);
    if (step === undefined || output === undefined) return [];
    const valueFrom = output.many
      ? ([['expression', text(lastOfList(root, step.name, output.parameter), from)]] as const)
      : ([['parameter', text(`{{${root}.${step.name}.outputs.parameters.${output.parameter}}}`, from)]] as const);
    return [
      map(
        [
          ['name', text(name, from)],
          ['valueFrom', map([...valueFrom, ['default', text('{}', from)]], from)],
        ],
        from,
      ),
    ];
  });
  return map([['parameters', list(parameters, from)]], from);
}

/** Of a step with items, the last item's store is what stays. */
function lastOfList(root: string, step: string, parameter: string): string {
  const written = `${root}['${step}'].outputs.parameters.${parameter}`;
  return `fromJSON(${written})[len(fromJSON(${written})) - 1]`;
}
