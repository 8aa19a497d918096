import { byRule, list, map, text } from '../../../ir/build-value.ts';
import type { Retry } from '../../../ir/graph.ts';
import type { MapValue, Provenance, Value } from '../../../ir/value.ts';
import { withInputs } from './inputs.ts';
import { itemKey } from './loop-values.ts';
import { retryStrategyOf } from './retry-strategy.ts';
import type { Need, StepScope } from './scope.ts';
import type { Argument, Call, SessionInput, Step } from './types.ts';

const RULE = 'flow-steps';

/**
 * A steps template: one list of groups, the steps of a group run side by side.
 * @see https://argo-workflows.readthedocs.io/en/latest/fields/#workflowstep
 */
export function stepsBody(
  groups: readonly (readonly Step[])[],
  scope: StepScope,
  session: SessionInput,
  retry: Retry | undefined,
  origin: Provenance,
): MapValue {
  const from = byRule(RULE, [origin]);
  const steps = list(
    groups.map((group) =>
      list(
        group.map((step) => stepValue(step, scope, from)),
        from,
      ),
    ),
    from,
  );
  const body = map(
    [
      ['retryStrategy', retryStrategyOf(retry, from)],
      ['steps', steps],
    ],
    from,
  );
  return withInputs(
    body,
    scope.needs().map((need) => needName(need, session)),
  );
}

/** The input of a template that carries what its steps need. */
export function needName(need: Need, session: SessionInput): string {
  return need.kind === 'session' ? session.name : itemKey(need.key);
}

function stepValue(step: Step, scope: StepScope, from: Provenance): Value {
  return map(
    [
      ['name', text(step.name, from)],
      ...targetEntries(step.call, from),
      ['when', step.when === undefined ? undefined : scope.write(step.when, step.withItems)],
      ['arguments', argumentsValue(step.call.args, scope, step, from)],
      ['withItems', step.withItems === undefined ? undefined : list(step.withItems.values, from)],
      ['hooks', step.onError === undefined ? undefined : hooksValue(step, step.onError, scope, from)],
    ],
    from,
  );
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
  step: Step | undefined,
  from: Provenance,
): Value | undefined {
  if (args.length === 0) return undefined;
  const parameters = args.map((arg) =>
    map(
      [
        ['name', text(arg.name, from)],
        ['value', scope.write(arg.value, step?.withItems)],
      ],
      from,
    ),
  );
  return map([['parameters', list(parameters, from)]], from);
}

/** The hook of a failed step runs beside nothing and before the parent ends; the failure stays a failure. */
function hooksValue(step: Step, onError: Call, scope: StepScope, from: Provenance): Value {
  const hook = map(
    [
      [
        'expression',
        text(`steps[${JSON.stringify(step.name).replaceAll('"', "'")}].status in ['Failed', 'Error']`, from),
      ],
      ...targetEntries(onError, from),
      ['arguments', argumentsValue(onError.args, scope, undefined, from)],
    ],
    from,
  );
  return map([['exit', hook]], from);
}
