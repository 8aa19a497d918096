import type { MessageTable } from '../diagnostic.ts';

/** Findings about the output folder and about how the command was called. */
export interface OutputDiagnostics {
  OUT_EDITED: { readonly path: string; readonly beside: string };
  OUT_EDITED_UNUSED: { readonly path: string };
  OUT_FOREIGN: { readonly path: string; readonly beside: string };
  OUT_NOT_A_FILE: { readonly path: string; readonly what: string };
  OUT_JOB_GONE: { readonly name: string; readonly files: number };
  OUT_JOB_NOT_CONVERTED: { readonly name: string; readonly files: number };
  OUT_NAME_CHANGED: { readonly name: string; readonly before: string; readonly after: string };
  OUT_RECOVERED: { readonly how: 'finished' | 'undone' };
  OUT_UNFINISHED: Record<never, never>;
  OUT_LOCKED: { readonly pid: number; readonly folder: string };
  OUT_STALE: { readonly path: string; readonly what: 'missing' | 'outdated' | 'no longer written' };
  OUT_LEDGER_BROKEN: { readonly problem: string };
  OUT_ENVIRONMENTS: { readonly missing: readonly string[] };
  OUT_LINK: { readonly path: string };
  OUT_INSIDE: { readonly inner: 'output' | 'legacy'; readonly same: boolean };
  OUT_NOT_A_FOLDER: { readonly path: string };
  OUT_OVERWRITE_UNKNOWN: { readonly path: string };
  OUT_REPORT_MISSING: { readonly path: string };
  OUT_REPORT_BROKEN: { readonly path: string; readonly problem: string };
}

export const outputMessages: MessageTable<OutputDiagnostics> = {
  OUT_EDITED: {
    severity: 'error',
    text: (a) => `${a.path} was edited by hand; it is kept, the new version is ${a.beside}`,
    hint: (a) => `merge the two and delete ${a.beside}, or take the new version with --overwrite ${a.path}`,
  },
  OUT_EDITED_UNUSED: {
    severity: 'error',
    text: (a) => `${a.path} is no longer written, but was edited by hand; it is kept`,
    hint: (a) => `delete it, or have it deleted with --overwrite ${a.path}`,
  },
  OUT_FOREIGN: {
    severity: 'error',
    text: (a) => `${a.path} was not written by dig2argo; it is kept, our version is ${a.beside}`,
    hint: (a) => `move your file away, or replace it with --overwrite ${a.path}`,
  },
  OUT_NOT_A_FILE: {
    severity: 'error',
    text: (a) => `${a.path} is a ${a.what}, where a file is to be written; it is left alone`,
    hint: () => 'move it away and run again',
  },
  OUT_JOB_GONE: {
    severity: 'warning',
    text: (a) => `the job ${a.name} is gone from the legacy tree; its ${a.files} output files are left as they are`,
    hint: () => 'remove them with --prune',
  },
  OUT_JOB_NOT_CONVERTED: {
    severity: 'warning',
    text: (a) => `the job ${a.name} could not be converted this time; its ${a.files} output files are left as they are`,
    hint: () => 'solve the errors reported for it and run again',
  },
  OUT_NAME_CHANGED: {
    severity: 'warning',
    text: (a) => `the job ${a.name} was ${a.before} in earlier runs and is ${a.after} now`,
    hint: (a) => `delete ${a.before} from the clusters that have it, or both will run`,
  },
  OUT_RECOVERED: {
    severity: 'info',
    text: (a) =>
      a.how === 'finished'
        ? 'an earlier run was interrupted while it replaced files; its work was finished first'
        : 'an earlier run was interrupted before it replaced anything; what it left was removed',
  },
  OUT_UNFINISHED: {
    severity: 'error',
    text: () => 'an earlier run was interrupted; the output is not complete',
    hint: () => 'run `dig2argo convert` again without --check',
  },
  OUT_LOCKED: {
    severity: 'error',
    text: (a) => `another run (process ${a.pid}) is writing to this output folder`,
    hint: (a) => `wait for it to end; if no such run exists, delete ${a.folder}`,
  },
  OUT_STALE: {
    severity: 'error',
    text: (a) => `${a.path} is ${a.what}`,
    hint: () => 'run `dig2argo convert` again without --check',
  },
  OUT_LEDGER_BROKEN: {
    severity: 'error',
    text: (a) => `.dig2argo/ledger.json cannot be used: ${a.problem}`,
    hint: () =>
      'restore it from version control, or convert into a fresh folder; without it, edited files cannot be told from ours',
  },
  OUT_ENVIRONMENTS: {
    severity: 'error',
    text: (a) => `the output also holds ${a.missing.join(', ')}, whose overlays would no longer fit the base`,
    hint: () => 'convert all environments, or use a separate output folder with --env',
  },
  OUT_LINK: {
    severity: 'error',
    text: (a) => `${a.path} is a link that leads out of the output folder; nothing was written`,
    hint: () => 'replace the link by a folder or file of its own',
  },
  OUT_INSIDE: {
    severity: 'error',
    text: (a) =>
      a.same
        ? 'the legacy folder and the output folder are the same'
        : `the ${a.inner} folder lies inside the ${a.inner === 'output' ? 'legacy' : 'output'} folder`,
    hint: () => 'use two folders, neither inside the other',
  },
  OUT_NOT_A_FOLDER: {
    severity: 'error',
    text: (a) => `${a.path} is no folder`,
    hint: () => 'give a folder to write to; it is created if it does not exist',
  },
  OUT_OVERWRITE_UNKNOWN: {
    severity: 'error',
    text: (a) => `--overwrite ${a.path}: there is no such file in the output`,
    hint: () => 'give the path of a file or folder in the output folder, such as cron/<job>/base/workflow.yaml',
  },
  OUT_REPORT_MISSING: {
    severity: 'error',
    text: (a) => `${a.path} does not exist`,
    hint: () => 'give the folder that `dig2argo convert` wrote',
  },
  OUT_REPORT_BROKEN: {
    severity: 'error',
    text: (a) => `${a.path} is no report that this version reads: ${a.problem}`,
    hint: () => 'run `dig2argo convert` again',
  },
};
