import { readFileSync } from 'node:fs';
import fg from 'fast-glob';
import { describe, expect, test } from 'vitest';
import { messages } from '../../src/core/messages.ts';

const sources = fg
  .sync('src/**/*.ts')
  .sort()
  .map((path) => ({ path, text: readFileSync(path, 'utf8') }));

/** Where the outside may be touched; each entry has its reason. */
const doors: readonly { readonly pattern: RegExp; readonly allowed: RegExp }[] = [
  // Files are read by the host and by the command line, and written by the command line alone.
  {
    pattern: /from 'node:(?:fs|fs\/promises)'/,
    allowed: /^src\/(?:cli\/|pipeline\/host\.ts|templates\/load\.ts|sandbox\/)/,
  },
  { pattern: /\bconsole\./, allowed: /^src\/cli\// },
  { pattern: /\bprocess\./, allowed: /^src\/cli\// },
  { pattern: /from 'node:(?:child_process|net|http|https|vm|worker_threads)'/, allowed: /^$/ },
  // `verify` plays the next fires from today where nobody names a day, and prints from when; so does the report's page.
  { pattern: /\bDate\.now\(|\bnew Date\(\)|Math\.random\(/, allowed: /^src\/(?:cli\/today|report\/page\/main)\.ts$/ },
  // The sandbox takes it away from foreign code by name.
  { pattern: /localeCompare/, allowed: /^src\/sandbox\// },
];

describe('house rules', () => {
  test('sources were found', () => expect(sources.length).toBeGreaterThan(50));

  test.each(doors)('$pattern only where it belongs', ({ pattern, allowed }) => {
    expect(
      sources
        .filter(({ path, text }) => pattern.test(withoutComments(text)) && !allowed.test(path))
        .map(({ path }) => path),
    ).toEqual([]);
  });

  test('no file over 400 lines without a reason at its head', () => {
    const long = sources.filter(
      ({ text }) =>
        text.split('\n').length > 401 &&
        !/^(?:\/\*\*|\/\/).*(?:one (?:lexer|parser|table|printer|grammar))/.test(text.slice(0, 1500)),
    );
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  test('no file is called utils, helpers or common', () => {
    expect(
      sources.map(({ path }) => path).filter((path) => /(?:^|\/)(?:utils?|helpers?|common)\.ts$/.test(path)),
    ).toEqual([]);
  });

  test('every diagnostic code is emitted somewhere', () => {
    const codes = Object.keys(messages);
    expect(codes.length).toBeGreaterThan(50);
    const text = sources
      .filter(({ path }) => !path.startsWith('src/core/diagnostics/'))
      .map((source) => source.text)
      .join('\n');
    expect(codes.filter((code) => !text.includes(`'${code}'`))).toEqual([]);
  });
});

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
}
