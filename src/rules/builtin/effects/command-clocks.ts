import { diagnose } from '../../../core/diagnose.ts';
import type { SourceSpan } from '../../../core/source.ts';
import { textOf } from '../../../ir/build-value.ts';
import type { Effect, OperatorTask } from '../../../ir/graph.ts';
import { withoutClocks } from '../pod/clock-text.ts';
import { zoneName } from '../pod/clock-zone.ts';
import { partText } from '../pod/part-text.ts';
import { interpreterLanguage } from '../pod/shell-of.ts';
import type { EffectServices } from './effect-converter.ts';

type CommandEffect = Extract<Effect, { kind: 'command' }>;

export interface ClockFreeCommand {
  readonly effect: CommandEffect;
  /** Where the command still asks the clock. */
  readonly readsClock: readonly SourceSpan[];
}

/** A command with every look at the worker's clock that a rule can read replaced by the session. */
export function withoutCommandClocks(
  task: OperatorTask,
  effect: CommandEffect,
  services: EffectServices,
): ClockFreeCommand {
  const language = interpreterLanguage(effect.shell[0] ?? '/bin/sh');
  if (language === undefined || effect.source.kind !== 'text') return { effect, readsClock: [] };
  const { source } = effect;
  const readsClock: SourceSpan[] = [];
  const { worker, timezone, schedule, sink } = services;
  // The worker's TZ is none of the container's.
  const zone = effect.image === undefined ? worker.zone : undefined;
  const parts = withoutClocks(partText(source.parts), language, {
    clocks: services.rules.byKind.clock,
    timezone,
    schedule,
    zone: zone === undefined ? 'UTC' : zoneName(zone),
    zoneIsSet: zone !== undefined,
    from: source.from,
    report: (code, args, rule) => sink.add(diagnose(code, args, { span: task.span, rule })),
    kept: () => void readsClock.push(task.span),
  });
  return { effect: parts === undefined ? effect : { ...effect, source: textOf(parts, source.from) }, readsClock };
}
