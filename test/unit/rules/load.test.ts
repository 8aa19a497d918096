import { describe, expect, test } from 'vitest';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { messageOf } from '../../../src/core/messages.ts';
import { formatPosition, repoPath } from '../../../src/core/source.ts';
import { loadRules } from '../../../src/rules/load.ts';
import type { RuleSet } from '../../../src/rules/rule-set.ts';

const macro = (id: string, title = 'm'): string =>
  `kind: macro\nid: ${id}\ntitle: ${title}\npattern: '__(?<name>[A-Z]+)__'\nexamples: [{text: __A__, names: [A]}]\n`;

function load(...files: readonly (readonly [string, string])[]): {
  readonly rules: RuleSet;
  readonly findings: readonly string[];
} {
  const diagnostics = new DiagnosticList();
  const rules = loadRules(
    files.map(([path, text]) => ({ path: repoPath(path), text })),
    diagnostics,
  );
  return {
    rules,
    findings: diagnostics
      .sorted()
      .map(
        (found) => `${found.code} ${found.span === undefined ? '' : formatPosition(found.span)} ${messageOf(found)}`,
      ),
  };
}

test('a rule is found by kind and by id, with the place of its id', () => {
  const { rules, findings } = load(['rules/macros/underscore.yaml', macro('macro-underscore')]);
  expect(findings).toEqual([]);
  expect(rules.byKind.macro.map((rule) => rule.id)).toEqual(['macro-underscore']);
  expect(rules.byKind.launcher).toEqual([]);
  expect(formatPosition(rules.byId.get('macro-underscore')!.at)).toBe('rules/macros/underscore.yaml:2:1');
});

describe('refused, with the position', () => {
  const cases: readonly (readonly [string, string, string, string])[] = [
    [
      'unknown key',
      'rules/macros/a.yaml',
      `${macro('macro-a')}colour: red\n`,
      'RULE_INVALID rules/macros/a.yaml:6:1 colour: unknown key',
    ],
    [
      'unknown key inside',
      'rules/launchers/a.yaml',
      'kind: launcher\nid: launcher-a\ntitle: t\nidioms: [1]\nmatch: {operator: sh, comand: x}\nexamples: [{step: {sh>: x}, gives: nothing}]\n',
      'RULE_INVALID rules/launchers/a.yaml:5:23 match.comand: unknown key',
    ],
    [
      'missing key',
      'rules/macros/a.yaml',
      'kind: macro\nid: macro-a\ntitle: t\nexamples: [{text: a, names: []}]\n',
      'RULE_INVALID rules/macros/a.yaml:1:1 pattern: Invalid input: expected string, received undefined',
    ],
    [
      'broken pattern',
      'rules/macros/a.yaml',
      "kind: macro\nid: macro-a\ntitle: t\npattern: '(['\nexamples: [{text: a, names: []}]\n",
      'RULE_INVALID rules/macros/a.yaml:4:1 pattern: is no valid regular expression',
    ],
    [
      'no example',
      'rules/macros/a.yaml',
      'kind: macro\nid: macro-a\ntitle: t\npattern: a\nexamples: []\n',
      'RULE_INVALID rules/macros/a.yaml:5:1 examples: Too small: expected array to have >=1 items',
    ],
    [
      'name unlike the file',
      'rules/macros/b.yaml',
      macro('macro-a'),
      'RULE_NAME rules/macros/b.yaml:2:1 the rule is called macro-a, its file says macro-b',
    ],
    [
      'no YAML',
      'rules/macros/a.yaml',
      'kind: [macro\n',
      'RULE_SYNTAX rules/macros/a.yaml:2:1 the rule file is no valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ] at line 2, column 1:',
    ],
  ];
  test.each(cases)('%s', (_, path, text, want) => {
    const { rules, findings } = load([path, text]);
    expect(findings).toContain(want);
    expect(rules.byId.size).toBe(0);
  });

  test('an unknown kind names the key', () => {
    const { findings } = load(['rules/macros/a.yaml', 'kind: macros\nid: macro-a\n']);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatch(/^RULE_INVALID rules\/macros\/a\.yaml:1:1 kind: /);
  });
});

test('a later file replaces a rule of the same id, and the replacement is listed', () => {
  const { rules, findings } = load(
    ['rules/macros/a.yaml', macro('macro-a', 'of the package')],
    ['mine/rules/macros/a.yaml', macro('macro-a', 'mine')],
  );
  expect(rules.byId.get('macro-a')?.title).toBe('mine');
  expect(rules.replacements).toEqual([
    { id: 'macro-a', by: 'mine/rules/macros/a.yaml', replaced: 'rules/macros/a.yaml' },
  ]);
  expect(findings).toEqual([
    'RULE_REPLACED mine/rules/macros/a.yaml:2:1 macro-a of rules/macros/a.yaml is replaced by mine/rules/macros/a.yaml',
  ]);
});

test('rules of a later layer come first, within a layer the id decides and not the order of the files', () => {
  const files = [
    ['rules/macros/b.yaml', macro('macro-b')],
    ['rules/macros/a.yaml', macro('macro-a')],
    ['mine/rules/macros/z.yaml', macro('macro-z')],
  ] as const;
  expect(load(...files).rules.byKind.macro.map((rule) => rule.id)).toEqual(['macro-z', 'macro-a', 'macro-b']);
  expect(load(files[1], files[0], files[2]).rules.byKind.macro.map((rule) => rule.id)).toEqual([
    'macro-z',
    'macro-a',
    'macro-b',
  ]);
});
