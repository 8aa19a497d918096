import { describe, expect, test } from 'vitest';
import { configSchema } from '../../src/config/schema.ts';
import type { LauncherRule } from '../../src/rules/schema.ts';
import { builtInRules, readStep, type StepReading, toPlain, toValue } from '../unit/launchers/project.ts';

const rules = builtInRules().byKind.launcher;

test('there are launcher rules for all nine idioms', () => {
  expect([...new Set(rules.flatMap((rule) => rule.idioms))].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  test.each(rule.examples.map((example) => [JSON.stringify(example.step), example] as const))('%s', (_, example) => {
    const reading = readExample(example);
    if (example.gives === 'nothing') {
      expect(reading.result?.launch?.rule).not.toBe(id);
      return;
    }
    expect(reading.result?.launch?.rule).toBe(id);
    const jobs = (reading.result?.effects ?? []).flatMap((effect) => (effect.kind === 'job' ? [effect] : []));
    expect(jobs.map((job) => toPlain(job.manifest))).toMatchObject(example.gives.jobs ?? []);
    for (const job of jobs) {
      if (example.gives.cluster !== undefined) expect(toPlain(job.cluster)).toBe(example.gives.cluster);
      if (example.gives.namespace !== undefined) expect(toPlain(job.namespace)).toBe(example.gives.namespace);
      if (example.gives.wait !== undefined)
        expect({ timeout: job.wait.timeoutSeconds, failure: job.wait.seesFailure }).toEqual({
          timeout: example.gives.wait.timeout,
          failure: example.gives.wait.failure,
        });
    }
    if (example.gives.command !== undefined)
      expect(
        (reading.result?.effects ?? []).map((effect) =>
          effect.kind === 'command'
            ? {
                ...(effect.image === undefined ? {} : { image: toPlain(effect.image) }),
                source: toPlain(effect.source),
              }
            : effect.kind,
        ),
      ).toEqual([example.gives.command]);
    if (example.gives.diagnostics !== undefined) expect(reading.codes).toEqual(example.gives.diagnostics);
    else expect(reading.diagnostics.items.filter((item) => item.severity === 'error')).toEqual([]);
  });
});

test('each launcher rule has an example that it takes and one that it refuses', () => {
  expect(rules.length).toBeGreaterThan(0);
  for (const rule of rules)
    expect(new Set(rule.examples.map((example) => example.gives === 'nothing')), rule.id).toEqual(
      new Set([true, false]),
    );
});

function readExample(example: LauncherRule['examples'][number]): StepReading {
  const [operator, ...options] = Object.entries(example.step);
  if (operator === undefined) throw new Error('a step without an operator');
  const command = operator[1];
  return readStep({
    operator: operator[0].replace(/>$/, ''),
    command: typeof command === 'string' ? command : toValue(command),
    options: Object.fromEntries(options.map(([key, value]) => [key, toValue(value)])),
    scope: example.parameters ?? {},
    files: example.files ?? {},
    manifests: example.manifests ?? {},
    config: { clusters: configSchema.parse({}).clusters },
  });
}
