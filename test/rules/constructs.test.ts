import { existsSync, readFileSync } from 'node:fs';
import fg from 'fast-glob';
import { describe, expect, test } from 'vitest';
import { messages } from '../../src/core/messages.ts';
import { constructs } from '../../src/rules/constructs.ts';
import { operators } from '../../src/session/operators.ts';

const names = constructs.flatMap(({ name }) => name.split(', '));

/** What the language has, by its documentation; operators are the interpreter's own list. */
const language: readonly string[] = [
  ...['hourly>', 'daily>', 'weekly>', 'monthly>', 'minutes_interval>', 'cron>', 'seconds_interval>'],
  ...['skip_on_overtime', 'skip_delayed_by', 'start', 'end', 'sla'],
  ...['_export', '_parallel: true', '_parallel: {limit}', '_background', '_after', '_retry', '_error', '_check'],
  ...['_disable', '_env', '_secrets', '!include'],
];

/** Operators of one family share a row. */
const family = /^(td|bq|redshift)_.*/;
/** Only Digdag itself starts it. */
const internal: ReadonlySet<string> = new Set(['notify']);

describe('the table of constructs', () => {
  test.each(language)('%s has a row', (name) => expect(names).toContain(name));

  test.each([...operators].filter((name) => !internal.has(name)))('%s> has a row', (operator) => {
    expect(names).toContain(`${operator.replace(family, '$1')}>`);
  });

  test.each(constructs)('$name is shown where its row says', ({ shown, codes }) => {
    expect(existsSync(shown)).toBe(true);
    for (const code of codes) expect(Object.keys(messages)).toContain(code);
  });

  test('what is not exact says by which code', () => {
    const silent = constructs.filter(
      ({ fate, codes }) => (fate === 'needs decision' || fate === 'difference reported') && codes.length === 0,
    );
    expect(silent).toEqual([]);
  });

  test('every code of a row is met in a test', () => {
    const tests = fg
      .sync(['test/**/*.test.ts', 'test/golden/*/*/case.yaml', 'reports/**/*.json'])
      .map((path) => readFileSync(path, 'utf8'))
      .join('\n');
    const codes = [...new Set(constructs.flatMap((construct) => construct.codes))];
    expect(codes.length).toBeGreaterThan(20);
    expect(codes.filter((code) => !tests.includes(code))).toEqual([]);
  });
});
