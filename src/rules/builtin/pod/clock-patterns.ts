import type { CalendarUnit } from '../../../ir/session-expr.ts';
import { readStrftime } from '../../../ir/strftime.ts';
import type { Loaded } from '../../rule-set.ts';
import type { ClockRule } from '../../schema.ts';
import type { ClockLook } from './clock-instant.ts';

/** A place in a program text where a rule sees the clock asked. */
export interface ClockMatch {
  readonly start: number;
  readonly end: number;
  readonly rule: Loaded<ClockRule>;
  readonly look: ClockLook | undefined;
  readonly reason: string;
  /** Quote that the match itself uses, for the text that takes its place. */
  readonly quote: string | undefined;
}

/** All matches of the rules of one language, none over another: the rule that stands first wins. */
export function findClockPatterns(
  text: string,
  rules: readonly Loaded<ClockRule>[],
  zone: string,
): readonly ClockMatch[] {
  const found: ClockMatch[] = [];
  const translating = rules.filter((rule) => rule.format !== undefined);
  for (const rule of [...translating, ...rules.filter((other) => !translating.includes(other))]) {
    if (rule.pattern === undefined || rule.use !== undefined) continue;
    for (const match of text.matchAll(new RegExp(rule.pattern, 'gu'))) {
      const end = match.index + match[0].length;
      if (match[0] === '' || found.some((other) => match.index < other.end && other.start < end)) continue;
      found.push({ start: match.index, end, rule, ...lookOf(rule, match.groups ?? {}, zone) });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

function lookOf(
  rule: ClockRule,
  groups: Readonly<Record<string, string | undefined>>,
  zone: string,
): Pick<ClockMatch, 'look' | 'reason' | 'quote'> {
  const value = (written: string): string | undefined => (written.startsWith('$') ? groups[written.slice(1)] : written);
  const quote = groups['quote'];
  const written = rule.format === undefined ? undefined : value(rule.format);
  if (written === undefined)
    return { look: undefined, reason: 'it asks for more than a date that can be written down', quote };
  const format = readStrftime(written);
  if (format.kind === 'unknown')
    return { look: undefined, reason: `it asks for ${format.token}, which is no field of a session's date`, quote };
  const inZone = rule.zone === 'container' ? zone : rule.zone === 'utc' ? 'UTC' : (value(rule.zone) ?? zone);
  if (inZone === '')
    return { look: undefined, reason: 'the zone of the container is known only in the cluster', quote };
  return { look: { shifts: shiftOf(rule, value), format: format.parts, zone: inZone }, reason: '', quote };
}

function shiftOf(rule: ClockRule, value: (written: string) => string | undefined): ClockLook['shifts'] {
  if (rule.shift === undefined) return [];
  const { amount, sign, unit } = rule.shift;
  const count = typeof amount === 'number' ? amount : Number(value(amount) ?? '0');
  const back = typeof sign === 'number' ? sign < 0 : /^(?:-|ago|last)$/.test((value(sign) ?? '').trim());
  const named = (value(unit) ?? 'day').replace(/s$/, '');
  return count === 0 ? [] : [{ amount: back ? -count : count, unit: isUnit(named) ? named : 'day' }];
}

function isUnit(name: string): name is CalendarUnit {
  return ['year', 'month', 'week', 'day', 'hour', 'minute', 'second'].includes(name);
}
