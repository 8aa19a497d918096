import { monthNames, weekdayNames } from '../../../../core/english-dates.ts';
import {
  formatOffset,
  instantOf,
  isZone,
  type LocalTime,
  localTime,
  offsetSeconds,
  utcMillis,
} from '../../../../core/zoned-time.ts';
import { lastOf, type Program, type ProgramCall, readFlags, refuse } from './program.ts';

/** GNU date: prints a time in a format. A worker's clock is in UTC where TZ says nothing else. */
export const date: Program = (call) => {
  const flags = readFlags(call, ['-u', '--utc', '-d=', '--date=', '-I', '--iso-8601']);
  const utc = flags.values.has('-u') || flags.values.has('--utc');
  const named = call.state.variables.get('TZ');
  const zone = utc || named?.exported !== true ? 'UTC' : named.value;
  if (!isZone(zone)) return refuse(call, `in the zone ${zone}`);
  const written = lastOf(flags, '-d', '--date');
  const now = call.state.machine.now() * 1000;
  const ms = written === undefined ? now : (readDate(written, zone, now) ?? refuse(call, `-d "${written}"`));
  const iso = flags.values.has('-I') || flags.values.has('--iso-8601');
  const [format = iso ? '+%F' : '+%a %b %e %H:%M:%S %Z %Y', ...more] = flags.operands;
  if (!format.startsWith('+') || more.length > 0) return refuse(call, flags.operands.join(' '));
  call.streams.out.write(`${formatDate(format.slice(1), ms, zone, call)}\n`);
  return 0;
};

/** What GNU date understands of a written time, as far as scripts use it. */
function readDate(written: string, zone: string, now: number): number | undefined {
  let rest = written.trim().toLowerCase();
  if (/^@\d+$/.test(rest)) return Number(rest.slice(1)) * 1000;
  let local: LocalTime = { ...localTime(zone, now) };
  let offset: number | undefined;
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    const found = pattern.exec(rest);
    if (found === null) return undefined;
    rest = rest.slice(found[0].length).trim();
    return found;
  };
  const day = take(/^(\d{4})-?(\d{2})-?(\d{2})(?:[t ]+(?=\d{1,2}:)|(?=\s|$))/);
  if (day !== undefined)
    local = {
      ...local,
      year: Number(day[1]),
      month: Number(day[2]),
      day: Number(day[3]),
      hour: 0,
      minute: 0,
      second: 0,
    };
  const clock = take(/^(\d{1,2}):(\d{2})(?::(\d{2}))?/);
  if (clock !== undefined)
    local = { ...local, hour: Number(clock[1]), minute: Number(clock[2]), second: Number(clock[3] ?? 0) };
  const shift = clock === undefined ? undefined : take(/^(?:z|utc|([+-])(\d{2}):?(\d{2}))(?=\s|$)/);
  if (shift !== undefined)
    offset = (shift[1] === '-' ? -1 : 1) * (Number(shift[2] ?? 0) * 3600 + Number(shift[3] ?? 0) * 60);
  let seconds = 0;
  while (rest !== '') {
    const word = take(/^(today|now|yesterday|tomorrow)(?=\s|$)/);
    const step =
      word === undefined
        ? take(/^([+-]?)\s*(\d+|last|next)\s*(sec|second|min|minute|hour|day|week|month|year)s?(\s+ago)?(?=\s|[+-]|$)/)
        : undefined;
    if (word !== undefined)
      local = { ...local, day: local.day + (word[1] === 'yesterday' ? -1 : word[1] === 'tomorrow' ? 1 : 0) };
    else if (step === undefined) return undefined;
    else {
      const size = step[2] === 'last' ? -1 : step[2] === 'next' ? 1 : Number(step[2]);
      const count = size * (step[1] === '-' ? -1 : 1) * (step[4] === undefined ? 1 : -1);
      const unit = step[3] ?? '';
      if (unit === 'day' || unit === 'week') local = { ...local, day: local.day + count * (unit === 'week' ? 7 : 1) };
      else if (unit === 'month') local = { ...local, month: local.month + count };
      else if (unit === 'year') local = { ...local, year: local.year + count };
      else seconds += count * (unit.startsWith('sec') ? 1 : unit.startsWith('min') ? 60 : 3600);
    }
  }
  const normal = localTime('UTC', utcMillis(local));
  const start = offset === undefined ? instantOf(zone, normal) : utcMillis(local) - offset * 1000;
  return start + seconds * 1000;
}

function formatDate(format: string, ms: number, zone: string, call: ProgramCall): string {
  const local = localTime(zone, ms);
  const offset = offsetSeconds(zone, ms);
  const weekday = new Date(utcMillis(local)).getUTCDay();
  const yearDay =
    Math.round((utcMillis({ ...local, hour: 0, minute: 0, second: 0 }) - Date.UTC(local.year, 0, 1)) / 86_400_000) + 1;
  const pad = (value: number, width = 2, fill = '0'): string => String(value).padStart(width, fill);
  const fields: Readonly<Record<string, () => string>> = {
    Y: () => pad(local.year, 4),
    y: () => pad(local.year % 100),
    m: () => pad(local.month),
    d: () => pad(local.day),
    e: () => pad(local.day, 2, ' '),
    H: () => pad(local.hour),
    k: () => pad(local.hour, 2, ' '),
    I: () => pad(local.hour % 12 === 0 ? 12 : local.hour % 12),
    p: () => (local.hour < 12 ? 'AM' : 'PM'),
    M: () => pad(local.minute),
    S: () => pad(local.second),
    s: () => String(Math.floor(ms / 1000)),
    N: () => '000000000',
    F: () => `${pad(local.year, 4)}-${pad(local.month)}-${pad(local.day)}`,
    T: () => `${pad(local.hour)}:${pad(local.minute)}:${pad(local.second)}`,
    R: () => `${pad(local.hour)}:${pad(local.minute)}`,
    D: () => `${pad(local.month)}/${pad(local.day)}/${pad(local.year % 100)}`,
    j: () => pad(yearDay, 3),
    u: () => String(weekday === 0 ? 7 : weekday),
    w: () => String(weekday),
    a: () => (weekdayNames[weekday] ?? '').slice(0, 3),
    A: () => weekdayNames[weekday] ?? '',
    b: () => (monthNames[local.month - 1] ?? '').slice(0, 3),
    h: () => (monthNames[local.month - 1] ?? '').slice(0, 3),
    B: () => monthNames[local.month - 1] ?? '',
    z: () => formatOffset(offset, false),
    ':z': () => formatOffset(offset, true),
    Z: () => (zone === 'UTC' ? 'UTC' : refuse(call, '+%Z')),
    n: () => '\n',
    t: () => '\t',
    '%': () => '%',
  };
  return format.replace(/%([-_]?)(:?.)/gs, (written, flag: string, name: string) => {
    const text = (fields[name] ?? refuse(call, `+${written}`))();
    if (flag === '') return text;
    return flag === '-'
      ? text.replace(/^[0 ]+(?=\d)/, '')
      : text.replace(/^0+(?=\d)/, (zeros) => ' '.repeat(zeros.length));
  });
}
