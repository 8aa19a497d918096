import { monthNames, weekdayNames } from '../core/english-dates.ts';
import { durationText } from './go-duration.ts';
import { addDate, civilOf, isoWeekYearOf, truncate, UTC, unixSeconds, weekdayOf, yearDayOf } from './go-time.ts';
import { formatGoTime } from './go-time-format.ts';
import { zoneAbbreviation } from './go-zone-names.ts';
import type { Nature } from './nature.ts';
import { ExpressionError, Refusal } from './outcome.ts';
import { boolValue, type GoValue, intValue, stringValue, type ValueKind } from './value.ts';

/** A method of a Go type: what it takes and gives, and what it does. Receiver and arguments have been checked. */
export interface Method {
  readonly args: readonly ValueKind[];
  readonly result: Nature;
  readonly run: (self: GoValue, args: readonly GoValue[]) => GoValue;
}

type TimeValue = Extract<GoValue, { kind: 'time' }>;

const timeMethods: Readonly<Record<string, Method>> = {
  In: method(['zone'], 'time', ({ time }, [zone]) => ({
    kind: 'time',
    time: { ...time, zone: kindOf(zone, 'zone').zone },
  })),
  // The controller's own zone is UTC.
  Local: method([], 'time', ({ time }) => ({ kind: 'time', time: { ...time, zone: UTC } })),
  Zone: method([], 'string', ({ time }) => stringValue(zoneAbbreviation(time))),
  UTC: method([], 'time', ({ time }) => ({ kind: 'time', time: { ...time, zone: UTC } })),
  Format: method(['string'], 'string', ({ time }, [layout]) =>
    stringValue(formatGoTime(time, kindOf(layout, 'string').value)),
  ),
  AddDate: method(['int', 'int', 'int'], 'time', ({ time }, args) => {
    const [years = 0, months = 0, days = 0] = args.map((arg) => Number(kindOf(arg, 'int').value));
    if ([years, months, days].some((amount) => Math.abs(amount) > 4_000_000)) throw new Refusal('very long shifts');
    return { kind: 'time', time: addDate(time, years, months, days) };
  }),
  Add: method(['duration'], 'time', ({ time }, [by]) => ({
    kind: 'time',
    time: { ...time, nanos: time.nanos + kindOf(by, 'duration').nanos },
  })),
  Sub: method(['time'], 'duration', ({ time }, [other]) => ({
    kind: 'duration',
    nanos: time.nanos - kindOf(other, 'time').time.nanos,
  })),
  Truncate: method(['duration'], 'time', ({ time }, [by]) => ({
    kind: 'time',
    time: truncate(time, kindOf(by, 'duration').nanos),
  })),
  Before: method(['time'], 'bool', ({ time }, [other]) => boolValue(time.nanos < kindOf(other, 'time').time.nanos)),
  After: method(['time'], 'bool', ({ time }, [other]) => boolValue(time.nanos > kindOf(other, 'time').time.nanos)),
  Equal: method(['time'], 'bool', ({ time }, [other]) => boolValue(time.nanos === kindOf(other, 'time').time.nanos)),
  Unix: method([], 'int64', ({ time }) => ({ kind: 'int64', value: unixSeconds(time) })),
  UnixMilli: method([], 'int64', ({ time }) => ({
    kind: 'int64',
    value: unixSeconds(time) * 1000n + BigInt(Math.trunc(civilOf(time).nanosecond / 1_000_000)),
  })),
  UnixNano: method([], 'int64', ({ time }) => ({ kind: 'int64', value: time.nanos })),
  Year: method([], 'int', ({ time }) => intValue(civilOf(time).year)),
  Month: method([], 'month', ({ time }) => ({ kind: 'month', value: BigInt(civilOf(time).month) })),
  Day: method([], 'int', ({ time }) => intValue(civilOf(time).day)),
  Hour: method([], 'int', ({ time }) => intValue(civilOf(time).hour)),
  Minute: method([], 'int', ({ time }) => intValue(civilOf(time).minute)),
  Second: method([], 'int', ({ time }) => intValue(civilOf(time).second)),
  Nanosecond: method([], 'int', ({ time }) => intValue(civilOf(time).nanosecond)),
  YearDay: method([], 'int', ({ time }) => intValue(yearDayOf(civilOf(time)))),
  Weekday: method([], 'weekday', ({ time }) => ({ kind: 'weekday', value: BigInt(weekdayOf(civilOf(time))) })),
  // Of Go's two results expr-lang keeps the first: the year.
  ISOWeek: method([], 'int', ({ time }) => intValue(isoWeekYearOf(civilOf(time)))),
};

