import { asMap, asText, type PlainMap } from '../../../src/verify/argo/data.ts';
import type { Plain } from '../../../src/verify/effect.ts';
import { parseObjects } from '../kubernetes-object.ts';
import { type Outcomes, outcomesSchema, scriptOf } from './outcomes.ts';
import type { RunRequest } from './prove-run.ts';

/** What a file says: Workflows to run, objects to apply before, and how pods end. */
export interface WorkflowFile {
  readonly workflows: readonly PlainMap[];
  readonly others: readonly PlainMap[];
  /** One entry for each run of each Workflow: the documents of kind `Outcomes`. */
  readonly runs: readonly Outcomes[];
}

/** Reads YAML documents; objects without namespace get one. */
export function readWorkflows(text: string, namespace: string): WorkflowFile {
  const objects = parseObjects(text).map(({ value }) => asMap(value as Plain));
  const placed = objects
    .filter((object) => object['kind'] !== 'Outcomes')
    .map((object): PlainMap => ({ ...object, metadata: { namespace, ...asMap(object['metadata']) } }));
  const runs = objects
    .filter((object) => object['kind'] === 'Outcomes')
    .flatMap((object) => outcomesSchema.array().parse(object['runs']));
  return {
    workflows: placed.filter((object) => object['kind'] === 'Workflow'),
    others: placed.filter((object) => object['kind'] !== 'Workflow'),
    runs: runs.length === 0 ? [{}] : runs,
  };
}

/** A Workflow as it is; to the simulation it is a template that runs. */
export function requestOf(
  workflow: PlainMap,
  others: readonly PlainMap[],
  outcomes: Outcomes,
): Pick<RunRequest, 'workflow' | 'objects' | 'source' | 'script'> {
  const source = `source-of-${asText(asMap(workflow['metadata'])['name'])}`;
  const metadata = { ...asMap(workflow['metadata']), name: source };
  const objects = [{ ...workflow, kind: 'WorkflowTemplate', metadata }, ...others];
  return { workflow, source, objects, script: scriptOf(outcomes) };
}

export function renamed(workflow: PlainMap, name: string): PlainMap {
  return { ...workflow, metadata: { ...asMap(workflow['metadata']), name } };
}
