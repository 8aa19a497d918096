import { describe, expect, test } from 'vitest';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { entryOf } from '../../../src/ir/read-value.ts';
import { imageRuleOf } from '../../../src/rules/builtin/pod/images.ts';
import { jobToTemplate } from '../../../src/rules/builtin/pod/job-to-template.ts';
import { allowsValue, decisionText } from '../../../src/rules/builtin/pod/policies.ts';
import { fromPlain, plain, podInput, ruleProblems, rules, value } from './fixture.ts';

const session = '2024-03-31T00:00:00+09:00';

function convert(pod: unknown): { template: ReturnType<typeof jobToTemplate>; codes: readonly string[] } {
  const sink = new DiagnosticList();
  const job = fromPlain({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'x' },
    spec: { backoffLimit: 0, template: { spec: { restartPolicy: 'Never', ...(pod as object) } } },
  });
  if (job.kind !== 'map') throw new Error('not a map');
  const template = jobToTemplate(job, podInput(sink));
  return { template, codes: sink.items.map((it) => it.code) };
}

test('the rules of pods load without findings', () => {
  expect(ruleProblems).toEqual([]);
  expect(rules.byKind.clock.length).toBeGreaterThan(5);
  expect(rules.byKind.sidecar.length).toBeGreaterThan(1);
});

describe.each(rules.byKind.clock)('$id', (rule) => {
  test.each(rule.examples)('$text', (example) => {
    const runs: Record<string, string[]> = {
      shell: ['sh', '-c'],
      python: ['python', '-c'],
      ruby: ['ruby', '-e'],
      node: ['node', '-e'],
      program: [],
    };
    const env = example.zone === undefined ? {} : { env: [{ name: 'TZ', value: example.zone }] };
    const { template, codes } = convert({
      containers: [
        {
          name: 'main',
          image: example.image ?? 'example.test/app',
          command: runs[rule.language],
          args: [example.text],
          ...env,
        },
      ],
    });
    const container = plain(entryOf(template?.body, 'container'), session) as { command: string[]; args?: string[] };
    const clockCodes = codes.filter((code) => code.startsWith('CLOCK'));
    if (example.gives === 'nothing')
      expect(clockCodes.filter((code) => code !== 'CLOCK_KEPT' || rule.id.endsWith('-other'))).toEqual([]);
    else if (example.gives === 'kept') expect(clockCodes).toContain('CLOCK_KEPT');
    else {
      expect(
        [...container.command, ...(container.args ?? [])].join(' ').replace(/^(?:python|ruby|node) -[ce] /, ''),
      ).toBe(example.gives.text);
      expect(clockCodes).toEqual(['CLOCK_REPLACED']);
    }
  });
});

describe.each(rules.byKind.sidecar)('$id', (rule) => {
  test.each(rule.examples)('$image: $main', (example) => {
    const sidecar =
      example.sidecar === undefined ? { command: ['proxy'] } : { command: ['sh', '-c'], args: [example.sidecar] };
    const shared = { name: 'lifecycle', mountPath: '/lifecycle' };
    const { template, codes } = convert({
      ...(example.share_process_namespace === true ? { shareProcessNamespace: true } : {}),
      containers: [
        {
          name: 'main',
          image: 'example.test/app',
          command: ['sh', '-c'],
          args: [example.main],
          volumeMounts: [shared],
        },
        { name: 'side', image: example.image, ...sidecar, volumeMounts: [shared] },
      ],
      volumes: [{ name: 'lifecycle', emptyDir: {} }],
    });
    const container = plain(entryOf(template?.body, 'container')) as { command: string[]; args?: string[] };
    const known = template?.accepted.some((it) => it.rule === rule.id) === true;
    if (example.gives === 'kept') expect(codes).toContain('SIDECAR_STOP_KEPT');
    else if (example.gives === 'nothing') expect(known || codes.includes('SIDECAR_STOP_KEPT')).toBe(false);
    else {
      expect(codes).toEqual([]);
      expect(template?.accepted.find((it) => it.path === 'containers[side]')?.reason).toContain(example.gives.stop);
      expect({ command: container.command, args: container.args ?? [] }).toEqual({
        command: example.gives.command,
        args: example.gives.args ?? [],
      });
      expect(entryOf(template?.body, 'podSpecPatch')).toBeUndefined();
    }
  });
});

describe.each(rules.byKind.image)('$id', (rule) => {
  test.each(rule.examples)('$image', (example) => {
    const found = imageRuleOf(value(`image: ${example.image}`), [rule]);
    expect(found?.command ?? 'nothing').toEqual(example.gives);
  });
});

describe.each(rules.byKind.policy)('$id', (rule) => {
  test.each(rule.examples)('$value', (example) => {
    const allowed = allowsValue(rule, example.value);
    expect(allowed).toBe(example.gives !== 'refused');
    if (example.gives !== 'refused') expect(decisionText(rule, example.value)).toBe(example.gives.text);
    expect(allowsValue(rule, rule.default)).toBe(true);
  });
});
