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
  PROJECT_FOLDER_MISSING: { readonly path: string };
  PROJECT_NOT_A_FOLDER: { readonly path: string };
  PROJECT_ENVIRONMENT_EMPTY: { readonly name: string };
  PROJECT_JOB_UNKNOWN: { readonly name: string; readonly known: readonly string[] };
  PROJECT_ENVIRONMENT_UNKNOWN: { readonly name: string; readonly known: readonly string[] };
  PROJECT_OUTSIDE_ENVIRONMENTS: { readonly folder: string };
  CONFIG_EXISTS: { readonly path: string };
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
  PROJECT_FOLDER_MISSING: {
    severity: 'error',
    text: (a) => `there is no folder ${a.path}`,
    hint: () =>
      'check the path; it is taken from the folder you are in, or from the one that holds dig2argo.yaml where that names it',
  },
  PROJECT_NOT_A_FOLDER: {
    severity: 'error',
    text: (a) => `${a.path} is a file, not a folder`,
    hint: () => 'give the folder that holds the file',
  },
  PROJECT_ENVIRONMENT_EMPTY: {
    severity: 'error',
    text: (a) => `no workflow found for the environment ${a.name}`,
    hint: (a) => `name its folder in dig2argo.yaml, under \`environments.${a.name}.digdag\``,
  },
  PROJECT_JOB_UNKNOWN: {
    severity: 'error',
    text: (a) => `there is no workflow ${a.name}`,
    hint: (a) => `choose one of ${a.known.join(', ')}`,
  },
  PROJECT_ENVIRONMENT_UNKNOWN: {
    severity: 'error',
    text: (a) => `there is no environment ${a.name}`,
    hint: (a) => `choose one of ${a.known.join(', ')}`,
  },
  PROJECT_OUTSIDE_ENVIRONMENTS: {
    severity: 'warning',
    text: (a) => `the workflows in ${a.folder} belong to no environment; they are not converted`,
    hint: () => 'name their folder under `environments` in dig2argo.yaml, or delete them',
  },
  CONFIG_EXISTS: {
    severity: 'error',
    text: (a) => `${a.path} exists already`,
    hint: () => 'see what would be proposed with --dry-run, or replace the file with --force',
  },
};
