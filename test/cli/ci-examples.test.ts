import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { services } from '../../src/cli/services.ts';
import { Workplace } from './run-cli.ts';

const readme = readFileSync('reports/README.md', 'utf8');
const examples = [...readme.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']): unknown => parse(text));

/** The commands of an example, in their order: `run` of GitHub's steps, `script` of GitLab's jobs. */
function commandsIn(example: unknown): readonly string[] {
  if (Array.isArray(example)) return example.flatMap((item) => (typeof item === 'string' ? [item] : commandsIn(item)));
  if (typeof example !== 'object' || example === null) return [];
  return Object.entries(example).flatMap(([key, value]) =>
    key === 'run' && typeof value === 'string'
      ? [value]
      : key === 'script' || typeof value === 'object'
        ? commandsIn(value)
        : [],
  );
}

let place: Workplace;
beforeAll(async () => {
  place = new Workplace();
  cpSync('samples/daily-sales/legacy', join(place.folder, 'legacy'), { recursive: true });
  await place.run(services, 'convert', 'legacy', 'out');
  cpSync(join(place.folder, 'out/reports/report.json'), join(place.folder, 'baseline.json'));
  // The output in the repository is that of the command in CI: it names the baseline too.
  await place.run(services, 'convert', 'legacy', 'out', '--baseline', 'baseline.json');
});
afterAll(() => place.remove());

describe.each([
  ['GitHub Actions', 0, 4],
  ['GitLab CI', 1, 4],
] as const)('the example for %s', (_, at, count) => {
  const commands = commandsIn(examples[at]).filter(
    (command) => command.includes('dig2argo') && !command.startsWith('npm '),
  );

  test('has commands of ours', () => expect(commands.length).toBeGreaterThanOrEqual(count - 1));

  test.each(commands)('%s', async (command) => {
    const [call = '', file] = command.split(' > ');
    const { code, out, err } = await place.run(services, ...call.split(' ').slice(1));
    expect([code, err.includes('error')]).toEqual([0, false]);
    if (file?.endsWith('.sarif') === true) expect(JSON.parse(out).version).toBe('2.1.0');
    if (file?.endsWith('.xml') === true) expect(out).toContain('<testsuites');
  });
});
