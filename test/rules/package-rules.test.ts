import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { DiagnosticList } from '../../src/core/diagnose.ts';
import { ruleJsonSchema } from '../../src/rules/json-schema.ts';
import { loadRules } from '../../src/rules/load.ts';
import { supportTable } from '../../src/rules/support-table.ts';
import { builtInRules, ruleFiles } from '../unit/launchers/project.ts';

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
