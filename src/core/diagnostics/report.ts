import type { MessageTable } from '../diagnostic.ts';

/** Findings about reviews, earlier reports, and the maps that `explain` reads. */
export interface ReportDiagnostics {
  REVIEW_INVALID: { readonly path: string; readonly problem: string };
  REVIEW_JOB_UNKNOWN: { readonly job: string };
  JOB_GOT_WORSE: { readonly name: string; readonly why: readonly string[] };
  EXPLAIN_NO_OUTPUT: { readonly path: string };
  EXPLAIN_NO_MAP: { readonly path: string };
}

export const reportMessages: MessageTable<ReportDiagnostics> = {
  REVIEW_INVALID: {
    severity: 'error',
    text: (a) => `dig2argo.review.yaml cannot be used: ${a.path === '' ? a.problem : `${a.path}: ${a.problem}`}`,
    hint: () => 'correct it, or export it again from reports/index.html',
  },
  REVIEW_JOB_UNKNOWN: {
    severity: 'warning',
    text: (a) => `dig2argo.review.yaml reviews ${a.job}, which is no job of the legacy tree`,
    hint: () => 'remove the entry, or correct the name',
  },
  JOB_GOT_WORSE: {
    severity: 'error',
    text: (a) => `${a.name} got worse since the baseline: ${a.why.join('; ')}`,
    hint: () => 'solve what is new, or take the new report as the baseline',
  },
  EXPLAIN_NO_OUTPUT: {
    severity: 'error',
    text: (a) => `${a.path} lies in no output folder, and no output folder near it was made of it`,
    hint: () => 'name the output folder with --out, or convert first',
  },
  EXPLAIN_NO_MAP: {
    severity: 'error',
    text: (a) => `nothing is recorded about ${a.path}`,
    hint: () => 'ask about a YAML file that `dig2argo convert` wrote, or convert again',
  },
};