const durationMethods: Readonly<Record<string, Method>> = {
  Hours: durationNumber(3_600_000_000_000),
  Minutes: durationNumber(60_000_000_000),
  Seconds: durationNumber(1_000_000_000),
  String: {
    args: [],
    result: { kind: 'string' },
    run: (self) => stringValue(durationText(kindOf(self, 'duration').nanos)),
  },
};

const monthMethods: Readonly<Record<string, Method>> = {
  String: {
    args: [],
    result: { kind: 'string' },
    run: (self) => stringValue(monthNames[Number(kindOf(self, 'month').value) - 1] ?? ''),
  },
};

const weekdayMethods: Readonly<Record<string, Method>> = {
  String: {
    args: [],
    result: { kind: 'string' },
    run: (self) => stringValue(weekdayNames[Number(kindOf(self, 'weekday').value)] ?? ''),
  },
};

const methods: Readonly<Partial<Record<ValueKind, Readonly<Record<string, Method>>>>> = {
  time: timeMethods,
  duration: durationMethods,
  month: monthMethods,
  weekday: weekdayMethods,
};

/** Methods of Go's time types that are not evaluated here. @see Go 1.24 package time */
const goMethods: ReadonlySet<string> = new Set(
  'Abs AddDate AppendBinary AppendFormat AppendText Clock Compare GoString GobEncode GobDecode IsDST IsZero Location MarshalBinary MarshalJSON MarshalText Microseconds Milliseconds Nanoseconds Round String Truncate UnixMicro UnmarshalBinary UnmarshalJSON UnmarshalText ZoneBounds'.split(
    ' ',
  ),
);

/** The method of a Go value; Go's exported methods that are not in the table are refused, other names are errors. */
export function methodOf(kind: ValueKind, name: string): Method {
  const table = methods[kind];
  const found = table !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
  if (found !== undefined) return found;
  if (kind === 'time' && name === 'Date') throw new ExpressionError('func Date returns more then two values');
  if (table !== undefined && goMethods.has(name)) throw new Refusal(`the method ${name}`);
  throw new ExpressionError(`type ${kind} has no method ${name}`);
}

export function checkArguments(name: string, expected: readonly ValueKind[], given: readonly Nature[]): void {
  if (given.length !== expected.length) throw new ExpressionError(`wrong number of arguments to call ${name}`);
  given.forEach((nature, index) => {
    const want = expected[index];
    if (nature.kind !== 'any' && nature.kind !== want)
      throw new ExpressionError(`cannot use ${nature.kind} as argument (type ${want}) to call ${name}`);
  });
}

function method(
  args: readonly ValueKind[],
  result: ValueKind,
  run: (self: TimeValue, args: readonly GoValue[]) => GoValue,
): Method {
  return { args, result: { kind: result }, run: (self, given) => run(kindOf(self, 'time'), given) };
}

/** Whole units and the rest apart, as Go computes it. */
function durationNumber(unit: number): Method {
  const run = (self: GoValue): GoValue => {
    const { nanos } = kindOf(self, 'duration');
    return { kind: 'float', value: Number(nanos / BigInt(unit)) + Number(nanos % BigInt(unit)) / unit };
  };
  return { args: [], result: { kind: 'float' }, run };
}

export function kindOf<K extends ValueKind>(value: GoValue | undefined, kind: K): Extract<GoValue, { kind: K }> {
  if (value?.kind === kind) return value as Extract<GoValue, { kind: K }>;
  // An int64 is an int wherever expr-lang computes; it is none where a method wants one.
  throw new ExpressionError(`cannot use ${value?.kind ?? 'nothing'} as ${kind}`);
}
