import type { MessageTable } from '../diagnostic.ts';

export interface ProjectDiagnostics {
  PROJECT_EMPTY: Record<never, never>;
  PROJECT_FILE_UNREADABLE: { readonly path: string };
  PROJECT_NOT_DIGDAG: { readonly path: string; readonly what: string };
  PROJECT_GUESSED: { readonly what: string; readonly guess: string };
  PROJECT_FILE_UNREAD: { readonly path: string };
  CONFIG_SYNTAX: { readonly problem: string };
  CONFIG_INVALID: { readonly path: string; readonly problem: string };
  PROJECT_TWO_JOBS: { readonly name: string; readonly environment: string };
}

export const projectMessages: MessageTable<ProjectDiagnostics> = {
  PROJECT_EMPTY: {
    severity: 'error',
    text: () => 'no .dig file found',
    hint: () =>
      'give the folder that holds the Digdag projects, or name their folders under `environments` in dig2argo.yaml',
  },
  PROJECT_FILE_UNREADABLE: {
    severity: 'error',
    text: (a) => `cannot read ${a.path}`,
    hint: () => 'check its permissions, size (8 MiB at most) and encoding (UTF-8)',
  },
  PROJECT_NOT_DIGDAG: {
    severity: 'info',
    text: (a) => `${a.path} is ${a.what}, not a Digdag workflow; skipped`,
  },
  PROJECT_GUESSED: {
    severity: 'info',
    text: (a) => `${a.what} not configured; taken as ${a.guess}`,
    hint: () => 'run `dig2argo init` to write the guesses to dig2argo.yaml and confirm them',
  },
  PROJECT_FILE_UNREAD: {
    severity: 'info',
    text: (a) => `nothing reads ${a.path}`,
    hint: () => 'delete it, or name what uses it in dig2argo.yaml',
  },
  CONFIG_SYNTAX: {
    severity: 'error',
    text: (a) => `dig2argo.yaml is no valid YAML: ${a.problem}`,
  },
  CONFIG_INVALID: {
    severity: 'error',
    text: (a) => (a.path === '' ? a.problem : `${a.path}: ${a.problem}`),
    hint: () => 'see the README for the keys of dig2argo.yaml',
  },
  PROJECT_TWO_JOBS: {
    severity: 'error',
    text: (a) => `two workflows named ${a.name} in environment ${a.environment}`,
    hint: () => 'rename one of them, or split the projects under `environments` in dig2argo.yaml',
  },
};
