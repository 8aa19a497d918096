import { byRule, list, map, text } from '../ir/build-value.ts';
import type { MapValue, Value } from '../ir/value.ts';
import { DEDUP_RULE } from './family-body.ts';
import { describeHole } from './hole-text.ts';
import type { Family, Form } from './types.ts';

/** The WorkflowTemplate of a family. */
export function familyDocument(family: Family): MapValue {
  const from = byRule(DEDUP_RULE);
  const members = family.forms.flatMap((form) => form.members.map((member) => member.id));
  const annotations = map(
    [
      ['workflows.argoproj.io/title', text(family.name, from)],
      ['workflows.argoproj.io/description', text(`Shared by ${members.join(', ')}`, from)],
    ],
    from,
  );
  const metadata = map(
    [
      ['name', text(family.name, from)],
      ['annotations', annotations],
    ],
    from,
  );
  return map(
    [
      ['apiVersion', text('argoproj.io/v1alpha1', from)],
      ['kind', text('WorkflowTemplate', from)],
      ['metadata', metadata],
      ['spec', family.level === 'workflow' ? workflowSpec(family) : stepSpec(family)],
    ],
    from,
  );
}

function stepSpec(family: Family): MapValue {
  const from = byRule(DEDUP_RULE);
  const templates = family.forms.map((form) =>
    map([['name', text(form.name, from)], ...form.body.entries], form.body.from),
  );
  return map([['templates', list(templates, from)]], from);
}

/** A whole workflow: its holes are workflow parameters, which each member gives. */
function workflowSpec(family: Family): MapValue {
  const from = byRule(DEDUP_RULE);
  const [form] = family.forms;
  if (form === undefined) throw new Error('a family has a form');
  const { parameters, entrypoint, onExit, rest } = splitBody(form);
  const declared = [
    ...parameters,
    ...form.general.holes.map((hole) =>
      map(
        [
          ['name', text(hole.name, from)],
          ['description', text(describeHole(hole), from)],
        ],
        from,
      ),
    ),
  ];
  return map(
    [
      ['entrypoint', entrypoint],
      ['onExit', onExit],
      ['arguments', declared.length === 0 ? undefined : map([['parameters', list(declared, from)]], from)],
      ...rest,
    ],
    from,
  );
}

function splitBody(form: Form): {
  readonly parameters: readonly Value[];
  readonly entrypoint: Value | undefined;
  readonly onExit: Value | undefined;
  readonly rest: readonly (readonly [string, Value])[];
} {
  const from = byRule(DEDUP_RULE);
  const { entries } = form.body;
  const given = entries.get('parameters');
  // Each member says their values. One here would be used where a member's were forgotten, without a word.
  const parameters =
    given?.kind === 'map' ? [...given.entries.keys()].map((name) => map([['name', text(name, from)]], from)) : [];
  const rest = [...entries].filter(([key]) => key !== 'parameters' && key !== 'entrypoint' && key !== 'onExit');
  return { parameters, entrypoint: entries.get('entrypoint'), onExit: entries.get('onExit'), rest };
}
