import { canonicalKey } from '../../../ir/canonical.ts';
import type { TaskGraph } from '../../../ir/graph.ts';
import { entryOf, partsOf } from '../../../ir/read-value.ts';
import type { Value } from '../../../ir/value.ts';
import { podDefaults } from '../../../k8s/defaults.ts';
import { fieldTable } from '../../../k8s/field-table.ts';

const POD = 'spec.template.spec.';

/** Fields of the pod that Argo has for the whole workflow only. */
const workflowFields: readonly string[] = fieldTable()
  .filter((row) => row.kind === 'moved' && row.own !== true && row.path.startsWith(POD))
  .map((row) => row.path.slice(POD.length).replace('[]', ''))
  .filter((name) => !name.includes('.'));

/** Pods that only run a command of the worker can do with the registry's login of others, but not with their network. */
const harmless: ReadonlySet<string> = new Set(['imagePullSecrets']);

/**
 * Those of these fields that not all pods of a workflow have with the same value, or whose value is known only at run time: they have
 * to go through the podSpecPatch of each template.
 */
export function disputedFields(graph: TaskGraph): ReadonlySet<string> {
  const effects = [...graph.tasks.values()].flatMap((task) => (task.kind === 'operator' ? task.effects : []));
  const jobs = effects.flatMap((effect) => (effect.kind === 'job' ? [effect.manifest] : []));
  const commands = effects.some((effect) => effect.kind === 'command' || effect.kind === 'fail');
  return new Set(
    workflowFields.filter((field) => {
      const values = jobs.map((job) => entryOf(job, 'spec', 'template', 'spec', field));
      const keys = new Set(values.map((value) => keyOf(field, value)));
      if (commands && !harmless.has(field)) keys.add(keyOf(field, undefined));
      return keys.size > 1 || values.some(isRuntime);
    }),
  );
}

function isRuntime(value: Value | undefined): boolean {
  return value !== undefined && partsOf(value).some((part) => part.kind === 'runtime');
}

/** A field that holds what Kubernetes fills in says the same as one that is missing. */
function keyOf(field: string, value: Value | undefined): string {
  const standard = podDefaults[field];
  if (value === undefined) return '';
  const key = canonicalKey(value);
  const isDefault =
    (value.kind === 'scalar' && value.value === standard) ||
    (value.kind === 'text' &&
      key === canonicalKey({ ...value, parts: [{ kind: 'literal', text: String(standard), from: value.from }] }));
  return isDefault ? '' : key;
}
