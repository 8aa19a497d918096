import { isZone } from '../core/zoned-time.ts';
import { parseDuration } from './go-duration.ts';
import { ExpressionError, Refusal } from './outcome.ts';

/** The values each field allows. A field written as a star does not count when day of month and weekday are compared. */
export interface CronFields {
  readonly kind: 'fields';
  readonly minute: ReadonlySet<number>;
  readonly hour: ReadonlySet<number>;
  readonly day: ReadonlySet<number>;
  readonly month: ReadonlySet<number>;
  readonly weekday: ReadonlySet<number>;
  readonly anyDay: boolean;
  readonly anyWeekday: boolean;
}

export type Cron = CronFields | { readonly kind: 'every'; readonly seconds: number };

export type CronReading =
  | { readonly kind: 'read'; readonly cron: Cron }
  | { readonly kind: 'malformed'; readonly reason: string };

interface Bounds {
  readonly low: number;
  readonly high: number;
  readonly names: readonly string[];
}

const bounds: readonly Bounds[] = [
  { low: 0, high: 59, names: [] },
  { low: 0, high: 23, names: [] },
  { low: 1, high: 31, names: [] },
  { low: 1, high: 12, names: ['', 'jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] },
  { low: 0, high: 6, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
];

const descriptors: ReadonlyMap<string, string> = new Map([
  ['@yearly', '0 0 1 1 *'],
  ['@annually', '0 0 1 1 *'],
  ['@monthly', '0 0 1 * *'],
  ['@weekly', '0 0 * * 0'],
  ['@daily', '0 0 * * *'],
  ['@midnight', '0 0 * * *'],
  ['@hourly', '0 * * * *'],
]);

class Malformed extends Error {}

/** A schedule as Argo's cron library reads it. @see robfig/cron v3.0.1 parser.go, ParseStandard */
export function readCron(text: string): CronReading {
  try {
    return { kind: 'read', cron: parse(text) };
  } catch (error) {
    if (error instanceof Malformed) return { kind: 'malformed', reason: error.message };
    throw error;
  }
}

/** Whether a day is one of a schedule's: where both fields of the day are restricted, one of them is enough. */
export function namesDay(cron: CronFields, day: number, weekday: number): boolean {
  const [byDay, byWeekday] = [cron.day.has(day), cron.weekday.has(weekday)];
  return cron.anyDay || cron.anyWeekday ? byDay && byWeekday : byDay || byWeekday;
}

/** Names that Go's zone database has and that mean the same here. */
export function isGoZone(name: string): boolean {
  // Old three-letter names that ICU knows and the zone database does not.
  if (
    /^(?:ACT|AET|AGT|ART|AST|BET|BST|CAT|CNT|CST|CTT|EAT|ECT|IET|IST|JST|MIT|NET|NST|PLT|PNT|PRT|PST|SST|VST)$/.test(
      name,
    )
  )
    return false;
  return /^[A-Z][A-Za-z0-9_+\-/]*$/.test(name) && isZone(name);
}

function parse(text: string): Cron {
  if (text === '') throw new Malformed('it is empty');
  const prefixed = /^(?:CRON_)?TZ=(\S*)\s(.*)$/s.exec(text);
  if (prefixed !== null) {
    const [, zone = '', rest = ''] = prefixed;
    if (zone !== '' && !isGoZone(zone)) throw new Malformed(`unknown time zone ${zone}`);
    return parse(rest.trim());
  }
  if (text.startsWith('@')) return parseDescriptor(text);
  const fields = text.split(/\s+/).filter((field) => field !== '');
  if (fields.length !== 5) throw new Malformed(`it has ${fields.length} fields instead of 5`);
  const [minute, hour, day, month, weekday] = fields.map((field, index) =>
    parseField(field, bounds[index] ?? { low: 0, high: 0, names: [] }),
  );
  const values = (read: FieldValues | undefined): ReadonlySet<number> => read?.values ?? new Set();
  return {
    kind: 'fields',
    minute: values(minute),
    hour: values(hour),
    day: values(day),
    month: values(month),
    weekday: values(weekday),
    anyDay: day?.star ?? false,
    anyWeekday: weekday?.star ?? false,
  };
}

function parseDescriptor(text: string): Cron {
  const known = descriptors.get(text);
  if (known !== undefined) return parse(known);
  if (!text.startsWith('@every ')) throw new Malformed(`${text} is no descriptor`);
  try {
    const nanos = parseDuration(text.slice('@every '.length));
    return { kind: 'every', seconds: Math.max(1, Number(nanos / 1_000_000_000n)) };
  } catch (error) {
    if (error instanceof ExpressionError || error instanceof Refusal) throw new Malformed(error.message);
    throw error;
  }
}

interface FieldValues {
  readonly values: ReadonlySet<number>;
  readonly star: boolean;
}

function parseField(field: string, allowed: Bounds): FieldValues {
  const ranges = field
    .split(',')
    .filter((range) => range !== '')
    .map((range) => parseRange(range, allowed));
  return { values: new Set(ranges.flatMap((range) => [...range.values])), star: ranges.some((range) => range.star) };
}

function parseRange(range: string, allowed: Bounds): FieldValues {
  const [span = '', stepText, ...more] = range.split('/');
  if (more.length > 0) throw new Malformed(`too many slashes: ${range}`);
  const [lowText = '', highText, ...rest] = span.split('-');
  const star = lowText === '*' || lowText === '?';
  if (!star && rest.length > 0) throw new Malformed(`too many hyphens: ${range}`);
  const low = star ? allowed.low : numberOrName(lowText, allowed.names);
  let high = star ? allowed.high : highText === undefined ? low : numberOrName(highText, allowed.names);
  const step = stepText === undefined ? 1 : wholeNumber(stepText);
  if (stepText !== undefined && highText === undefined) high = allowed.high;
  if (low < allowed.low) throw new Malformed(`${low} is below ${allowed.low}: ${range}`);
  if (high > allowed.high) throw new Malformed(`${high} is above ${allowed.high}: ${range}`);
  if (low > high) throw new Malformed(`${low} is beyond the end of the range, ${high}: ${range}`);
  if (step === 0) throw new Malformed(`a step of zero: ${range}`);
  const values = new Set<number>();
  for (let value = low; value <= high; value += step) values.add(value);
  return { values, star: star && step === 1 };
}

function numberOrName(text: string, names: readonly string[]): number {
  const named = text === '' ? -1 : names.indexOf(text.toLowerCase());
  return named >= 0 ? named : wholeNumber(text);
}

function wholeNumber(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) throw new Malformed(`${JSON.stringify(text)} is no number`);
  if (Number(text) < 0) throw new Malformed(`negative number ${text}`);
  return Number(text);
}
