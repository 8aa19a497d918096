import { diagnose } from '../../core/diagnose.ts';
import type { DiagnosticArgs, DiagnosticCode, DiagnosticSink } from '../../core/diagnostic.ts';
import type { SourceSpan } from '../../core/source.ts';
import { asBoolean, asInt, asLong, asText } from '../../dig/coerce.ts';
import { similarTo } from '../../dig/similar.ts';
import type { YamlEntry, YamlMap, YamlNode } from '../../dig/types.ts';
import type { Schedule } from '../../ir/graph.ts';
import { clockOf } from './clock.ts';
import { javaInt, parseCronPattern } from './cron-pattern.ts';
import { nextMatch } from './cron-search.ts';
import { endOfDay, startOfDay } from './day-bounds.ts';
import { parseDuration } from './duration.ts';

type Kind = Schedule['kind'];

const kinds: readonly Kind[] = ['hourly', 'daily', 'weekly', 'monthly', 'cron', 'minutes_interval', 'seconds_interval'];
const options = ['skip_on_overtime', 'skip_delayed_by', 'start', 'end'];

export interface ScheduleOptions {
  /** Refuse unknown options, as `digdag push` does; `digdag check` only logs them. Default: true. */
  readonly strict?: boolean;
  readonly state?: Schedule['state'];
}

/** Leaves a schedule that has an error; thrown and caught in this file only. */
class Refused extends Error {}

