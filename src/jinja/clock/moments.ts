import { peek } from '../tags/tracker.ts';
import { bind, signature } from '../values/arguments.ts';
import { PyError } from '../values/error.ts';
import { asDouble } from '../values/number.ts';
import { str } from '../values/print.ts';
import { isInteger, isNumeric } from '../values/types.ts';
import { type CallArgs, type Plain, PyFunction, Special, type Value } from '../values/value.ts';
import { dateText, type Moment, needsTheDate } from './render-clock.ts';

const DAY = 86_400;
const machineTime: Moment = { shifts: [], midnight: false };

/** `either`: a variable of the build script, `today` for example, of which nothing says whether it has a time of day. */
type MomentKind = 'datetime' | 'date' | 'either';

/**
 * Python's datetime or date of the rendering. Modules, classes and values of one name are one object here: `datetime`
 * has `now()` and `strftime()`, and `now` can be called.
 */
export class PyMoment extends Special {
  readonly kind: MomentKind;
  readonly moment: Moment;

  constructor(kind: MomentKind, moment: Moment = kind === 'date' ? { ...machineTime, midnight: true } : machineTime) {
    super();
    this.kind = kind;
    this.moment = moment;
  }

  get type(): string {
    return this.kind === 'date' ? 'date' : 'datetime';
  }

  override get module(): string {
    return 'datetime';
  }

  override call(call: CallArgs): Value {
    if (call.args.length > 0 || call.kwargs.size > 0) throw needsTheDate(`a ${this.type} from arguments`);
    return this;
  }

  override attribute(name: string): Value | undefined {
    if (name.startsWith('__')) return undefined;
    const field = fields[name];
    if (field !== undefined) return dateText(this.moment, field);
    if (name === 'datetime') return this;
    if (name === 'date') return new PyMoment('date', { ...this.moment, midnight: true });
    const made = constructors[name];
    if (made !== undefined) return made;
    const method = methods[name];
    if (method === undefined) throw needsTheDate(`.${name}`);
    const { of, text } = method;
    return new PyFunction(name, (call) => of(this, bind(text, call)), `<built-in method ${name}>`);
  }

  override str(): Value {
    if (this.kind === 'either') throw needsTheDate('printing it without a format');
    return isoText(this, ' ');
  }

  repr(): string {
    throw needsTheDate('repr()');
  }
}

/** `timedelta`: no date, and the same at every time. */
class PyDelta extends Special {
  readonly type = 'timedelta';
  readonly seconds: number;
  constructor(seconds: number) {
    super();
    this.seconds = seconds;
  }
  override get module(): string {
    return 'datetime';
  }
  repr(): string {
    throw new PyError('UnsupportedError', 'printing a timedelta');
  }
}

/** Seconds since 1970, as far as whole days are added to them. */
export class PyEpoch extends Special {
  readonly type = 'str';
  readonly moment: Moment;
  constructor(moment: Moment) {
    super();
    this.moment = moment;
  }
  override str(): Value {
    throw needsTheDate('seconds since 1970');
  }
  repr(): string {
    throw needsTheDate('seconds since 1970');
  }
}

/** A zone that `now()` is given. */
export class PyZone extends Special {
  readonly type = 'timezone';
  readonly zone: string;
  constructor(zone: string) {
    super();
    this.zone = zone;
  }
  override get module(): string {
    return 'datetime';
  }
  override attribute(name: string): Value | undefined {
    return name === 'utc' || name === 'UTC' ? new PyZone('UTC') : undefined;
  }
  override call(call: CallArgs): Value {
    const offset = peek(call.args[0] ?? null);
    if (!(offset instanceof PyDelta)) throw needsTheDate('a timezone');
    const hours = offset.seconds / 3600;
    if (!Number.isInteger(hours)) throw needsTheDate('a zone that is no whole hour from UTC');
    if (hours === 0) return new PyZone('UTC');
    // What such zones are written for, and the name by which schedules have it.
    return new PyZone(hours === 9 ? 'Asia/Tokyo' : `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`);
  }
  repr(): string {
    throw new PyError('UnsupportedError', 'printing a timezone');
  }
}

const fields: Readonly<Record<string, string>> = { year: '%Y', month: '%-m', day: '%-d', hour: '%-H' };

interface Method {
  readonly text: ReturnType<typeof signature>;
  readonly of: (self: PyMoment, args: readonly Value[]) => Value;
}

const methods: Readonly<Record<string, Method>> = {
  strftime: {
    text: signature('strftime(format)'),
    of: ({ kind, moment }, [format = null]) => {
      if (kind === 'either' && /%-?[HIp]/.test(str(format))) throw needsTheDate('the hour');
      return dateText(moment, str(format));
    },
  },
  isoformat: {
    text: signature("isoformat(sep='T', timespec='auto')"),
    of: (self, [separator = null]) => {
      if (self.kind === 'either') throw needsTheDate('isoformat()');
      return isoText(self, str(separator));
    },
  },
  weekday: {
    text: signature('weekday()'),
    of: () => {
      throw needsTheDate('weekday()');
    },
  },
  isoweekday: { text: signature('isoweekday()'), of: ({ moment }) => dateText(moment, '%u') },
  timestamp: { text: signature('timestamp()'), of: ({ moment }) => new PyEpoch(moment) },
  replace: {
    text: signature(
      'replace(year=None, month=None, day=None, hour=None, minute=None, second=None, microsecond=None, tzinfo=None, **more)',
    ),
    of: replaced,
  },
  astimezone: {
    text: signature('astimezone(tz=None)'),
    of: ({ kind, moment }, [tz = null]) => new PyMoment(kind, inZone(moment, tz)),
  },
  now: { text: signature('now(tz=None)'), of: (_, [tz = null]) => new PyMoment('datetime', inZone(machineTime, tz)) },
  utcnow: { text: signature('utcnow()'), of: () => new PyMoment('datetime', { ...machineTime, zone: 'UTC' }) },
  today: { text: signature('today()'), of: ({ kind }) => new PyMoment(kind) },
};

