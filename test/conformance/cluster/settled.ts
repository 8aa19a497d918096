import type { Cluster } from './cluster.ts';
import type { WorkflowRunner } from './workflow-run.ts';

const namespace = 'argo';
const apiVersion = 'argoproj.io/v1alpha1';
let marks = 0;

/**
 * Returns when the controller knows every WorkflowTemplate that was applied before: it hears of them in the order in which they
 * were stored, so a Workflow that finds the newest one finds all.
 */
export async function untilTemplatesAreKnown(cluster: Cluster, runner: WorkflowRunner): Promise<void> {
  marks += 1;
  const mark = `known-${marks}`;
  let last = '';
  await cluster.apply([
    {
      apiVersion,
      kind: 'WorkflowTemplate',
      metadata: { name: mark, namespace },
      spec: { templates: [{ name: 'known', suspend: { duration: '0' } }] },
    },
  ]);
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const { phase, message } = await runner.run(
      {
        apiVersion,
        kind: 'Workflow',
        metadata: { name: `${mark}-${attempt}`, namespace },
        spec: {
          entrypoint: 'main',
          templates: [{ name: 'main', steps: [[{ name: 'find', templateRef: { name: mark, template: 'known' } }]] }],
        },
      },
      () => ({ status: 'Succeeded' }),
    );
    if (phase === 'Succeeded') return;
    last = message;
  }
  throw new Error(`the controller does not hear of WorkflowTemplates: ${last}`);
}
