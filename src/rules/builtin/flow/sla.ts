import { diagnose } from '../../../core/diagnose.ts';
import { byRule, list, map, scalar, text, textOf } from '../../../ir/build-value.ts';
import { runtimeKey } from '../../../ir/canonical.ts';
import type { Effect, OperatorTask, Sla, TaskId } from '../../../ir/graph.ts';
import { entryOf, itemsOf, staticText } from '../../../ir/read-value.ts';
import type { MapValue, Provenance, TextPart, TextValue, Value } from '../../../ir/value.ts';
import type { WorkerFacts } from '../effects/command-template.ts';
import { SKELETON_IMAGE } from '../effects/skeleton.ts';
import { extractInputs, withInputs } from './inputs.ts';
import { taskOf } from './place.ts';
import { sessionIdentity, sessionText } from './session.ts';
import type { Argument, FlowContext } from './types.ts';

const RULE = 'flow-sla';

/**
 * `sla:` as a container beside the run that waits, tells, and goes on waiting: Argo stops it when the run ends. Digdag cancels
 * nothing either; with `fail` the container ends with an error, and the workflow fails when the run has ended.
 */
export function slaStep(sla: Sla, worker: WorkerFacts, context: FlowContext): MapValue {
  const from = byRule(RULE, [{ via: 'literal', span: sla.span }]);
  const at = { span: sla.span, job: context.graph.job, environment: context.environment };
  const { body, args } = slaTemplate(sla, worker, context, from);
  const name = context.book.add('sla', body, context.graph.root, RULE);
  context.sink.add(diagnose('FLOW_SLA', { fail: sla.fail, alert: sla.alert }, at));
  const parameters = [{ name: 'seconds', value: text(secondsUntil(sla, context), from) }, ...args].map((arg) =>
    map(
      [
        ['name', text(arg.name, from)],
        ['value', arg.value],
      ],
      from,
    ),
  );
  return map(
    [
      ['name', text('sla', from)],
      ['template', text(name, from)],
      ['arguments', map([['parameters', list(parameters, from)]], from)],
    ],
    from,
  );
}

interface SlaTemplate {
  readonly body: MapValue;
  readonly args: readonly Argument[];
}

function slaTemplate(sla: Sla, worker: WorkerFacts, context: FlowContext, from: Provenance): SlaTemplate {
  const literal = (written: string): TextPart => ({ kind: 'literal', text: written, from });
  const commands = sla.task === undefined ? [] : operatorsBelow(sla.task, context);
  const told = sla.alert && commands.length === 0 ? [literal("echo 'the sla of this run is missed' >&2\n")] : [];
  const env = new Map<string, Value>([['SLA_SECONDS', text('{{inputs.parameters.seconds}}', from)]]);
  const scripts = commands.map((command) => scriptOf(command, env, context));
  const source = textOf(
    [
      literal('sleep "$SLA_SECONDS"\n'),
      ...told,
      ...scripts.flatMap(({ parts }) => [...parts, literal('\n')]),
      literal(sla.fail ? 'exit 1\n' : '# The workflow would fail if this container ended.\nsleep infinity\n'),
    ],
    from,
  );
  const image = scripts.find((script) => script.image !== undefined)?.image;
  const script = map(
    [
      ['image', image ?? text(worker.image ?? SKELETON_IMAGE, from)],
      ['command', list([text('sh', from)], from)],
      [
        'env',
        list(
          [...env].map(([key, value]) => variable(key, value, from)),
          from,
        ),
      ],
      ['source', source],
    ],
    from,
  );
  const body = map(
    [
      ['daemon', scalar(true, from)],
      ['script', script],
    ],
    from,
  );
  const own = extractInputs(body);
  return {
    body: withInputs(withoutInputs(own.body), ['seconds', ...own.args.map((arg) => arg.name)]),
    args: own.args.map((arg) => ({ ...arg, value: knownSession(arg.value, sla, context) })),
  };
}

function withoutInputs(body: MapValue): MapValue {
  return { ...body, entries: new Map([...body.entries].filter(([key]) => key !== 'inputs')) };
}