function inZone(moment: Moment, tz: Value): Moment {
  const zone = peek(tz);
  if (zone === null) return moment;
  if (!(zone instanceof PyZone) || moment.startOf !== undefined || moment.midnight) throw needsTheDate('a timezone');
  return { ...moment, zone: zone.zone };
}

/** `isoformat()` and `str()` of what has no microseconds. */
function isoText({ kind, moment }: PyMoment, separator: string): string {
  if (kind === 'date') return dateText(moment, '%Y-%m-%d');
  if (!moment.midnight) throw needsTheDate('the time of day, with its microseconds,');
  if (moment.zone !== undefined) throw needsTheDate('the offset of its zone');
  return dateText(moment, `%Y-%m-%d${separator.replaceAll('%', '%%')}00:00:00`);
}

/** The first of the month or year, and midnight: what `replace()` is called for. */
function replaced(self: PyMoment, args: readonly Value[]): Value {
  const [year, month, day, hour, minute, second, microsecond, tzinfo] = args.map((value) => peek(value));
  const { moment } = self;
  const unknown = [year, tzinfo].some((given) => given !== null && given !== undefined);
  const startOf = month === 1 && day === 1 ? 'year' : month === null && day === 1 ? 'month' : undefined;
  const moves = month !== null || day !== null;
  const time = [hour, minute, second, microsecond];
  const midnight =
    time.every((given) => given === 0) || (self.moment.midnight && time.every((given) => given === null));
  const keeps = time.every((given) => given === null);
  if (unknown || (moves && startOf === undefined) || !(midnight || keeps))
    throw needsTheDate('replace() with these arguments');
  if (moves && (moment.shifts.length > 0 || moment.startOf !== undefined))
    throw needsTheDate('replace() after a shift');
  return new PyMoment(self.kind, { ...moment, midnight, ...(startOf === undefined ? {} : { startOf }) });
}

/** `ansible_date_time` prints local time, `timedelta` counts what is left. */
const deltaSignature = signature(
  'timedelta(days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0)',
);
const units = [DAY, 1, 0.000_001, 0.001, 60, 3600, 7 * DAY];

const timedelta = new PyFunction(
  'timedelta',
  (call) => {
    const seconds = bind(deltaSignature, call).map((value, at) => {
      const plain = peek(value);
      if (!isNumeric(plain)) throw new PyError('TypeError', 'unsupported type for timedelta component');
      return asDouble(plain) * (units[at] ?? 0);
    });
    return new PyDelta(seconds.reduce((sum, each) => sum + each, 0));
  },
  "<class 'datetime.timedelta'>",
  'type',
);

/** What leads from the module or a class to the classes. */
const constructors: Readonly<Record<string, Value>> = {
  timedelta,
  timezone: new PyZone('UTC'),
  UTC: new PyZone('UTC'),
};

/** What a date can be added to and what is subtracted from it; undefined where no clock takes part. */
export function clockArithmetic(operator: string, a: Plain, b: Plain): Value | undefined {
  const asks = [a, b].some((side) => side instanceof PyMoment || side instanceof PyEpoch);
  if (a instanceof PyMoment && b instanceof PyDelta && (operator === '+' || operator === '-'))
    return later(a, operator === '+' ? b.seconds : -b.seconds);
  if (a instanceof PyDelta && b instanceof PyMoment && operator === '+') return later(b, a.seconds);
  if (a instanceof PyEpoch && isInteger(b) && (operator === '+' || operator === '-')) {
    const seconds = operator === '+' ? Number(b) : -Number(b);
    return new PyEpoch(moved(a.moment, seconds));
  }
  if (a instanceof PyDelta && b instanceof PyDelta && (operator === '+' || operator === '-'))
    return new PyDelta(a.seconds + (operator === '+' ? b.seconds : -b.seconds));
  if (a instanceof PyDelta && isInteger(b) && operator === '*') return new PyDelta(a.seconds * Number(b));
  if (asks) throw needsTheDate(operator);
  return undefined;
}

function later({ kind, moment }: PyMoment, seconds: number): PyMoment {
  if (kind === 'either' && seconds % DAY !== 0) throw needsTheDate('a shift by less than a day');
  // A date is moved by whole days, whatever else the timedelta holds.
  return new PyMoment(kind, moved(moment, kind === 'date' ? Math.floor(seconds / DAY) * DAY : seconds));
}

function moved(moment: Moment, seconds: number): Moment {
  if (seconds === 0) return moment;
  const days = seconds / DAY;
  if (Number.isInteger(days)) return { ...moment, shifts: [...moment.shifts, { amount: days, unit: 'day' }] };
  if (moment.midnight || moment.startOf !== undefined || !Number.isInteger(seconds / 3600))
    throw needsTheDate('a shift by minutes or seconds');
  return { ...moment, shifts: [...moment.shifts, { amount: seconds / 3600, unit: 'hour' }] };
}
