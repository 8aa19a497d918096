import { addEnd, groupOutputs, runCall } from './call.ts';
import { asList, asMap, asText, isList } from './data.ts';
import { limited } from './limited.ts';
import type { ProcessedTemplate } from './process-template.ts';
import type { NodeEnd, NodeScope, Place, Run } from './run-types.ts';

/** Groups run one after the other; the steps of a group side by side, and all to their end. */
export function runSteps({ template, scope: inputs }: ProcessedTemplate, around: Place, run: Run): NodeEnd {
  const place = { ...around, caller: template };
  const scope: NodeScope = { values: new Map(inputs), absent: new Set() };
  let before = place.before;
  for (const group of asList(template['steps'])) {
    const steps = (isList(group) ? group : [group]).map(asMap);
    const ends = limited(template, run, () =>
      steps.map((step) => ({ step, end: runCall(step, 'steps', scope, { ...place, before }, run) })),
    );
    const failed = ends.find(
      ({ step, end }) =>
        (end.status === 'Failed' && asMap(step['continueOn'])['failed'] !== true) ||
        (end.status === 'Error' && asMap(step['continueOn'])['error'] !== true),
    );
    if (failed !== undefined)
      return { status: 'Failed', outputs: new Map(), message: failed.end.message ?? 'child failed' };
    before = [...before, ...ends.flatMap(({ end }) => end.effects)];
    for (const { step, end } of ends) addEnd(scope, 'steps', asText(step['name']), end, run.now);
  }
  return { status: 'Succeeded', outputs: groupOutputs(template, scope.values, run) };
}
