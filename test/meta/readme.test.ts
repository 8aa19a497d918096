import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DiagnosticList } from '../../src/core/diagnose.ts';
import { repoPath } from '../../src/core/source.ts';
import { loadRules } from '../../src/rules/load.ts';

const readme = readFileSync('README.md', 'utf8');

describe('README', () => {
  test('every link into the tree leads somewhere', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map((match) => match[1] ?? '');
    expect(links.length).toBeGreaterThan(10);
    expect(links.filter((link) => !existsSync(link))).toEqual([]);
  });

  test('every npm script that it names exists', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    const named = [
      ...readme.matchAll(/npm (?:run )?(demo|test(?::\w+)?|build|vectors|conformance|[a-z]+:[a-z]+)\b/g),
    ].map((match) => match[1] ?? '');
    expect(named.length).toBeGreaterThan(4);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  test('its rule is a rule, in at most 25 lines', () => {
    const text = /```yaml\n(# legacy\/rules[\s\S]*?)```/.exec(readme)?.[1] ?? '';
    const sink = new DiagnosticList();
    const rules = loadRules([{ path: repoPath('rules/launchers/run-batch.yaml'), text }], sink);
    expect(sink.items).toEqual([]);
    expect([...rules.byId.keys()]).toEqual(['launcher-run-batch']);
    expect(text.split('\n').length).toBeLessThanOrEqual(25);
  });

  test('the job it shows is the one that the example becomes', () => {
    const shown = /```yaml\n( {6}- name: tasks[\s\S]*?)```/.exec(readme)?.[1] ?? '';
    const emitted = readFileSync('reports/daily-sales/out/cron/daily-sales-report/base/workflow.yaml', 'utf8');
    const lines = shown
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.filter((line) => !emitted.includes(line))).toEqual([]);
  });
});
