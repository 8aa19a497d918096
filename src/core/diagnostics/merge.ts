import type { MessageTable } from '../diagnostic.ts';

export interface MergeDiagnostics {
  ENVIRONMENTS_DIFFER: { readonly environment: string; readonly changes: number };
  ENVIRONMENT_DRIFT: { readonly environment: string; readonly change: string; readonly variables?: string };
  ENVIRONMENT_BRANCH: { readonly environment: string; readonly change: string; readonly variables: string };
  COMMAND_RUNS_LIKE_JOBS: { readonly templates: string; readonly fields: string };
}

export const mergeMessages: MessageTable<MergeDiagnostics> = {
  ENVIRONMENTS_DIFFER: {
    severity: 'warning',
    text: (a) => `${a.environment} differs from the base in ${a.changes} places; its overlay has a manifest of its own`,
    hint: () => 'bring the environments closer together, or confirm that they are meant to differ',
  },
  ENVIRONMENT_DRIFT: {
    severity: 'info',
    text: (a) =>
      `only ${a.environment} has this: ${a.change}${a.variables === undefined ? '' : ` (variables: ${a.variables})`}`,
    hint: () => 'confirm that the difference is meant',
  },
  ENVIRONMENT_BRANCH: {
    severity: 'info',
    text: (a) => `this tag gives ${a.environment} another shape than the base (variables: ${a.variables}): ${a.change}`,
    hint: () =>
      'both shapes are kept, the other in base/workflow.yaml; confirm that the environments are meant to differ',
  },
  COMMAND_RUNS_LIKE_JOBS: {
    severity: 'info',
    text: (a) =>
      `the plain commands ${a.templates} take ${a.fields} of the Jobs' pods; on Digdag they ran on the server`,
    hint: () => 'give their templates values of their own if they must run elsewhere',
  },
};
