/** One alternative of a cron4j pattern. Day of month and day of week must both match, unlike in other crons. */
export interface CronFields {
  readonly minutes: Field;
  readonly hours: Field;
  /** 32 stands for the last day of the month. */
  readonly days: Field;
  readonly months: Field;
  /** 0 is Sunday. */
  readonly weekdays: Field;
}

export type Field = 'any' | ReadonlySet<number>;

interface FieldKind {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly parse: (text: string) => number | undefined;
}

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const dayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const minuteKind: FieldKind = { name: 'minutes', min: 0, max: 59, parse: (text) => inRange(text, 0, 59) };
const hourKind: FieldKind = { name: 'hours', min: 0, max: 23, parse: (text) => inRange(text, 0, 23) };
const dayKind: FieldKind = {
  name: 'days of month',
  min: 1,
  max: 31,
  parse: (text) => (text.toLowerCase() === 'l' ? 32 : inRange(text, 1, 31)),
};
const monthKind: FieldKind = {
  name: 'months',
  min: 1,
  max: 12,
  parse: (text) => inRange(text, 1, 12) ?? named(text, monthNames, 1),
};
const weekdayKind: FieldKind = {
  name: 'days of week',
  min: 0,
  max: 7,
  parse: (text) => {
    const number = inRange(text, 0, 7);
    return number === undefined ? named(text, dayNames, 0) : number % 7;
  },
};

/** A pattern as cron4j 2.2.5 reads it: five fields, alternatives parted by "|"; else what is wrong with it. */
export function parseCronPattern(pattern: string): readonly CronFields[] | { readonly problem: string } {
  const alternatives = tokens(pattern, /\|/);
  if (alternatives.length === 0) return { problem: 'it is empty' };
  const parsed: CronFields[] = [];
  for (const alternative of alternatives) {
    const fields = tokens(alternative, /[ \t]/);
    if (fields.length !== 5) return { problem: `it has ${fields.length} fields, not five` };
    const [minutes, hours, days, months, weekdays] = [minuteKind, hourKind, dayKind, monthKind, weekdayKind].map(
      (kind, at) => parseField(fields[at] ?? '', kind),
    );
    for (const field of [minutes, hours, days, months, weekdays])
      if (field === undefined || isProblem(field)) return field ?? { problem: 'a field is missing' };
    if (isField(minutes) && isField(hours) && isField(days) && isField(months) && isField(weekdays))
      parsed.push({ minutes, hours, days, months, weekdays });
  }
  return parsed;
}

type Problem = { readonly problem: string };

function isProblem(field: Field | Problem): field is Problem {
  return typeof field === 'object' && 'problem' in field;
}

function isField(field: Field | Problem | undefined): field is Field {
  return field !== undefined && !isProblem(field);
}

function parseField(text: string, kind: FieldKind): Field | Problem {
  if (text === '*') return 'any';
  const values = new Set<number>();
  for (const element of tokens(text, /,/)) {
    const found = parseElement(element, kind);
    if (found === undefined) return { problem: `${JSON.stringify(element)} is wrong in the field of ${kind.name}` };
    for (const value of found) values.add(value);
  }
  return values.size === 0 ? { problem: `the field of ${kind.name} is empty` } : values;
}

/** A range with an optional step. Steps count positions in the range: `0/15` is 0 alone. */
function parseElement(text: string, kind: FieldKind): readonly number[] | undefined {
  const [range, step, ...rest] = tokens(text, /\//);
  if (range === undefined || rest.length > 0) return undefined;
  const values = parseRange(range, kind);
  if (step === undefined || values === undefined) return values;
  const divisor = javaInt(step);
  return divisor === undefined || divisor < 1 ? undefined : values.filter((_, at) => at % divisor === 0);
}

function parseRange(text: string, kind: FieldKind): readonly number[] | undefined {
  if (text === '*') return span(kind.min, kind.max);
  const [first, second, ...rest] = tokens(text, /-/);
  if (first === undefined || rest.length > 0) return undefined;
  const from = kind.parse(first);
  if (from === undefined) return undefined;
  if (second === undefined) return [from];
  const to = kind.parse(second);
  if (to === undefined) return undefined;
  if (from < to) return span(from, to);
  return from > to ? [...span(from, kind.max), ...span(kind.min, to)] : [from];
}

function span(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);
}

/** Java's StringTokenizer: empty pieces do not count, so `-1` is the token `1`. */
function tokens(text: string, separator: RegExp): readonly string[] {
  return text.split(separator).filter((token) => token !== '');
}

/** Java's `Integer.parseInt`, which takes the digits of all scripts. */
export function javaInt(text: string): number | undefined {
  if (!/^[-+]?\p{Nd}+$/u.test(text)) return undefined;
  const value = Number(text.replaceAll(/\p{Nd}/gu, latinDigit));
  return value >= -(2 ** 31) && value < 2 ** 31 ? value : undefined;
}

/** Digits of a script stand in unbroken runs of ten. */
function latinDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let first = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first -= 1;
  return String((code - first) % 10);
}

function inRange(text: string, min: number, max: number): number | undefined {
  const value = javaInt(text);
  return value !== undefined && value >= min && value <= max ? value : undefined;
}

function named(text: string, names: readonly string[], offset: number): number | undefined {
  const at = names.indexOf(text.toLowerCase());
  return at < 0 ? undefined : at + offset;
}
