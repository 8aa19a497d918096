import type { MessageTable } from '../diagnostic.ts';

export interface RuleDiagnostics {
  OPERATOR_MANUAL: { readonly operator: string; readonly remedy: string };
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
