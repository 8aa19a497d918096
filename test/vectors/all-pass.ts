import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Vector, VectorAdapter } from './adapter.ts';

/** A test that runs every recorded case of one file, but the ones in the skip list. */
export function testAllPass(tool: string, file: string, adapter: VectorAdapter): void {
  test(`all recorded answers of ${tool}/${file}`, async () => {
    const skipped =
      (
        JSON.parse(readFileSync(new URL('skip.json', import.meta.url), 'utf8')) as Record<
          string,
          Record<string, string>
        >
      )[`${tool}/${file}`] ?? {};
    const lines = readFileSync(new URL(`${tool}/${file}.jsonl`, import.meta.url), 'utf8')
      .trim()
      .split('\n');
    const failures: string[] = [];
    for (const line of lines) {
      const vector = JSON.parse(line) as Vector;
      const id = String(vector['id']);
      const outcome = id in skipped ? { kind: 'skipped' } : await adapter.check(vector);
      if (outcome.kind === 'failed') failures.push(id);
    }
    expect(lines.length).toBeGreaterThan(10);
    expect(failures).toEqual([]);
  });
}
