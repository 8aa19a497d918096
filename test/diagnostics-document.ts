import { diagnose } from '../src/core/diagnose.ts';
import type { DiagnosticArgs, DiagnosticCode } from '../src/core/diagnostic.ts';
import { messageOf, messages } from '../src/core/messages.ts';
import { plain } from '../src/report/reporters/markdown-text.ts';
import { diagnosticExamples } from './diagnostic-examples.ts';

const areas: Readonly<Record<string, string>> = {
  PROJECT: 'The legacy folder and its configuration',
  CONFIG: 'The legacy folder and its configuration',
  YAML: 'YAML',
  DIG: 'Digdag files',
  GRAPH: 'Steps and their order',
  FLOW: 'Steps and their order',
  STEP: 'Steps and their order',
  WORKER: 'Launchers and plain steps',
  EXPR: 'Expressions',
  SCHEDULE: 'Schedules',
  JINJA: 'Templates',
  LAUNCHER: 'Launchers and plain steps',
  NOTIFY: 'Launchers and plain steps',
  OPERATOR: 'Rules and policies',
  RULE: 'Rules and policies',
  POLICY: 'Rules and policies',
  POD: 'Pods',
  JOB: 'Pods',
  SIDECAR: 'Pods',
  CLOCK: 'Clocks',
  ENVIRONMENT: 'Environments',
  ENVIRONMENTS: 'Environments',
  LINT: 'lint',
  OUT: 'The output folder',
  REVIEW: 'Reports',
  EXPLAIN: 'Reports',
  VERIFY: 'verify',
};

const severities = { error: 'error', warning: 'warning', info: 'note' } as const;

/** rules/diagnostics.md: every code with what it says, by an example, and what to do. */
export function diagnosticsDocument(): string {
  const sections = new Map<string, string[]>();
  for (const code of codes()) {
    const area = areas[code.slice(0, code.indexOf('_'))] ?? 'Other';
    sections.set(area, [...(sections.get(area) ?? []), entry(code)]);
  }
  const order = [...new Set([...Object.values(areas), 'Other'])].filter((area) => sections.has(area));
  return [
    "# Diagnostics\n\nGenerated (`npm run test:update`). Every finding has a code that stays the same from version to version, a place, and\nwhere there is something to do, a hint. Errors make a job need work, warnings ask for a decision, notes say what changes.\nThe examples stand for what a real finding says of the user's own files.\n",
    ...order.map((area) => `## ${area}\n\n${(sections.get(area) ?? []).join('\n')}`),
  ].join('\n');
}

function codes(): readonly DiagnosticCode[] {
  return (Object.keys(messages) as DiagnosticCode[]).sort();
}

function entry(code: DiagnosticCode): string {
  const args = diagnosticExamples[code];
  if (args === undefined) return `- <a id="${code}"></a>**\`${code}\``;
  const example = exampleOf(code, args);
  const { severity, hint } = example;
  const todo = hint === undefined ? '' : `  To do: ${plain(hint)}\n`;
  return `- <a id="${code}"></a>**\`${code}\`** (${severities[severity]})\n  Example: ${plain(messageOf(example))}\n${todo}`;
}

function exampleOf<C extends DiagnosticCode>(code: C, args: DiagnosticArgs[C]): ReturnType<typeof diagnose> {
  return diagnose(code, args);
}
