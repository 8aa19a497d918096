import { staticText } from '../ir/read-value.ts';
import type { ConvertedWorkflow, StepFact, Template } from '../rules/types.ts';
import { type FamilyCall, rowOf, withFamilyCalls } from './call-family.ts';
import { CALL_RULE, type CalledPart } from './called-files.ts';
import { type ConvertedJobs, isPod } from './members.ts';
import type { SharedFile } from './shared-file.ts';
import { withCalled } from './template-calls.ts';
import { inputNames } from './thread-inputs.ts';

interface Use {
  readonly shared: SharedFile;
  readonly part: CalledPart;
  /** What the workflow calls the templates, by position. */
  readonly names: readonly string[];
}

/** The jobs as they call the shared files; what nothing calls any more is gone from them. */
export function callingShared(jobs: ConvertedJobs, files: readonly SharedFile[]): ConvertedJobs {
  if (files.length === 0) return jobs;
  return new Map(
    [...jobs].map(([job, environments]) => [
      job,
      new Map(
        [...environments].map(([environment, workflow]) => {
          const uses = files.flatMap((shared) =>
            shared.parts.flatMap((part): Use[] => {
              const names = part.member.job === job ? part.names.get(environment) : undefined;
              return names === undefined ? [] : [{ shared, part, names }];
            }),
          );
          return [environment, uses.length === 0 ? workflow : withUses(workflow, environment, uses)];
        }),
      ),
    ]),
  );
}

function withUses(workflow: ConvertedWorkflow, environment: string, uses: readonly Use[]): ConvertedWorkflow {
  const calls = new Map(
    uses.flatMap((use) =>
      (use.part.entries.get(environment) ?? []).map((entry): [string, FamilyCall] => [
        entry,
        entryCall(use, entry, environment),
      ]),
    ),
  );
  const calling = withFamilyCalls(workflow, calls);
  const entries = ['entrypoint', 'onExit'].flatMap((key) => staticText(workflow.spec.entries.get(key)) ?? []);
  const left = new Set(withCalled(entries, calling.templates));
  return {
    ...calling,
    templates: calling.templates.filter((template) => left.has(template.name)),
    referred: [...(workflow.referred ?? []), ...uses.flatMap((use) => podsOf(use, workflow))],
    facts: { ...calling.facts, steps: calling.facts.steps.map((step) => movedStep(step, uses, left)) },
  };
}

function entryCall({ shared, part, names }: Use, entry: string, environment: string): FamilyCall {
  const [form, body] = shared.templates[names.indexOf(entry)] ?? [];
  if (form === undefined || body === undefined) throw new Error('an entry is one of the templates');
  const declared = new Set(inputNames(body));
  const row = [...rowOf(shared.general, part.member.id, environment)].filter(([name]) => declared.has(name));
  return { family: shared.name, form, rule: CALL_RULE, inputs: new Map(), row: new Map(row) };
}

function podsOf({ shared, names }: Use, workflow: ConvertedWorkflow): readonly Template[] {
  return names.flatMap((name, at): Template[] => {
    const template = workflow.templates.find((each) => each.name === name);
    if (template === undefined || !isPod(template)) return [];
    return [{ ...template, name: `${shared.name}/${shared.templates[at]?.[0] ?? ''}` }];
  });
}

/** The step's template is now one of the shared file. */
function movedStep(step: StepFact, uses: readonly Use[], left: ReadonlySet<string>): StepFact {
  if (step.template === undefined || left.has(step.template)) return step;
  for (const { shared, names } of uses) {
    const at = names.indexOf(step.template);
    const name = shared.templates[at]?.[0];
    if (name !== undefined) return { ...step, template: `${shared.name}/${name}`, rules: [...step.rules, CALL_RULE] };
  }
  return step;
}
