import { isZone } from '../../core/zoned-time.ts';
import { str } from '../values/print.ts';
import { PyFunction, Special, Undefined, type Value } from '../values/value.ts';
import { PyEpoch, PyMoment, PyZone } from './moments.ts';
import { dateText, hasClock, type Moment, needsTheDate } from './render-clock.ts';

const local: Moment = { shifts: [], midnight: false };
const utc: Moment = { ...local, zone: 'UTC' };
const datetime = new PyMoment('datetime');

const zoneNamed = new PyFunction('ZoneInfo', ({ args }) => {
  const zone = str(args[0] ?? null);
  if (!isZone(zone)) throw needsTheDate(`the zone ${zone}`);
  return new PyZone(zone);
});

/** A module, by what it holds. */
class Names extends Special {
  readonly type = 'module';
  readonly #names: Readonly<Record<string, Value>>;
  constructor(names: Readonly<Record<string, Value>>) {
    super();
    this.#names = names;
  }
  override attribute(name: string): Value | undefined {
    return Object.hasOwn(this.#names, name) ? this.#names[name] : undefined;
  }
  repr(): string {
    throw needsTheDate('printing a module');
  }
}

/** What Python expressions about the time are written with: the names that `jinja.clocks` may use. */
export const clockNames: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['datetime', datetime],
  ['dt', datetime],
  ['date', new PyMoment('date')],
  ['timedelta', datetime.attribute('timedelta') ?? null],
  ['timezone', new PyZone('UTC')],
  ['UTC', new PyZone('UTC')],
  ['ZoneInfo', zoneNamed],
  ['zoneinfo', new Names({ ZoneInfo: zoneNamed })],
  ['pytz', new Names({ timezone: zoneNamed, utc: new PyZone('UTC'), UTC: new PyZone('UTC') })],
  ['time', new Names({ strftime: new PyFunction('strftime', ({ args }) => dateText(local, str(args[0] ?? null))) })],
  ['str', new PyFunction('str', ({ args }) => str(args[0] ?? null))],
]);

/** Names that a build script passes on, and what each can only be where a template calls it or asks it for an attribute. */
const passedOn: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['now', datetime],
  ['utcnow', new PyMoment('datetime', utc)],
  ['today', new PyMoment('either')],
  ['date', new PyMoment('either')],
  ['datetime', datetime],
  ['timedelta', datetime.attribute('timedelta') ?? null],
  ['timezone', new PyZone('UTC')],
  ['ZoneInfo', zoneNamed],
]);

/** No variable has this name, yet the template was rendered: the build script passed on the clock. */
export function passedOnClock(value: Value): Value {
  if (!hasClock()) return value;
  const plain = value instanceof Undefined ? value : undefined;
  if (plain === undefined || plain.obj !== undefined || plain.hint !== undefined || typeof plain.name !== 'string')
    return value;
  return passedOn.get(plain.name) ?? value;
}

/** Names whose absence says that the template wants to know the time. */
export const clockVariables: ReadonlySet<string> = new Set([
  ...passedOn.keys(),
  'time',
  'timestamp',
  'strftime',
  'ansible_date_time',
]);

/** Ansible's fact: the date of the play as texts. */
const facts: Readonly<Record<string, string>> = {
  date: '%Y-%m-%d',
  year: '%Y',
  month: '%m',
  day: '%d',
  weekday: '%A',
  weekday_number: '%w',
  weeknumber: '%W',
  hour: '%H',
  minute: '%M',
  second: '%S',
  time: '%H:%M:%S',
  iso8601_basic: '%Y%m%dT%H%M%S%f',
  iso8601_basic_short: '%Y%m%dT%H%M%S',
};
const utcFacts: Readonly<Record<string, string>> = {
  iso8601: '%Y-%m-%dT%H:%M:%SZ',
  iso8601_micro: '%Y-%m-%dT%H:%M:%S.%fZ',
};

/** `ansible_facts`, as far as the clock goes. */
export class AnsibleFacts extends Special {
  readonly type = 'dict';
  override attribute(written: string): Value | undefined {
    return written === 'date_time' || written === '[date_time]' ? new AnsibleDateTime() : undefined;
  }
  repr(): string {
    throw needsTheDate('printing ansible_facts');
  }
}

export class AnsibleDateTime extends Special {
  readonly type = 'dict';
  override attribute(written: string): Value | undefined {
    const name = /^\[(.*)\]$/.exec(written)?.[1] ?? written;
    if (name === 'epoch' || name === 'epoch_int') return new PyEpoch(local);
    if (facts[name] !== undefined) return dateText(local, facts[name]);
    if (utcFacts[name] !== undefined) return dateText(utc, utcFacts[name]);
    throw needsTheDate(`ansible_date_time.${name}`);
  }
  repr(): string {
    throw needsTheDate('printing ansible_date_time');
  }
}
