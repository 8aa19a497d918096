import { diagnose } from '../../core/diagnose.ts';
import type { DiagnosticSink } from '../../core/diagnostic.ts';
import type { ConvertedWorkflow } from '../../rules/types.ts';
import { hasScripts } from './hoist.ts';

/** Fields that a script cannot refuse: Argo takes the workflow's where a template's own is empty. */
const inherited: readonly string[] = [
  'affinity',
  'nodeSelector',
  'podPriorityClassName',
  'schedulerName',
  'serviceAccountName',
  'tolerations',
];

/** Plain commands ran on the Digdag server. Where the Jobs' pods share a place to run, the commands now run there too, and that is said. */
export function reportScripts(hoisted: ReadonlyMap<string, ConvertedWorkflow>, sink: DiagnosticSink): void {
  for (const [environment, workflow] of hoisted) {
    const { templates, referred = [], spec, job, facts } = workflow;
    if (!hasScripts(workflow)) continue;
    const scripts = [...templates, ...referred].filter((template) => template.body.entries.has('script'));
    const fields = inherited.filter(
      (field) =>
        spec.entries.has(field) &&
        scripts.some(({ body }) => !body.entries.has(field === 'podPriorityClassName' ? 'priorityClassName' : field)),
    );
    if (fields.length === 0) continue;
    const task = scripts.map(({ task: id }) => facts.graph.tasks.get(id)).find((found) => found !== undefined);
    sink.add(
      diagnose(
        'COMMAND_RUNS_LIKE_JOBS',
        { templates: scripts.map(({ name }) => name).join(', '), fields: fields.join(', ') },
        { span: task?.span ?? facts.graph.span, job, environment },
      ),
    );
  }
}
