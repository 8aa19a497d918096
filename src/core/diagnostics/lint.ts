import type { MessageTable } from '../diagnostic.ts';

export interface LintDiagnostics {
  LINT_YAML: { readonly problem: string };
  LINT_NOT_READ: { readonly why: string };
  LINT_UNKNOWN_FIELD: { readonly field: string; readonly type: string; readonly near?: string };
  LINT_WRONG_TYPE: { readonly field: string; readonly want: string; readonly got: string };
  LINT_MISSING: { readonly what: string; readonly where: string };
  LINT_NAME: { readonly what: string; readonly name: string; readonly rule: string };
  LINT_DUPLICATE: { readonly what: string; readonly name: string };
  LINT_UNDEFINED: { readonly what: string; readonly name: string };
  LINT_UNRESOLVED: { readonly tag: string };
  LINT_EXPRESSION: { readonly expression: string; readonly problem: string };
  LINT_VALUE: { readonly field: string; readonly value: string; readonly want: string };
  LINT_CONFLICT: { readonly what: string; readonly where: string };
  LINT_CYCLE: { readonly template: string };
  LINT_SCHEDULE: { readonly schedule: string; readonly problem: string };
  LINT_BUILD: { readonly folder: string; readonly problem: string };
  LINT_PARAMETER_LIST: { readonly names: string; readonly file: string };
  LINT_USELESS: { readonly what: string; readonly why: string };
  LINT_RISK: { readonly what: string };
}

export const lintMessages: MessageTable<LintDiagnostics> = {
  LINT_YAML: {
    severity: 'error',
    text: (a) => `Argo's linter cannot read this document and may skip it in silence: ${a.problem}`,
    hint: () => 'correct the YAML',
  },
  LINT_NOT_READ: {
    severity: 'error',
    text: (a) => `Argo's linter does not look at this document: ${a.why}`,
    hint: () => 'write one object per document, with the exact kind',
  },
  LINT_UNKNOWN_FIELD: {
    severity: 'error',
    text: (a) => `${a.type} has no field ${a.field}${a.near === undefined ? '' : `; did you mean ${a.near}?`}`,
    hint: () => 'correct the name or move the field to where it belongs',
  },
  LINT_WRONG_TYPE: {
    severity: 'error',
    text: (a) => `${a.field} must be ${a.want}, not ${a.got}`,
    hint: (a) => (a.want === 'a text' ? 'put the value in quotes' : 'give a value of that type'),
  },
  LINT_MISSING: { severity: 'error', text: (a) => `${a.where} has no ${a.what}`, hint: (a) => `give it ${a.what}` },
  LINT_NAME: {
    severity: 'error',
    text: (a) => `${a.what} ${JSON.stringify(a.name)} is no valid name: ${a.rule}`,
    hint: () => 'choose another name',
  },
  LINT_DUPLICATE: {
    severity: 'error',
    text: (a) => `${a.what} ${JSON.stringify(a.name)} is there twice`,
    hint: () => 'remove one of the two',
  },
  LINT_UNDEFINED: {
    severity: 'error',
    text: (a) => `there is no ${a.what} ${JSON.stringify(a.name)}`,
    hint: () => 'correct the name or add what it refers to',
  },
  LINT_UNRESOLVED: {
    severity: 'error',
    text: (a) => `nothing gives {{${a.tag}}} a value here`,
    hint: () => 'hand the value down as an input, or declare the parameter',
  },
  LINT_EXPRESSION: {
    severity: 'error',
    text: (a) => `the expression ${a.expression} fails: ${a.problem}`,
    hint: () => "correct it: Argo's linter does not look into expressions, and a pod gets a failing one as text",
  },
  LINT_VALUE: {
    severity: 'error',
    text: (a) => `${a.field} is ${JSON.stringify(a.value)}; it must be ${a.want}`,
    hint: () => 'correct the value',
  },
  LINT_CONFLICT: {
    severity: 'error',
    text: (a) => `${a.where} has ${a.what}`,
    hint: () => 'keep one of them',
  },
  LINT_CYCLE: {
    severity: 'error',
    text: (a) => `template ${a.template} calls or waits for itself without end`,
    hint: () => 'break the circle, or guard it with a `when`',
  },
  LINT_SCHEDULE: {
    severity: 'error',
    text: (a) => `schedule ${JSON.stringify(a.schedule)}: ${a.problem}`,
    hint: () => 'correct the schedule',
  },
  LINT_BUILD: {
    severity: 'error',
    text: (a) => `kustomize build ${a.folder} fails: ${a.problem}`,
    hint: () => 'correct the kustomization or its patches',
  },
  LINT_PARAMETER_LIST: {
    severity: 'error',
    text: (a) => `${a.file} must repeat the whole parameter list, because kustomize replaces it; it lacks ${a.names}`,
    hint: () => 'add the missing parameters',
  },
  LINT_USELESS: { severity: 'warning', text: (a) => `${a.what} has no effect: ${a.why}`, hint: () => 'remove it' },
  LINT_RISK: { severity: 'warning', text: (a) => a.what },
};
