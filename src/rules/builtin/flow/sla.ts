import { diagnose } from '../../../core/diagnose.ts';
import { byRule, list, map, text, textOf } from '../../../ir/build-value.ts';
import type { Sla } from '../../../ir/graph.ts';
import type { MapValue, TextPart, TextValue } from '../../../ir/value.ts';
import type { WorkerFacts } from '../effects/command-template.ts';
import { extractInputs } from './inputs.ts';
import { StepScope } from './scope.ts';
import { sessionText } from './session.ts';
import { type SlaPod, slaPods } from './sla-pods.ts';
import type { Argument, FlowContext } from './types.ts';

const RULE = 'flow-sla';

/**
 * `sla:` as steps beside the run, whose containers wait, tell, and go on waiting: Argo stops them when the run ends. Digdag
 * cancels nothing either; with `fail` a container ends with an error, and the workflow fails when the run has ended.
 */
export function slaSteps(sla: Sla, worker: WorkerFacts, context: FlowContext): readonly MapValue[] {
  const at = { span: sla.span, job: context.graph.job, environment: context.environment };
  context.sink.add(diagnose('FLOW_SLA', { fail: sla.fail, alert: sla.alert }, at));
  return slaPods(sla, worker, context).map((pod, at) => slaStep(at === 0 ? 'sla' : `sla-${at + 1}`, pod, sla, context));
}

function slaStep(name: string, pod: SlaPod, sla: Sla, context: FlowContext): MapValue {
  const from = byRule(RULE, [{ via: 'literal', span: sla.span }]);
  const seconds: Argument = { name: 'seconds', value: text(secondsUntil(sla, context), from) };
  const { body, args } = extractInputs(pod.body, [seconds, ...pod.given]);
  const template = context.book.add('sla', body, context.graph.root, RULE);
  for (const { task, what, rule } of pod.does)
    context.steps.push({ task: task.id, span: task.span, what, template, rules: [RULE, rule] });
  const parameters = args.map((arg) =>
    map(
      [
        ['name', text(arg.name, from)],
        ['value', atStart(arg.value, context)],
      ],
      from,
    ),
  );
  return map(
    [
      ['name', text(name, from)],
      ['template', text(template, from)],
      ['arguments', map([['parameters', list(parameters, from)]], from)],
    ],
    from,
  );
}

/** Beside the run nothing but the session is known, and `main` has no input for it: expressions compute it themselves. */
function atStart(value: TextValue, context: FlowContext): TextValue {
  const input = `inputs.parameters.${context.session.name}`;
  const session = sessionText(context.graph, context.session);
  const expression = session.slice('{{='.length, -'}}'.length);
  const scope = new StepScope(context);
  const parts = value.parts.flatMap((part): readonly TextPart[] =>
    part.kind !== 'runtime'
      ? [part]
      : scope.write(textOf([part], part.from)).parts.map((written) =>
          written.kind === 'literal'
            ? {
                ...written,
                text: written.text.replaceAll(`{{${input}}}`, session).replaceAll(input, `(${expression})`),
              }
            : written,
        ),
  );
  return textOf(parts, value.from);
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
