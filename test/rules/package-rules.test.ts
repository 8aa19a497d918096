import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { DiagnosticList } from '../../src/core/diagnose.ts';
import { ruleJsonSchema } from '../../src/rules/json-schema.ts';
import { loadRules } from '../../src/rules/load.ts';
import { nameByRule } from '../../src/rules/naming.ts';
import { supportTable } from '../../src/rules/support-table.ts';
import { builtInRules, readStep, ruleFiles, toPlain } from '../unit/launchers/project.ts';

test('every rule file of the package loads, in the folder of its kind', () => {
  const diagnostics = new DiagnosticList();
  const rules = loadRules(ruleFiles(), diagnostics);
  expect(diagnostics.items).toEqual([]);
  expect(rules.byId.size).toBe(ruleFiles().length);
  expect(rules.byId.size).toBeGreaterThan(20);
  const folder: Readonly<Record<string, string>> = { policy: 'policies', figures: 'figures', naming: 'naming' };
  for (const rule of rules.byId.values())
    expect(rule.at.file).toBe(
      `rules/${folder[rule.kind] ?? `${rule.kind}s`}/${rule.id.slice(rule.kind.length + 1)}.yaml`,
    );
});

test('rules/rule.schema.json is current and accepts every rule file', () => {
  expect(readFileSync('rules/rule.schema.json', 'utf8')).toBe(ruleJsonSchema());
  const validate = new Ajv2020({ strict: false }).compile(JSON.parse(ruleJsonSchema()));
  for (const file of ruleFiles())
    expect([file.path, validate(parse(file.text)), validate.errors]).toEqual([file.path, true, null]);
  expect(
    validate({
      kind: 'macro',
      id: 'macro-a',
      title: 't',
      pattern: 'a',
      examples: [{ text: 'a', names: [] }],
      colour: 'red',
    }),
  ).toBe(false);
});

test('rules/README.md is current', () => {
  expect(readFileSync('rules/README.md', 'utf8')).toBe(supportTable(builtInRules()));
});

describe('macro examples', () => {
  const cases = builtInRules().byKind.macro.flatMap((rule) =>
    rule.examples.map((example) => [rule.id, example.text, example.names, rule.pattern] as const),
  );
  test.each(cases)('%s: %s', (_, text, names, pattern) => {
    expect([...text.matchAll(new RegExp(pattern, 'gu'))].map((match) => match.groups?.['name'])).toEqual(names);
  });
});

describe('notification examples', () => {
  const rules = builtInRules().byKind.notification;
  const cases = rules.flatMap((rule) => rule.examples.map((example) => [rule.id, example.command, example] as const));
  test.each(cases)('%s: %s', (_, command, example) => {
    const named = command.replace(/\$\{(\w+)\}/g, (whole, name: string) => example.parameters?.[name] ?? whole);
    const reading = readStep({
      command: named,
      scope: example.parameters ?? {},
      files: example.files ?? {},
      config: { worker: { env: { SLACK_WEBHOOK_URL: { secret: 'slack', key: 'url' } } } },
    });
    const sent = (reading.result?.effects ?? []).flatMap((effect) =>
      effect.kind === 'notify' ? [{ to: toPlain(effect.to), body: toPlain(effect.body) }] : [],
    );
    expect(sent).toEqual(example.gives === 'nothing' ? [] : [example.gives]);
  });
});

describe('naming examples', () => {
  const rules = builtInRules();
  const cases = rules.byKind.naming.flatMap((rule) => rule.examples.map((example) => [rule, example] as const));
  test.each(cases)('$id', (rule, example) => {
    const alone = { byKind: { ...rules.byKind, naming: [rule] } };
    expect(nameByRule(alone, rule.names, example.from)).toBe(
      example.gives === 'nothing' ? undefined : example.gives.name,
    );
  });
});

describe('operator examples', () => {
  const cases = builtInRules().byKind.operator.flatMap((rule) =>
    rule.examples.map((example) => [rule.id, example] as const),
  );
  test.each(cases)('%s', (id, example) => {
    const [operator, command] = Object.entries(example.dig)[0]!;
    const rule = builtInRules().byId.get(id)!;
    const patterns = rule.kind === 'operator' ? rule.match.operator : [];
    expect(
      (typeof patterns === 'string' ? [patterns] : patterns).some((pattern) =>
        new RegExp(pattern).test(operator.replace(/>$/, '')),
      ),
    ).toBe(true);
    if (example.diagnostics === undefined) return;
    const reading = readStep({
      operator: operator.replace(/>$/, ''),
      command: typeof command === 'string' ? command : '',
    });
    expect(reading.codes).toEqual(example.diagnostics);
  });
});