/** Beside the run nothing but the session itself is known: what is computed from it a person has to write. */
function knownSession(value: TextValue, sla: Sla, context: FlowContext): TextValue {
  const identity = runtimeKey({ kind: 'session', ast: sessionIdentity(context.session) });
  const [part] = value.parts;
  if (part?.kind === 'runtime' && runtimeKey(part.expr) === identity)
    return text(sessionText(context.graph, context.session), part.from);
  context.sink.add(diagnose('FLOW_SLA_TASK', { task: sla.task ?? 'sla' }, { span: sla.span, job: context.graph.job }));
  return text('NOT-CONVERTED', value.from);
}

function variable(name: string, value: Value, from: Provenance): MapValue {
  return map(
    [
      ['name', text(name, from)],
      [value.kind === 'map' ? 'valueFrom' : 'value', value],
    ],
    from,
  );
}

interface SlaCommand {
  readonly task: OperatorTask;
  readonly effect: Effect;
}

function operatorsBelow(id: TaskId, context: FlowContext): readonly SlaCommand[] {
  const task = taskOf(id, context);
  if (task.kind === 'group') return task.children.flatMap((child) => operatorsBelow(child, context));
  return task.kind === 'operator' ? task.effects.map((effect) => ({ task, effect })) : [];
}

interface SlaScript {
  readonly parts: readonly TextPart[];
  /** The image that its program needs; absent where any does. */
  readonly image?: Value;
}

/**
 * What the pod of the step would run, as a part of this container's script, its variables added to `env`. Anything that is no
 * shell script a person has to say as a command.
 */
function scriptOf({ effect, task }: SlaCommand, env: Map<string, Value>, context: FlowContext): SlaScript {
  if (effect.kind === 'none') return { parts: [] };
  const pod = effect.kind === 'manual' ? undefined : context.convertEffect(task, effect);
  const script = pod?.body.entries.get('script');
  const source = entryOf(script, 'source');
  const variables = itemsOf(entryOf(script, 'env')).map(
    (item) => [staticText(entryOf(item, 'name')) ?? '', entryOf(item, 'value') ?? entryOf(item, 'valueFrom')] as const,
  );
  const shell = /(?:^|\/)(?:ba)?sh$/.test(staticText(entryOf(script, 'command', 0)) ?? '');
  if (pod !== undefined && source?.kind === 'text' && shell && variables.every(([name]) => !env.has(name))) {
    context.pods.push(pod);
    for (const [name, value] of variables) if (value !== undefined) env.set(name, value);
    const image = entryOf(script, 'image');
    return { parts: source.parts, ...(image === undefined ? {} : { image }) };
  }
  context.sink.add(
    diagnose(
      'FLOW_SLA_TASK',
      { task: task.id },
      { span: task.span, job: context.graph.job, environment: context.environment },
    ),
  );
  const what = `${task.operator}> ${staticText(task.command) ?? ''}`.trim().replaceAll("'", '').replaceAll('\n', ' ');
  const from = byRule(RULE, [{ via: 'literal', span: task.span }]);
  return { parts: [{ kind: 'literal', text: `echo 'missed; to be written by hand: ${what}' >&2`, from }] };
}

/** Seconds from the start to the time of day that is meant, or the duration itself. */
function secondsUntil(sla: Sla, context: FlowContext): string {
  if ('duration' in sla.at) return String(secondsOf(sla.at.duration));
  const zone = context.graph.timezone;
  const start = `date(workflow.scheduledTime ?? workflow.creationTimestamp.RFC3339).In(timezone('${zone}'))`;
  const time = clock(sla.at.time);
  const due = `date(${start}.Format('2006-01-02') + ' ${time}', '2006-01-02 15:04:05', '${zone}')`;
  return `{{=string((int(${due}.Sub(${start}).Seconds()) + 86400) % 86400)}}`;
}

function clock(written: string): string {
  const [hours = 0, minutes = 0, seconds = 0] = written.split(':').map(Number);
  return [hours, minutes, seconds].map((part) => String(part).padStart(2, '0')).join(':');
}

function secondsOf(written: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = written.split(':').map(Number);
  return hours * 3600 + minutes * 60 + seconds;
}
