import { textOf } from '../../../ir/build-value.ts';
import { BUILD_CLOCK, WORKER_CLOCK } from '../../../ir/opaque-reasons.ts';
import type { MapValue, TextPart, Value } from '../../../ir/value.ts';
import { readDateCall } from './clock-date.ts';
import { type ClockSetting, sessionPart } from './clock-text.ts';
import { zoneName } from './clock-zone.ts';
import type { PodContext } from './context.ts';

/** The manifest with what the launcher read from the worker's clock replaced by the session, which is when it ran. */
export function replaceLauncherClocks(manifest: MapValue, context: PodContext): MapValue {
  return {
    ...manifest,
    entries: new Map([...manifest.entries].map(([key, entry]) => [key, replaced(entry, context)])),
  };
}

function replaced(value: Value, context: PodContext): Value {
  switch (value.kind) {
    case 'text':
      return value.parts.some(asksClock)
        ? {
            ...textOf(
              value.parts.flatMap((part) => partOf(part, value, context)),
              value.from,
            ),
            control: value.control,
          }
        : value;
    case 'scalar':
      return value;
    case 'list':
      return { ...value, items: value.items.map((item) => replaced(item, context)) };
    case 'map':
      return { ...value, entries: new Map([...value.entries].map(([key, entry]) => [key, replaced(entry, context)])) };
  }
}

function asksClock(part: TextPart): boolean {
  return (
    part.kind === 'runtime' &&
    part.expr.kind === 'opaque' &&
    (part.expr.reason === WORKER_CLOCK || part.expr.reason === BUILD_CLOCK)
  );
}

function partOf(part: TextPart, value: Value, context: PodContext): readonly TextPart[] {
  if (part.kind !== 'runtime' || part.expr.kind !== 'opaque' || !asksClock(part)) return [part];
  const { workerZone, timezone, schedule, rules } = context.input;
  const { source, reason } = part.expr;
  const setting: ClockSetting = {
    clocks: rules.byKind.clock,
    timezone,
    schedule,
    zone: workerZone === undefined ? 'UTC' : zoneName(workerZone),
    zoneIsSet: workerZone !== undefined,
    from: part.from,
    report: (code, args, rule) => {
      const ofBuild = reason === BUILD_CLOCK;
      if (ofBuild && 'session' in args) context.report('CLOCK_OF_BUILD', args, part, rule);
      else if (ofBuild && 'reason' in args) context.report('CLOCK_OF_BUILD_KEPT', args, part, rule);
      // What the worker's clock said is nowhere to be had: the text cannot be written, which is an error of its own.
      else if ('session' in args) context.report(code, args, part, rule);
    },
    kept: () => context.readsClockAt(value),
  };
  const call = readDateCall(source, setting.zone);
  if (reason === WORKER_CLOCK && workerZone === undefined && timezone !== 'UTC' && isLocal(source))
    context.report('CLOCK_ZONE_UNKNOWN', { written: source, zone: timezone }, part, 'clock-date');
  const look = call?.kind === 'look' ? call.look : undefined;
  const why = call?.kind === 'kept' ? call.reason : 'the command around date is not understood';
  const session = sessionPart(look, { written: source, before: '', rule: 'clock-date', reason: why }, setting);
  return [session === undefined ? part : { ...session, ...(part.name === undefined ? {} : { name: part.name }) }];
}

/** Whether the zone around a call of date is the one it reads the clock in. */
function isLocal(source: string): boolean {
  const around = 'Etc/Unknown';
  const call = readDateCall(source, around);
  return call?.kind === 'look' && call.look.zone === around;
}
