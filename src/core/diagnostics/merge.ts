import type { MessageTable } from '../diagnostic.ts';

export interface MergeDiagnostics {
  ENVIRONMENTS_DIFFER: { readonly environment: string; readonly changes: number };
  ENVIRONMENT_DRIFT: { readonly environment: string; readonly change: string };
}

export const mergeMessages: MessageTable<MergeDiagnostics> = {
  ENVIRONMENTS_DIFFER: {
    severity: 'warning',
    text: (a) => `${a.environment} differs from the base in ${a.changes} places; its overlay has a manifest of its own`,
    hint: () => 'bring the environments closer together, or confirm that they are meant to differ',
  },
  ENVIRONMENT_DRIFT: {
    severity: 'info',
    text: (a) => `only ${a.environment} has this: ${a.change}`,
    hint: () => 'confirm that the difference is meant',
  },
};
