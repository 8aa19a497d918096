import { DiagnosticList } from '../../core/diagnose.ts';
import { taskId } from '../../ir/graph.ts';
import { asMap, entryOf } from '../../ir/read-value.ts';
import { imageRuleOf } from '../../rules/builtin/pod/images.ts';
import { jobToTemplate } from '../../rules/builtin/pod/job-to-template.ts';
import { SecretBook } from '../../rules/builtin/pod/secret-book.ts';
import type { Loaded, RuleSet } from '../../rules/rule-set.ts';
import type { ClockRule, ImageRule, SidecarRule } from '../../rules/schema.ts';
import type { PodTemplate } from '../../rules/types.ts';
import { atSession, toPlain, toValue } from './plain-value.ts';
import { differs, type ExampleContext } from './types.ts';

/** The session for which examples of clock rules are written. */
const SESSION = '2024-03-31T00:00:00+09:00';
const TIMEZONE = 'Asia/Tokyo';
const from = { via: 'default', reason: 'an example' } as const;

interface Converted {
  readonly template: PodTemplate | undefined;
  readonly codes: readonly string[];
}

function converted(pod: Readonly<Record<string, unknown>>, rules: RuleSet): Converted {
  const sink = new DiagnosticList();
  const job = asMap(
    toValue(
      {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: { name: 'example' },
        spec: { backoffLimit: 0, template: { spec: { restartPolicy: 'Never', ...pod } } },
      },
      from,
    ),
  );
  const template =
    job === undefined
      ? undefined
      : jobToTemplate(job, {
          wait: { seesFailure: 'at-once' },
          task: taskId('+example+step'),
          timezone: TIMEZONE,
          secrets: new SecretBook('example'),
          sink,
          rules,
          rule: 'launcher-example',
        });
  return { template, codes: sink.items.map((item) => item.code) };
}

const runs: Readonly<Record<ClockRule['language'], readonly string[]>> = {
  shell: ['sh', '-c'],
  python: ['python', '-c'],
  ruby: ['ruby', '-e'],
  node: ['node', '-e'],
  perl: ['perl', '-e'],
  php: ['php', '-r'],
  program: [],
};

export function clockExample(
  example: ClockRule['examples'][number],
  rule: Loaded<ClockRule>,
  { rules }: ExampleContext,
): readonly string[] {
  const env = example.zone === undefined ? {} : { env: [{ name: 'TZ', value: example.zone }] };
  const image = example.image ?? 'example.test/app';
  const command = runs[rule.language];
  const words = command.length === 0 ? { args: [example.text] } : { command, args: [example.text] };
  const { template, codes } = converted({ containers: [{ name: 'main', image, ...words, ...env }] }, rules);
  const clock = codes.filter((code) => code.startsWith('CLOCK'));
  if (example.gives === 'nothing')
    return differs(
      'findings of this rule',
      [],
      clock.filter((code) => code !== 'CLOCK_KEPT' || rule.id.endsWith('-other')),
    );
  if (example.gives === 'kept')
    return clock.includes('CLOCK_KEPT') || clock.includes('CLOCK_IN_IMAGE')
      ? []
      : ['the clock is not reported as kept'];
  const container = entryOf(template?.body, 'container');
  const shown = [entryOf(container, 'command'), entryOf(container, 'args')].flatMap((list) => {
    const plain = toPlain(list, atSession(SESSION, TIMEZONE));
    return Array.isArray(plain) ? plain.map(String) : [];
  });
  return [
    ...differs('text', example.gives.text, withoutProgram(shown.join(' '), command)),
    ...differs('findings', ['CLOCK_REPLACED'], clock),
  ];
}

function withoutProgram(written: string, command: readonly string[]): string {
  const start = `${command.join(' ')} `;
  return written.startsWith(start) ? written.slice(start.length) : written;
}

export function sidecarExample(
  example: SidecarRule['examples'][number],
  rule: Loaded<SidecarRule>,
  { rules }: ExampleContext,
): readonly string[] {
  const shared = { name: 'lifecycle', mountPath: '/lifecycle' };
  const program =
    example.sidecar === undefined ? { command: ['proxy'] } : { command: ['sh', '-c'], args: [example.sidecar] };
  const main = { name: 'main', image: 'example.test/app', command: ['sh', '-c'], args: [example.main] };
  const { template, codes } = converted(
    {
      ...(example.share_process_namespace === true ? { shareProcessNamespace: true } : {}),
      containers: [
        { ...main, volumeMounts: [shared] },
        { name: 'side', image: example.image, ...program, volumeMounts: [shared] },
      ],
      volumes: [{ name: 'lifecycle', emptyDir: {} }],
    },
    rules,
  );
  const accepted = template?.accepted ?? [];
  if (example.gives === 'kept') return codes.includes('SIDECAR_STOP_KEPT') ? [] : ['the stop is not reported as kept'];
  if (example.gives === 'nothing')
    return accepted.some((each) => each.rule === rule.id) || codes.includes('SIDECAR_STOP_KEPT')
      ? ['the rule takes the stop, and should not']
      : [];
  const reason = accepted.find((each) => each.path === 'containers[side]')?.reason ?? '';
  const container = entryOf(template?.body, 'container');
  return [
    ...(reason.includes(example.gives.stop) ? [] : [`stop: wanted ${example.gives.stop}, got ${reason || 'none'}`]),
    ...differs('command', example.gives.command, toPlain(entryOf(container, 'command'))),
    ...differs('args', example.gives.args ?? [], toPlain(entryOf(container, 'args')) ?? []),
  ];
}

export function imageExample(example: ImageRule['examples'][number], rule: Loaded<ImageRule>): readonly string[] {
  const found = imageRuleOf(toValue({ image: example.image }, from), [rule]);
  return differs('entry point', example.gives, found?.command ?? 'nothing');
}
