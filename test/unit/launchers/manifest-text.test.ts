import { expect, test } from 'vitest';
import { indexLines, repoPath } from '../../../src/core/source.ts';
import { entryOf, staticText } from '../../../src/ir/read-value.ts';
import { readManifestText } from '../../../src/launchers/manifest/read-text.ts';
import { mixed } from './project.ts';

function read(text: string): unknown {
  const span = indexLines({ path: repoPath('run.sh'), text }).span(0, text.length);
  const found = readManifestText(mixed(text), span);
  const value = found.kind === 'documents' ? entryOf(found.documents[0], 'a') : undefined;
  return value?.kind === 'scalar' ? value.value : staticText(value);
}

/** As `kubectl label --local -f … -o json` 1.33 read them. */
test.each([
  ['a: 0o444', 292],
  ['a: 0444', 292],
  ['a: 0b11', 3],
  ['a: 1_000', 1000],
  ['a: 2026-01-01', '2026-01-01'],
  ['a: "5"', '5'],
  ['a: !!str 5', '5'],
  ['a: on', true],
  ['a: 1e3', 1000],
  ['a: 2\na: 3', 3],
])('a manifest in a script is read as kubectl reads it: %s', (text, value) => {
  expect(read(text)).toBe(value);
});
