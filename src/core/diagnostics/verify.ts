import type { MessageTable } from '../diagnostic.ts';

export interface VerifyDiagnostics {
  VERIFY_TIME_UNKNOWN: { readonly option: string; readonly given: string };
  VERIFY_DEFAULTS_BROKEN: { readonly path: string; readonly problem: string };
  VERIFY_OBSERVED_BROKEN: { readonly path: string; readonly problem: string };
  VERIFY_OBSERVED_EMPTY: Record<never, never>;
  DIFF_TEMPLATE_UNCALLED: { readonly template: string; readonly known: readonly string[] };
  DIFF_NOT_PLAYED: { readonly job: string; readonly environment: string; readonly reason: string };
}

export const verifyMessages: MessageTable<VerifyDiagnostics> = {
  VERIFY_TIME_UNKNOWN: {
    severity: 'error',
    text: (a) => `${a.option} ${a.given} is no time`,
    hint: () => 'give a day such as 2026-03-01, or a time such as 2026-03-01T00:00:00+09:00',
  },
  VERIFY_DEFAULTS_BROKEN: {
    severity: 'error',
    text: (a) => `${a.path} holds no workflowDefaults: ${a.problem}`,
    hint: () => 'give the ConfigMap of the workflow-controller, or the text of its key workflowDefaults',
  },
  VERIFY_OBSERVED_BROKEN: {
    severity: 'error',
    text: (a) => `${a.path} cannot be read: ${a.problem}`,
    hint: () => 'give the output of `kubectl get jobs -A -o yaml`',
  },
  VERIFY_OBSERVED_EMPTY: {
    severity: 'error',
    text: () => 'the folder of observed Jobs has no Job in it',
    hint: () => 'give a folder with the output of `kubectl get jobs -A -o yaml`',
  },
  DIFF_TEMPLATE_UNCALLED: {
    severity: 'error',
    text: (a) => `no job of the output calls a shared template ${a.template}`,
    hint: (a) => `choose one of ${a.known.join(', ')}`,
  },
  DIFF_NOT_PLAYED: {
    severity: 'error',
    text: (a) => `${a.job} cannot be shown for ${a.environment}: ${a.reason}`,
    hint: () => '`dig2argo verify` says what can be played',
  },
};
