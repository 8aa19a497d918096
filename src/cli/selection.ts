import { DiagnosticList, diagnose } from '../core/diagnose.ts';
import type { Diagnostic } from '../core/diagnostic.ts';
import { sortedBy } from '../core/order.ts';
import type { Legacy } from './load-legacy.ts';
import type { Services } from './services.ts';

/** Names given with --job and --env that nothing in the legacy tree has. */
export function unknownSelection(legacy: Legacy, services: Services): readonly Diagnostic[] {
  const { jobs, environments } = legacy.options;
  if (jobs === undefined && environments === undefined) return [];
  // What else is found here, the conversion reports too.
  const { project } = services.inspect(legacy.host, new DiagnosticList());
  if (project === undefined || project.environments.length === 0) return [];
  const knownEnvironments = project.environments.map((each) => each.name);
  const knownJobs = sortedBy(
    new Set(project.environments.flatMap((each) => each.workflows.map(workflowName))),
    (name) => name,
  );
  return [
    ...(jobs ?? []).flatMap((name) =>
      knownJobs.includes(name) ? [] : [diagnose('PROJECT_JOB_UNKNOWN', { name, known: knownJobs })],
    ),
    ...(environments ?? []).flatMap((name) =>
      knownEnvironments.includes(name)
        ? []
        : [diagnose('PROJECT_ENVIRONMENT_UNKNOWN', { name, known: knownEnvironments })],
    ),
  ];
}

function workflowName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.dig$/, '');
}
