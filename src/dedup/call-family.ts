import { byRule, list, map, text, withEntry } from '../ir/build-value.ts';
import { itemsOf, staticText } from '../ir/read-value.ts';
import type { MapValue, TextValue, Value } from '../ir/value.ts';
import type { ConvertedWorkflow, StepFact } from '../rules/types.ts';
import { DEDUP_RULE } from './family-body.ts';
import { leafText } from './plain-text.ts';
import { mapCalls } from './template-calls.ts';
import type { Family, Form, Generalisation, Member } from './types.ts';

/** How one template of a workflow is called once it is a member of a family. */
export interface FamilyCall {
  readonly family: string;
  readonly form: string;
  /** The rule that made the call. */
  readonly rule: string;
  /** Own input of the member → the family's name for it. */
  readonly inputs: ReadonlyMap<string, string>;
  /** Hole → this member's value in this environment. */
  readonly row: ReadonlyMap<string, TextValue>;
}

export function familyCall(family: Family, form: Form, member: Member, environment: string): FamilyCall {
  const row = rowOf(form.general, member.id, environment);
  const inputs = new Map([...member.inputs].map(([outer, inner]) => [outer, form.ownInputs.get(inner) ?? inner]));
  return { family: family.name, form: form.name, rule: DEDUP_RULE, inputs, row };
}

/** Hole → the value of a member in an environment. */
export function rowOf(general: Generalisation, member: string, environment: string): ReadonlyMap<string, TextValue> {
  const column = general.columns.findIndex((each) => each.member === member && each.environment === environment);
  return new Map(
    general.holes.flatMap((hole): [string, TextValue][] => {
      const value = hole.values[column];
      return value === undefined ? [] : [[hole.name, asText(value)]];
    }),
  );
}

function asText(value: Value): TextValue {
  return value.kind === 'text' ? value : text(leafText(value), value.from);
}

/** The workflow with some of its pod templates gone and their callers calling the families instead. */
export function withFamilyCalls(
  workflow: ConvertedWorkflow,
  calls: ReadonlyMap<string, FamilyCall>,
): ConvertedWorkflow {
  if (calls.size === 0) return workflow;
  const templates = workflow.templates
    .filter((template) => !calls.has(template.name))
    .map((template) => ({ ...template, body: rewritten(template.body, calls) }));
  return {
    ...workflow,
    templates,
    facts: { ...workflow.facts, steps: workflow.facts.steps.map((step) => stepFact(step, calls)) },
  };
}

function stepFact(step: StepFact, calls: ReadonlyMap<string, FamilyCall>): StepFact {
  const call = step.template === undefined ? undefined : calls.get(step.template);
  if (call === undefined) return step;
  return {
    ...step,
    template: call.form === call.family ? call.family : `${call.family}/${call.form}`,
    rules: [...step.rules, call.rule],
  };
}

/** Steps, DAG tasks and hooks that name one of the templates. */
function rewritten(body: MapValue, calls: ReadonlyMap<string, FamilyCall>): MapValue {
  return mapCalls(body, (step, template) => {
    const target = calls.get(template);
    return target === undefined ? step : calling(step, target);
  });
}

function calling(step: MapValue, call: FamilyCall): MapValue {
  const from = byRule(call.rule, [step.from]);
  const reference = map(
    [
      ['name', text(call.family, from)],
      ['template', text(call.form, from)],
    ],
    from,
  );
  const renamed = new Map(
    [...step.entries].map(([key, value]): [string, Value] =>
      key === 'template' ? ['templateRef', reference] : [key, value],
    ),
  );
  const given = step.entries.get('arguments');
  const own =
    given?.kind === 'map' ? itemsOf(given.entries.get('parameters')).map((item) => withOwnName(item, call.inputs)) : [];
  const row = [...call.row].map(([name, value]) =>
    map(
      [
        ['name', text(name, from)],
        ['value', value],
      ],
      value.from,
    ),
  );
  const parameters = list([...own, ...row], from);
  const withArguments =
    given?.kind === 'map' ? withEntry(given, 'parameters', parameters) : map([['parameters', parameters]], from);
  if (own.length + row.length === 0) return { ...step, entries: renamed };
  return { ...step, entries: placed(renamed, withArguments) };
}

/** `arguments` where it stood, else right behind the reference. */
function placed(entries: ReadonlyMap<string, Value>, given: Value): ReadonlyMap<string, Value> {
  if (entries.has('arguments'))
    return new Map([...entries].map(([key, value]): [string, Value] => [key, key === 'arguments' ? given : value]));
  return new Map(
    [...entries].flatMap(([key, value]): [string, Value][] =>
      key === 'templateRef'
        ? [
            [key, value],
            ['arguments', given],
          ]
        : [[key, value]],
    ),
  );
}

function withOwnName(item: Value, inputs: ReadonlyMap<string, string>): Value {
  const name = item.kind === 'map' ? item.entries.get('name') : undefined;
  const to = inputs.get(staticText(name) ?? '');
  if (item.kind !== 'map' || name === undefined || to === undefined) return item;
  return withEntry(item, 'name', text(to, name.from));
}
