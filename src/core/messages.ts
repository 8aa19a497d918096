import type { Diagnostic, DiagnosticArgs, DiagnosticCode, MessageTable } from './diagnostic.ts';
import { digMessages } from './diagnostics/dig.ts';
import { exprMessages } from './diagnostics/expr.ts';
import { flowMessages } from './diagnostics/flow.ts';
import { jinjaMessages } from './diagnostics/jinja.ts';
import { launcherMessages } from './diagnostics/launcher.ts';
import { lintMessages } from './diagnostics/lint.ts';
import { mergeMessages } from './diagnostics/merge.ts';
import { outputMessages } from './diagnostics/output.ts';
import { podMessages } from './diagnostics/pod.ts';
import { projectMessages } from './diagnostics/project.ts';
import { reportMessages } from './diagnostics/report.ts';
import { ruleMessages } from './diagnostics/rule.ts';
import { verifyMessages } from './diagnostics/verify.ts';
import { yamlMessages } from './diagnostics/yaml.ts';

/** Every text of the program, by code. A code without a text does not compile. */
export const messages: MessageTable<DiagnosticArgs> = {
  ...projectMessages,
  ...yamlMessages,
  ...digMessages,
  ...exprMessages,
  ...jinjaMessages,
  ...launcherMessages,
  ...ruleMessages,
  ...podMessages,
  ...flowMessages,
  ...mergeMessages,
  ...lintMessages,
  ...verifyMessages,
  ...outputMessages,
  ...reportMessages,
};

/** What a diagnostic says, without its position. */
export function messageOf(diagnostic: Diagnostic): string {
  return textOf(diagnostic.code, diagnostic.args);
}

function textOf<C extends DiagnosticCode>(code: C, args: DiagnosticArgs[C]): string {
  return messages[code].text(args);
}
