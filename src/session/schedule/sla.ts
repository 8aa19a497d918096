import { diagnose } from '../../core/diagnose.ts';
import type { DiagnosticSink } from '../../core/diagnostic.ts';
import type { SourceSpan } from '../../core/source.ts';
import { asBoolean, asText } from '../../dig/coerce.ts';
import type { YamlMap, YamlNode } from '../../dig/types.ts';
import type { Sla } from '../../ir/graph.ts';
import { clockOf, timeZoneOf } from './clock.ts';
import { javaInt } from './cron-pattern.ts';

const DAY = 86_400_000;

/** The mapping below `sla:`; the task it may hold is the caller's business. @see digdag-core `SlaCalculator` */
export function parseSla(node: YamlMap, sink: DiagnosticSink): Sla | undefined {
  const value = (key: string): YamlNode | undefined => {
    const found = node.entries.find((entry) => entry.key === key)?.value;
    return found?.kind === 'null' ? undefined : found;
  };
  const refuse = (problem: string, span: SourceSpan): undefined => {
    sink.add(diagnose('DIG_SLA', { problem }, { span }));
    return undefined;
  };
  const [time, duration] = [value('time'), value('duration')];
  const given = time ?? duration;
  if (given === undefined || (time !== undefined && duration !== undefined))
    return refuse('it needs either time or duration', node.span);
  const written = asText(given);
  if (written === undefined || partsOf(written) === undefined)
    return refuse('the form is HH:MM or HH:MM:SS', given.span);
  const [alert, fail] = [value('alert'), value('fail')];
  return {
    at: time === undefined ? { duration: written } : { time: written },
    // Both are read when the attempt starts; what is no boolean is treated as its default.
    alert: alert === undefined ? true : (asBoolean(alert) ?? true),
    fail: fail === undefined ? false : (asBoolean(fail) ?? false),
    span: node.span,
  };
}

/** When the sla of an attempt that runs since `runMs` is missed, in epoch milliseconds. */
export function slaTrigger(sla: Sla, runMs: number, timezone: string): number {
  const [hour, minute, second] = partsOf('time' in sla.at ? sla.at.time : sla.at.duration) ?? [0, 0, 0];
  if ('duration' in sla.at) return runMs + (hour * 3600 + minute * 60 + second) * 1000;
  const clock = clockOf(timeZoneOf(timezone));
  const { year, month, day } = clock.local(runMs);
  const trigger = clock.latest({ year, month, day, hour, minute, second }) + (runMs % 1000);
  return trigger < runMs ? trigger + DAY : trigger;
}

function partsOf(text: string): readonly [number, number, number] | undefined {
  const parts = text.replace(/:+$/, '').split(':').map(javaInt);
  const [hour, minute, second = 0] = parts;
  if (parts.length < 2 || parts.length > 3 || parts.includes(undefined) || hour === undefined || minute === undefined)
    return undefined;
  return [hour, minute, second];
}
