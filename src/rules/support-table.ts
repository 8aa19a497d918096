import { sortedBy } from '../core/order.ts';
import { constructs } from './constructs.ts';
import type { Loaded, RuleSet } from './rule-set.ts';
import { type Rule, type RuleKind, ruleKinds, severalMatch } from './schema.ts';

const headings: Readonly<Record<RuleKind, string>> = {
  operator: 'Operators of Digdag',
  launcher: 'Launchers: how a step starts a Kubernetes Job',
  macro: 'Run-time macros in manifests',
  clock: 'Clocks: what asks for the time inside a container',
  sidecar: 'Sidecars and the hacks that stop them',
  notification: 'Notifications',
  image: 'Entry points of images',
  policy: 'Policies: decisions you can flip',
  naming: 'Names',
  figures: 'Figures of the forecast',
};

const several: Readonly<Record<'error' | 'all' | 'first', string>> = {
  error: 'Exactly one rule may match.',
  all: 'All rules that match apply.',
  first: 'The first rule that matches applies: your own before those of the package, then by id.',
};

/** Text of rules/README.md: what is converted, from the rules themselves. */
export function supportTable(rules: RuleSet): string {
  const sections = ruleKinds.flatMap((kind) => sectionOf(kind, rules));
  return [
    '# Rules',
    '',
    'This file is generated from the rules. One file is one rule; its name is the end of its id. A rule file of your own goes to `rules/` in the legacy folder',
    '(or a folder given with `--rules`); one with the same id replaces the rule of the package, and the report says so. `rule.schema.json` lets an editor check rule files.',
    '',
    ...constructSection(),
    ...sections,
  ].join('\n');
}

/** One row for each construct of the language. */
function constructSection(): readonly string[] {
  return [
    '## Constructs of Digdag',
    '',
    'A code in the last column is reported where the construct, or a form of it, is not exact; `dig2argo report` lists them with their places.',
    '',
    '| construct | kind | | becomes | reported as |',
    '|---|---|---|---|---|',
    ...constructs.map(({ name, kind, fate, becomes, codes }) => {
      const cells = [`\`${name}\``, kind, fate, becomes, codes.map((code) => `\`${code}\``).join(' ')];
      return `| ${cells.map(cell).join(' | ')} |`;
    }),
    '',
  ];
}

function sectionOf(kind: RuleKind, rules: RuleSet): readonly string[] {
  const own = sortedBy<Loaded>(rules.byKind[kind], (rule) => rule.id);
  if (own.length === 0) return [];
  return [
    `## ${headings[kind]}`,
    '',
    several[severalMatch[kind]],
    '',
    '| rule | what it does | |',
    '|---|---|---|',
    ...own.map(rowOf),
    '',
  ];
}

function rowOf(rule: Loaded): string {
  return `| ${[`\`${rule.id}\``, cell(rule.title), cell(remarkOf(rule))].join(' | ')} |`;
}

function remarkOf(rule: Rule): string {
  switch (rule.kind) {
    case 'operator':
      return rule.manual === undefined ? 'converted' : `by hand: ${rule.manual}`;
    case 'launcher':
      return rule.unsupported === undefined
        ? `idiom ${rule.idioms.join(', ')}`
        : `idiom ${rule.idioms.join(', ')}; by hand: ${rule.unsupported}`;
    case 'macro':
      return rule.leftover ? 'reported where it is left over' : '';
    case 'clock':
      return rule.format === undefined && rule.use === undefined ? 'reported' : 'replaced by the session';
    case 'sidecar':
      return rule.stops.map((stop) => stop.name).join('; ');
    case 'notification':
      return rule.template === undefined ? rule.via : `${rule.via}, by the shared template ${rule.template}`;
    case 'image':
      return rule.command.join(' ');
    case 'policy':
      return `\`${rule.name}: ${JSON.stringify(rule.default)}\``;
    case 'naming':
      return rule.names;
    case 'figures':
      return rule.source;
  }
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
