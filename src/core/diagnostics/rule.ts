import type { MessageTable } from '../diagnostic.ts';

export interface RuleDiagnostics {
  OPERATOR_MANUAL: { readonly operator: string; readonly remedy: string };
  OPERATOR_PROJECT_CODE: { readonly task: string };
  OPERATOR_TYPE_UNKNOWN: { readonly task: string; readonly name: string };
  OPERATOR_SECRET: { readonly task: string };
  OPERATOR_MAIL_SERVER: { readonly secret: string };
  OPERATOR_OPTION_LOST: { readonly operator: string; readonly option: string; readonly task: string };
  OPERATOR_UNKNOWN: { readonly operator: string; readonly task: string };
  RULE_SYNTAX: { readonly problem: string };
  RULE_INVALID: { readonly path: string; readonly problem: string };
  RULE_NAME: { readonly id: string; readonly expected: string };
  RULE_REPLACED: { readonly id: string; readonly by: string; readonly replaced: string };
  RULE_SEVERAL: { readonly what: string; readonly rules: readonly string[] };
}

export const ruleMessages: MessageTable<RuleDiagnostics> = {
  OPERATOR_MANUAL: {
    severity: 'error',
    text: (a) => `${a.operator}> is not converted`,
    hint: (a) => a.remedy,
  },
  OPERATOR_PROJECT_CODE: {
    severity: 'warning',
    text: (a) => `${a.task} calls code of the project, which Digdag pushes to its worker`,
    hint: () => "build the image of the step with the project's files in its working directory",
  },
  OPERATOR_TYPE_UNKNOWN: {
    severity: 'warning',
    text: (a) => `${a.task} gets ${a.name} as text; Digdag passes numbers, lists and maps of the loop's list as such`,
    hint: (a) => `convert ${a.name} in the method, or write a list of one type`,
  },
  OPERATOR_SECRET: {
    severity: 'error',
    text: (a) => `${a.task} reads a secret of the Digdag server, which stands as text in the new step`,
    hint: () => 'take it from a Secret in the emitted template',
  },
  OPERATOR_MAIL_SERVER: {
    severity: 'warning',
    text: (a) => `the mail server was a setting of the Digdag server; the step takes it from the Secret ${a.secret}`,
    hint: () => 'make the Secret with the keys url (smtps://…), username, password and from',
  },
  OPERATOR_OPTION_LOST: {
    severity: 'warning',
    text: (a) => `option ${a.option} of ${a.operator}> in ${a.task} has no equal and is left out`,
    hint: () => 'confirm that the step does without it',
  },
  OPERATOR_UNKNOWN: {
    severity: 'error',
    text: (a) => `no rule takes ${a.operator}> of ${a.task}`,
    hint: () => 'write a launcher or operator rule for it under rules/ of the legacy folder',
  },
  RULE_SYNTAX: {
    severity: 'error',
    text: (a) => `the rule file is no valid YAML: ${a.problem}`,
  },
  RULE_INVALID: {
    severity: 'error',
    text: (a) => (a.path === '' ? a.problem : `${a.path}: ${a.problem}`),
    hint: () => 'see rules/README.md, or let your editor check the file against rules/rule.schema.json',
  },
  RULE_NAME: {
    severity: 'error',
    text: (a) => `the rule is called ${a.id}, its file says ${a.expected}`,
    hint: (a) => `set \`id: ${a.expected}\`, or rename the file`,
  },
  RULE_REPLACED: {
    severity: 'info',
    text: (a) => `${a.id} of ${a.replaced} is replaced by ${a.by}`,
  },
  RULE_SEVERAL: {
    severity: 'error',
    text: (a) => `${a.what} is matched by ${a.rules.length} rules: ${a.rules.join(', ')}`,
    hint: () => 'narrow `match` of one of them, or replace one by a rule of your own with the same id',
  },
};
