import { assertNever } from '../../../core/assert-never.ts';
import { diagnose } from '../../../core/diagnose.ts';
import type { DiagnosticSink } from '../../../core/diagnostic.ts';
import { byRule, map, text } from '../../../ir/build-value.ts';
import type { Effect, OperatorTask, Schedule } from '../../../ir/graph.ts';
import { asMap, staticScalar } from '../../../ir/read-value.ts';
import type { Value } from '../../../ir/value.ts';
import type { RuleSet } from '../../rule-set.ts';
import type { PodTemplate } from '../../types.ts';
import type { EffectConverter } from '../flow/types.ts';
import { jobToTemplate } from '../pod/job-to-template.ts';
import type { Policies } from '../pod/policies.ts';
import type { SecretBook } from '../pod/secret-book.ts';
import { withoutCommandClocks } from './command-clocks.ts';
import { commandTemplate, type WorkerFacts } from './command-template.ts';
import { operatorTemplate } from './operator-template.ts';
import { skeletonTemplate } from './skeleton.ts';

export interface EffectServices {
  readonly rules: RuleSet;
  readonly policies: Policies;
  readonly worker: WorkerFacts;
  readonly timezone: string;
  readonly schedule?: Schedule;
  readonly argoVersion?: '3.6' | '3.7' | '4';
  /** Secrets in plain text that the workflow's pods held. */
  readonly secrets: SecretBook;
  /** Fields that Argo has for the whole workflow only, on which its pods do not agree. */
  readonly disputed: ReadonlySet<string>;
  readonly sink: DiagnosticSink;
}

/** What becomes of each kind of effect. */
export function effectConverter(services: EffectServices): EffectConverter {
  return (task, effect) => {
    const made = convertEffect(task, effect, services);
    return made !== undefined || effect.kind === 'none' ? made : notConverted(task, effect, services);
  };
}

/** What could not be converted stays a step, which fails when it runs: the rest of the workflow must not go on as if it had been done. */
function notConverted(task: OperatorTask, effect: Effect, services: EffectServices): PodTemplate {
  const what = effect.kind === 'job' ? `the pod of ${task.id}` : `${task.operator}> of ${task.id}`;
  const remedy = 'the report says what cannot be converted, and what to do';
  return skeletonTemplate(withoutRetry(task), { kind: 'manual', what, remedy, given: new Map() }, services);
}

function convertEffect(task: OperatorTask, effect: Effect, services: EffectServices): PodTemplate | undefined {
  switch (effect.kind) {
    case 'job':
      return jobTemplate(task, effect, services);
    case 'command': {
      const { effect: command, readsClock } = withoutCommandClocks(task, effect, services);
      const made = commandTemplate(task, command, services.worker, services.sink);
      return made === undefined ? undefined : { ...made, readsClock };
    }
    case 'wait':
      return waitTemplate(task, effect.seconds);
    case 'fail':
      return failTemplate(task, effect.message, services);
    case 'notify':
      services.sink.add(
        diagnose(
          'FLOW_UNSUPPORTED',
          { construct: `notification by ${effect.via}`, task: task.id },
          { span: task.span },
        ),
      );
      return undefined;
    case 'operator':
      return operatorTemplate(task, effect, services);
    case 'manual':
      return skeletonTemplate(task, effect, services);
    case 'none':
      return undefined;
    default:
      return assertNever(effect);
  }
}

function jobTemplate(
  task: OperatorTask,
  effect: Extract<Effect, { kind: 'job' }>,
  services: EffectServices,
): PodTemplate | undefined {
  const manifest = asMap(effect.manifest);
  if (manifest === undefined) return undefined;
  const { rules, policies, timezone, schedule, argoVersion, secrets, disputed, sink } = services;
  return jobToTemplate(manifest, {
    retry: task.retry,
    wait: effect.wait,
    task: task.id,
    timezone,
    schedule,
    argoVersion,
    policies,
    workerZone: services.worker.zone,
    secrets,
    disputed,
    objects: effect.objects,
    sink,
    rules,
    rule: task.launch?.rule ?? `operator-${task.operator}`,
  });
}

function waitTemplate(task: OperatorTask, duration: Value): PodTemplate {
  const from = byRule('operator-wait', [{ via: 'literal', span: task.span }]);
  const seconds = durationSeconds(staticScalar(duration) ?? '');
  return plain('operator-wait', map([['suspend', map([['duration', text(String(seconds), from)]], from)]], from));
}

/** `fail>` needs a pod, because no template of Argo fails by itself. Digdag does not repeat it. */
function failTemplate(task: OperatorTask, message: Value, services: EffectServices): PodTemplate | undefined {
  const source = message.kind === 'text' ? message : text('', message.from);
  const effect = {
    kind: 'command' as const,
    shell: ['/bin/sh'],
    source: {
      ...source,
      parts: [
        { kind: 'literal' as const, text: "cat >&2 <<'END'\n", from: source.from },
        ...source.parts,
        { kind: 'literal' as const, text: '\nEND\nexit 1', from: source.from },
      ],
    },
    env: new Map<string, Value>(),
  };
  const made = commandTemplate(withoutRetry(task), effect, services.worker, services.sink);
  return made === undefined ? undefined : { ...made, rule: 'operator-fail' };
}

function withoutRetry({ retry: _, ...task }: OperatorTask): OperatorTask {
  return { ...task, effects: [] };
}

function plain(rule: string, body: PodTemplate['body']): PodTemplate {
  return { body, workflowLevel: new Map(), rule, needs: [], objects: [], readsClock: [], accepted: [] };
}

/** Digdag's durations: `1d 2h 3m 4s`, any of them. */
function durationSeconds(written: string): number {
  const units: Readonly<Record<string, number>> = { d: 86_400, h: 3600, m: 60, s: 1 };
  return [...written.matchAll(/(\d+)\s*([dhms])/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (units[unit ?? 's'] ?? 1),
    0,
  );
}
