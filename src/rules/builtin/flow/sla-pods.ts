import { diagnose } from '../../../core/diagnose.ts';
import { byRule, list, map, scalar, text, textOf, withEntry } from '../../../ir/build-value.ts';
import { canonicalKey } from '../../../ir/canonical.ts';
import type { Effect, OperatorTask, Sla, Task, TaskId } from '../../../ir/graph.ts';
import { asMap, entryOf, itemsOf, partsOf, staticText } from '../../../ir/read-value.ts';
import type { MapValue, Provenance, TextPart, Value } from '../../../ir/value.ts';
import { CURL_IMAGE } from '../../../k8s/curl-image.ts';
import type { PodTemplate } from '../../types.ts';
import type { WorkerFacts } from '../effects/command-template.ts';
import { scriptTemplate, secretKey } from '../effects/script-template.ts';
import { SKELETON_IMAGE } from '../effects/skeleton.ts';
import { messageText } from './message-text.ts';
import { taskOf } from './place.ts';
import type { Argument, FlowContext } from './types.ts';

const RULE = 'flow-sla';

/** A container beside the run, with what it does when the time has come. */
export interface SlaPod {
  readonly body: MapValue;
  /** Inputs that its body reads by name. */
  readonly given: readonly Argument[];
  readonly does: readonly { readonly task: Task; readonly what: string; readonly rule: string }[];
}

/** One thing the sla does, as a script of its own pod. */
interface SlaAct {
  readonly task: Task;
  readonly what: string;
  readonly pod: PodTemplate;
  readonly given: readonly Argument[];
}

/**
 * The containers of an sla: one for what one pod can run one after the other, and one more for each other image, shell or
 * account. Only the last one ends for `fail`.
 */
export function slaPods(sla: Sla, worker: WorkerFacts, context: FlowContext): readonly SlaPod[] {
  const from = byRule(RULE, [{ via: 'literal', span: sla.span }]);
  const below = sla.task === undefined ? [] : actsBelow(sla.task, worker, context);
  const pods = shared(below.length > 0 ? below : [silentAct(sla, worker, context, from)]);
  return pods.map((acts, at) => slaPod(acts, sla.fail && at === pods.length - 1, from));
}

type Acts = readonly [SlaAct, ...SlaAct[]];

/** Acts that one container can do: same pod, and no variable that means two things. */
function shared(acts: readonly SlaAct[]): readonly Acts[] {
  const pods: [SlaAct, ...SlaAct[]][] = [];
  for (const act of acts) {
    const fits = pods.find(
      ([first, ...others]) =>
        canonicalKey(frameOf(first)) === canonicalKey(frameOf(act)) &&
        [first, ...others].every((other) => !clash(other, act)),
    );
    if (fits === undefined) pods.push([act]);
    else fits.push(act);
  }
  return pods;
}

/** The pod without what differs from one command to the next. A repeated message helps nobody. */
function frameOf({ pod: { body } }: SlaAct): MapValue {
  const script = asMap(body.entries.get('script')) ?? map([], body.from);
  const frame = withEntry(withEntry(script, 'source', undefined), 'env', undefined);
  return withEntry(withEntry(body, 'retryStrategy', undefined), 'script', frame);
}

function variablesOf({ pod }: SlaAct): readonly Value[] {
  return itemsOf(entryOf(pod.body, 'script', 'env'));
}

/** True where a variable or an input of both has two values. */
function clash(one: SlaAct, other: SlaAct): boolean {
  const named = (act: SlaAct): ReadonlyMap<string, string> =>
    new Map([
      ...variablesOf(act).map((item) => [`env ${staticText(entryOf(item, 'name'))}`, canonicalKey(item)] as const),
      ...act.given.map(({ name, value }) => [`input ${name}`, canonicalKey(value)] as const),
    ]);
  const known = named(one);
  return [...named(other)].some(([name, value]) => known.has(name) && known.get(name) !== value);
}

function slaPod(acts: Acts, fails: boolean, from: Provenance): SlaPod {
  const literal = (written: string): TextPart => ({ kind: 'literal', text: written, from });
  const env = new Map(
    acts.flatMap(variablesOf).map((item): [string, Value] => [staticText(entryOf(item, 'name')) ?? '', item]),
  );
  const source = textOf(
    [
      literal('sleep "$SLA_SECONDS"\n'),
      ...acts.flatMap((act, at) => [
        ...(at === 0 ? [] : [literal('[ $? -eq 0 ] || exit 1\n')]),
        ...contained(partsOf(entryOf(act.pod.body, 'script', 'source') ?? text('', from)), literal),
      ]),
      literal(
        fails ? 'exit 1\n' : '# The workflow would fail if this container ended.\n[ $? -eq 0 ] && sleep infinity\n',
      ),
    ],
    from,
  );
  const frame = frameOf(acts[0]);
  const script = asMap(frame.entries.get('script')) ?? map([], from);
  const seconds = variable('SLA_SECONDS', text('{{inputs.parameters.seconds}}', from), from);
  const body = map(
    [
      ['daemon', scalar(true, from)],
      ...withEntry(frame, 'script', undefined).entries,
      ['script', map([...script.entries, ['env', list([seconds, ...env.values()], from)], ['source', source]], from)],
    ],
    from,
  );
  return {
    body,
    given: [...new Map(acts.flatMap((act) => act.given).map((given) => [given.name, given])).values()],
    does: acts.map(({ task, what, pod }) => ({ task, what, rule: pod.rule })),
  };
}

