import { describe, expect, test } from 'vitest';
import { DiagnosticList } from '../../src/core/diagnose.ts';
import { runRuleExamples } from '../../src/pipeline/rule-tests/run-examples.ts';
import { loadRules } from '../../src/rules/load.ts';
import type { RuleKind } from '../../src/rules/schema.ts';
import { packageRules } from '../generated.ts';

const files = packageRules();
const rules = loadRules(files, new DiagnosticList());
const results = await runRuleExamples(rules, files);

test('every rule has examples that ran', () => {
  expect(results.length).toBeGreaterThan(100);
  expect(new Set(results.map(({ rule }) => rule)).size).toBe(rules.byId.size);
});

describe('the examples of the rules', () => {
  test.each(results.map((each) => [`${each.rule} ${each.number}`, each.problems] as const))('%s', (_, problems) =>
    expect(problems).toEqual([]),
  );
});

/** Rules of these kinds say what they take and what they leave alone. */
const bothWays: readonly RuleKind[] = ['launcher', 'clock', 'sidecar', 'notification', 'image', 'policy', 'naming'];

test.each(bothWays)('each %s rule has an example that it takes and one that it leaves alone', (kind) => {
  const ids = rules.byKind[kind].map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(0);
  const of = (id: string): ReadonlySet<boolean> =>
    new Set(results.filter(({ rule }) => rule === id).map(({ accepts }) => accepts));
  const oneSided = ids.filter((id) => of(id).size < 2 && !id.endsWith('-other'));
  expect(oneSided).toEqual([]);
});

test('there are launcher rules for all nine idioms', () => {
  expect([...new Set(rules.byKind.launcher.flatMap(({ idioms }) => idioms))].sort()).toEqual([
    1, 2, 3, 4, 5, 6, 7, 8, 9,
  ]);
});

test('examples of figures are added up', async () => {
  const [rule] = rules.byKind.figures;
  if (rule === undefined) throw new Error('no figures');
  const broken = {
    ...rule,
    values: { deletes: 2 },
    examples: [
      { of: { deletes: 3 }, gives: 6 },
      { of: { deletes: 3 }, gives: 7 },
      { of: { deltes: 3 }, gives: 0 },
    ],
  };
  const results = await runRuleExamples({ ...rules, byId: new Map([[rule.id, broken]]) }, files);
  expect(results.map(({ problems }) => problems)).toEqual([
    [],
    ['sum: wanted 7, got 6'],
    ['the rule has no figure for deltes'],
  ]);
});

test('an example that does not hold says what it wanted', async () => {
  const [rule] = rules.byKind.macro;
  if (rule === undefined) throw new Error('no macro rule');
  const broken = { ...rule, examples: [{ text: 'nothing here', names: ['NAME'] }] };
  const results = await runRuleExamples({ ...rules, byId: new Map([[rule.id, broken]]) }, files);
  expect(results.map(({ problems }) => problems)).toEqual([['names: wanted ["NAME"], got []']]);
});
