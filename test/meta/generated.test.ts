import { existsSync, readFileSync } from 'node:fs';
import fg from 'fast-glob';
import { describe, expect, test } from 'vitest';
import { generatedFiles, generatedPlaces } from '../generated.ts';

describe('generated files', async () => {
  const files = await generatedFiles();

  test('there are some', () => expect(files.size).toBeGreaterThan(100));

  test('no file is missing or left over', () => {
    expect(fg.sync(generatedPlaces, { dot: true }).sort()).toEqual([...files.keys()].sort());
  });

  test.each([...files.keys()])('%s is current (npm run test:update)', (path) => {
    expect(existsSync(path) ? readFileSync(path, 'utf8') : 'missing').toBe(files.get(path));
  });
});