/** A script that ends its shell, or changes how it works, gets one of its own. */
function contained(parts: readonly TextPart[], literal: (written: string) => TextPart): readonly TextPart[] {
  const written = partsText(parts);
  const end = written.endsWith('\n') ? [] : [literal('\n')];
  return /(?:^|[\s;&|({])(?:exit|exec|set|trap|return|cd)\b/.test(written)
    ? [literal('(\n'), ...parts, ...end, literal(')\n')]
    : [...parts, ...end];
}

function partsText(parts: readonly TextPart[]): string {
  return parts.map((part) => (part.kind === 'runtime' ? '' : part.text)).join('');
}

/** What a time that is missed does without a task: it is in the log. */
function silentAct(sla: Sla, worker: WorkerFacts, context: FlowContext, from: Provenance): SlaAct {
  const source = sla.alert ? "echo 'the sla of this run is missed' >&2\n" : ':\n';
  return {
    task: taskOf(context.graph.root, context),
    what: 'command',
    pod: workerScript(source, worker, from),
    given: [],
  };
}

function actsBelow(id: TaskId, worker: WorkerFacts, context: FlowContext): readonly SlaAct[] {
  const task = taskOf(id, context);
  if (task.kind === 'group') return task.children.flatMap((child) => actsBelow(child, worker, context));
  if (task.kind === 'call' && task.body !== undefined) return actsBelow(task.body, worker, context);
  if (task.kind !== 'operator') return [missingAct(task, task.id, worker, context)];
  return task.effects.flatMap((effect): readonly SlaAct[] => {
    if (effect.kind === 'none') return [];
    if (effect.kind === 'notify' && effect.via === 'slack') return [slackAct(effect, task, worker, context)];
    return [
      commandAct(effect, task, context) ??
        missingAct(task, `${task.operator}> ${staticText(task.command) ?? ''}`, worker, context),
    ];
  });
}

/** What the pod of the step would run, if that is a shell script. */
function commandAct(effect: Effect, task: OperatorTask, context: FlowContext): SlaAct | undefined {
  const pod = effect.kind === 'manual' ? undefined : context.convertEffect(task, effect);
  const shell = /(?:^|\/)(?:ba|da|z)?sh$/.test(staticText(entryOf(pod?.body, 'script', 'command', 0)) ?? '');
  if (pod === undefined || !shell) return undefined;
  context.pods.push(pod);
  return { task, what: 'command', pod, given: [] };
}

/** Argo runs no shared template beside a run until that ends: the container sends the message itself. */
function slackAct(
  effect: Extract<Effect, { kind: 'notify' }>,
  task: OperatorTask,
  { webhook }: WorkerFacts,
  context: FlowContext,
): SlaAct {
  const from = byRule(RULE, [{ via: 'literal', span: task.span }]);
  const json = (input: string): Value => text(`{{=toJson(inputs.parameters.${input})}}`, from);
  const pod = scriptTemplate(
    {},
    {
      rule: RULE,
      image: CURL_IMAGE,
      command: ['sh'],
      env: [
        ['SLACK_WEBHOOK_URL', secretKey(webhook.secret, webhook.key, from)],
        ['CHANNEL', json('channel')],
        ['MESSAGE', json('message')],
      ],
      source: text(sendToSlack, from),
      needs: [{ kind: 'Secret', name: webhook.secret, key: webhook.key, optional: false }],
    },
    from,
  );
  context.pods.push(pod);
  const given = [
    { name: 'channel', value: messageText(effect.to, task, context) },
    { name: 'message', value: messageText(effect.body, task, context) },
  ];
  return { task, what: 'notification', pod, given };
}

const sendToSlack = `curl -sf -X POST -H 'Content-Type: application/json' \\
  -d "{\\"channel\\": $CHANNEL, \\"text\\": $MESSAGE}" "$SLACK_WEBHOOK_URL"
`;

function missingAct(task: Task, written: string, worker: WorkerFacts, context: FlowContext): SlaAct {
  const at = { span: task.span, job: context.graph.job, environment: context.environment };
  context.sink.add(diagnose('FLOW_SLA_TASK', { task: task.id }, at));
  const what = written.trim().replaceAll("'", '').replaceAll('\n', ' ').replaceAll('{{', '{ {');
  const from = byRule(RULE, [{ via: 'literal', span: task.span }]);
  const pod = workerScript(`echo 'missed; to be written by hand: ${what}' >&2\n`, worker, from);
  return { task, what: 'to be written by hand', pod, given: [] };
}

function workerScript(source: string, worker: WorkerFacts, from: Provenance): PodTemplate {
  const image = worker.image ?? SKELETON_IMAGE;
  const parts = { rule: RULE, image, command: ['/bin/sh'], env: [], source: text(source, from) };
  return scriptTemplate({}, { ...parts, serviceAccount: worker.serviceAccount }, from);
}

function variable(name: string, value: Value, from: Provenance): MapValue {
  return map(
    [
      ['name', text(name, from)],
      ['value', value],
    ],
    from,
  );
}