/** The mapping below `schedule:` as Digdag's SchedulerManager reads it; undefined (and a diagnostic) where it refuses it. */
export function parseSchedule(
  node: YamlMap,
  timezone: string,
  sink: DiagnosticSink,
  settings: ScheduleOptions = {},
): Schedule | undefined {
  try {
    return new ScheduleReader(node, timezone, sink).read(settings.strict ?? true, settings.state ?? 'active');
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}

class ScheduleReader {
  readonly #node: YamlMap;
  readonly #timezone: string;
  readonly #sink: DiagnosticSink;

  constructor(node: YamlMap, timezone: string, sink: DiagnosticSink) {
    this.#node = node;
    this.#timezone = timezone;
    this.#sink = sink;
  }

  read(strict: boolean, state: Schedule['state']): Schedule {
    const operator = this.#operator();
    if (strict) this.#checkOptions(operator.used);
    const written = operator.command?.source ?? '';
    const { pattern, delaySeconds } = this.#pattern(
      operator.kind,
      operator.command ?? this.#entry('at')?.value,
      written,
      operator.span,
    );
    const range = operator.kind === 'seconds_interval' ? {} : this.#range();
    const skipped = this.#skipDelayedBy();
    return {
      kind: operator.kind,
      pattern,
      delaySeconds,
      timezone: this.#timezone,
      skipOnOvertime: this.#skipOnOvertime(),
      ...(skipped === undefined ? {} : { skipDelayedBySeconds: skipped }),
      ...range,
      state,
      written,
      span: this.#node.span,
    };
  }

  /** `_type` wins over a key with ">", whose value is then not looked at. */
  #operator(): {
    readonly kind: Kind;
    readonly command: YamlNode | undefined;
    readonly span: SourceSpan;
    readonly used: string;
  } {
    const type = this.#entry('_type');
    const entry = type ?? this.#node.entries.find(({ key }) => key.endsWith('>'));
    if (entry === undefined) return this.#refuse('DIG_SCHEDULE_EMPTY', {}, this.#node.span);
    if (entry.value.kind === 'null') return this.#refuse('DIG_NULL', { key: entry.key }, entry.keySpan);
    const name = type === undefined ? entry.key.slice(0, -1) : (asText(entry.value) ?? '');
    const kind = kinds.find((known) => known === name);
    if (kind === undefined)
      return this.#refuse('DIG_SCHEDULE_KIND', { kind: name, similar: similarTo(name, kinds) }, entry.keySpan);
    return {
      kind,
      command: type === undefined ? entry.value : this.#entry('_command')?.value,
      span: entry.value.span,
      used: entry.key,
    };
  }

  #checkOptions(used: string): void {
    // A key with ">" is rewritten to `_type` and `_command`, which therefore count as used.
    const known = used === '_type' ? options : ['_command', ...options];
    for (const { key, keySpan } of this.#node.entries) {
      if (key !== used && !known.includes(key))
        this.#refuse('DIG_SCHEDULE_OPTION', { option: key, similar: similarTo(key, options) }, keySpan);
    }
  }

  #pattern(
    kind: Kind,
    command: YamlNode | undefined,
    written: string,
    span: SourceSpan,
  ): { readonly pattern: string; readonly delaySeconds: number } {
    const fail = (problem: string): never =>
      this.#refuse('DIG_SCHEDULE_VALUE', { kind, written: written === '' ? 'nothing' : written, problem }, span);
    if (command === undefined || command.kind === 'null') return fail('it has no value');
    if (kind === 'minutes_interval' || kind === 'seconds_interval') {
      const interval = asInt(command) ?? fail('it must be a whole number');
      const pattern = kind === 'seconds_interval' ? String(interval) : `*/${interval} * * * *`;
      if (kind === 'minutes_interval') this.#checkPattern(pattern, fail);
      else if (interval <= 0) fail('it must be greater than zero');
      return { pattern, delaySeconds: this.#delay() };
    }
    const text = asText(command) ?? fail('it must be a text');
    switch (kind) {
      case 'cron':
        this.#checkPattern(text, fail);
        return { pattern: text, delaySeconds: this.#delay() };
      case 'hourly':
        return { pattern: '0 * * * *', delaySeconds: secondsOf(text, 2) ?? fail('the form is MM:SS') };
      case 'daily':
        return { pattern: '0 0 * * *', delaySeconds: secondsOf(text, 3) ?? fail('the form is HH:MM:SS') };
      case 'weekly': {
        const [day, time] = splitAtComma(text) ?? fail('the form is DAY,HH:MM:SS');
        const number = javaInt(day.trim());
        if (number !== undefined && number < 0) fail('the day is negative');
        const pattern = `0 0 * * ${day.trim()}`;
        const delaySeconds = secondsOf(time.trim(), 3) ?? fail('the form is DAY,HH:MM:SS');
        this.#checkPattern(pattern, fail);
        return { pattern, delaySeconds };
      }
      case 'monthly': {
        const [day, time] = splitAtComma(text) ?? fail('the form is DAY,HH:MM:SS');
        const number = javaInt(day) ?? fail('the day must be a number');
        const delaySeconds = secondsOf(time, 3) ?? fail('the form is DAY,HH:MM:SS, without spaces');
        const pattern = `0 0 ${number} * *`;
        this.#checkPattern(pattern, fail);
        return { pattern, delaySeconds };
      }
    }
  }

  #checkPattern(pattern: string, fail: (problem: string) => never): void {
    const parsed = parseCronPattern(pattern);
    if ('problem' in parsed) fail(parsed.problem);
    else if (nextMatch(parsed, clockOf('UTC'), 0) === undefined)
      this.#sink.add(diagnose('DIG_SCHEDULE_NEVER', { pattern }, { span: this.#node.span }));
  }

  #delay(): number {
    const delay = this.#entry('delay')?.value;
    if (delay === undefined || delay.kind === 'null') return 0;
    return (
      asLong(delay) ??
      this.#refuse(
        'DIG_SCHEDULE_VALUE',
        { kind: 'delay', written: delay.source ?? '', problem: 'it must be a whole number' },
        delay.span,
      )
    );
  }

  #range(): { readonly start?: string; readonly end?: string } {
    const start = this.#date('start');
    const end = this.#date('end');
    if (
      start !== undefined &&
      end !== undefined &&
      startOfDay(start.date, this.#timezone) >= endOfDay(end.date, this.#timezone)
    ) {
      this.#refuse('DIG_SCHEDULE_RANGE', { start: start.date, end: end.date }, end.span);
    }
    return { ...(start === undefined ? {} : { start: start.date }), ...(end === undefined ? {} : { end: end.date }) };
  }

  #date(option: 'start' | 'end'): { readonly date: string; readonly span: SourceSpan } | undefined {
    const value = this.#entry(option)?.value;
    if (value === undefined || value.kind === 'null') return undefined;
    const date = asText(value);
    const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date ?? '') ?? [];
    const real = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
    if (date === undefined || real.getUTCMonth() !== Number(month) - 1 || real.getUTCDate() !== Number(day))
      return this.#refuse('DIG_SCHEDULE_DATE', { option, written: value.source ?? '' }, value.span);
    return { date, span: value.span };
  }

  /** Read when the schedule fires, like the next one: a wrong value is a warning. */
  #skipOnOvertime(): boolean {
    const value = this.#entry('skip_on_overtime')?.value;
    const skip = asBoolean(value);
    if (skip === undefined && value !== undefined) this.#warn('skip_on_overtime', 'true or false', value);
    return skip ?? false;
  }

  #skipDelayedBy(): number | undefined {
    const value = this.#entry('skip_delayed_by')?.value;
    if (value === undefined || value.kind === 'null') return undefined;
    const seconds = parseDuration(asText(value) ?? '');
    if (seconds === undefined) this.#warn('skip_delayed_by', 'a duration such as 10m or 1h 30m', value);
    return seconds;
  }

  #warn(option: string, wanted: string, value: YamlNode): void {
    this.#sink.add(
      diagnose('DIG_SCHEDULE_OPTION_VALUE', { option, wanted, written: value.source ?? '' }, { span: value.span }),
    );
  }

  #entry(key: string): YamlEntry | undefined {
    return this.#node.entries.find((entry) => entry.key === key);
  }

  #refuse<C extends DiagnosticCode>(code: C, args: DiagnosticArgs[C], span: SourceSpan): never {
    this.#sink.add(diagnose(code, args, { span }));
    throw new Refused();
  }
}

/** Exactly `count` numbers parted by colons, as seconds; a colon at the end does not count. Hours may exceed 23. */
function secondsOf(text: string, count: 2 | 3): number | undefined {
  const parts = text.replace(/:+$/, '').split(':');
  if (parts.length !== count) return undefined;
  let seconds = 0;
  for (const part of parts) {
    const value = javaInt(part);
    if (value === undefined) return undefined;
    seconds = seconds * 60 + value;
  }
  return seconds;
}

function splitAtComma(text: string): readonly [string, string] | undefined {
  const comma = text.indexOf(',');
  return comma < 0 ? undefined : [text.slice(0, comma), text.slice(comma + 1)];
}
