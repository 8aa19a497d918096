// One parser as in Go, field by field; longer than other files because the fields share its state.

import { monthNames, weekdayNames } from '../core/english-dates.ts';
import { isZone } from '../core/zoned-time.ts';
import { type LayoutChunk, type LayoutField, layoutChunks, type OffsetStyle } from './go-layout.ts';
import { daysInMonth, type GoTime, type GoZone, goDate, offsetOf, UTC } from './go-time.ts';
import { ExpressionError, Refusal } from './outcome.ts';

/** What a layout's fields have said so far. */
interface Read {
  year: number;
  month?: number;
  day?: number;
  yearDay?: number;
  hour: number;
  minute: number;
  second: number;
  nanosecond: number;
  half?: 'AM' | 'PM';
  offset?: number;
  utc: boolean;
}

class Mismatch extends Error {}

/** Go's time.ParseInLocation; without `zone` time.Parse, whose local zone is taken to be UTC. */
export function parseGoTime(layout: string, value: string, zone?: GoZone): GoTime {
  try {
    return new TimeParser(value, layoutChunks(layout)).parse(zone ?? UTC);
  } catch (error) {
    if (error instanceof Mismatch)
      throw new ExpressionError(`parsing time ${JSON.stringify(value)} as ${JSON.stringify(layout)}: ${error.message}`);
    throw error;
  }
}

const plainLayouts = ['2006-01-02', '15:04:05', '2006-01-02 15:04:05', '2006-01-02T15:04:05Z07:00'];

/** expr's one-argument `date`: tries layouts in order. */
export function parseAnyGoTime(value: string, zone?: GoZone): GoTime {
  for (const layout of plainLayouts) {
    try {
      return parseGoTime(layout, value, zone);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
    }
  }
  // RFC 822, 850 and 1123 name zones by abbreviations.
  if (/^\d\d [A-Z][a-z]{2} \d\d|^[A-Z][a-z]+, /.test(value)) throw new Refusal('dates that name their zone');
  throw new ExpressionError(`invalid date ${value}`);
}

export function goZone(name: string): GoZone {
  if (name === '' || name === 'UTC') return UTC;
  if (name === 'Local') throw new Refusal("the controller's own zone");
  if (/^[+-]/.test(name) || !isZone(name)) throw new ExpressionError(`unknown time zone ${name}`);
  if (!/^[A-Z][A-Za-z_]+\/[A-Za-z_\-/]+$/.test(name)) throw new Refusal(`zone ${name}, which is no Region/City`);
  return { kind: 'iana', name };
}

class TimeParser {
  readonly #value: string;
  readonly #chunks: readonly LayoutChunk[];
  #at = 0;
  readonly #read: Read = { year: 0, hour: 0, minute: 0, second: 0, nanosecond: 0, utc: false };

  constructor(value: string, chunks: readonly LayoutChunk[]) {
    this.#value = value;
    this.#chunks = chunks;
  }

  parse(zone: GoZone): GoTime {
    this.#chunks.forEach((chunk, index) => {
      if (chunk.kind === 'literal') this.#skip(chunk.text);
      else this.#field(chunk, this.#chunks[index + 1]);
    });
    if (this.#at < this.#value.length) throw new Mismatch('extra text');
    return this.#finish(zone);
  }

  #finish(zone: GoZone): GoTime {
    const read = this.#read;
    const { year, minute, second, nanosecond } = read;
    const hour =
      read.half === 'PM' && read.hour < 12 ? read.hour + 12 : read.half === 'AM' && read.hour === 12 ? 0 : read.hour;
    const { month, day } = this.#monthAndDay(year);
    if (day < 1 || day > daysInMonth(year, month)) throw new Mismatch('day out of range');
    const civil = { year, month, day, hour, minute, second, nanosecond };
    if (read.utc) return goDate(civil, UTC);
    if (read.offset === undefined) return goDate(civil, zone);
    const fixed: GoTime = goDate(civil, { kind: 'fixed', seconds: read.offset });
    const local: GoTime = { nanos: fixed.nanos, zone };
    return offsetOf(local) === read.offset ? local : fixed;
  }

  #monthAndDay(year: number): { readonly month: number; readonly day: number } {
    const { month, day, yearDay } = this.#read;
    if (yearDay === undefined) return { month: month ?? 1, day: day ?? 1 };
    const length = daysInMonth(year, 2) === 29 ? 366 : 365;
    if (yearDay < 1 || yearDay > length) throw new Mismatch('day-of-year out of range');
    const date = new Date(Date.UTC(2000 + (year % 400), 0, yearDay));
    const found = { month: date.getUTCMonth() + 1, day: date.getUTCDate() };
    if ((month !== undefined && month !== found.month) || (day !== undefined && day !== found.day))
      throw new Mismatch('day-of-year does not match');
    return found;
  }

  #skip(prefix: string): void {
    let rest = prefix;
    while (rest !== '') {
      if (rest.startsWith(' ')) {
        if (this.#at < this.#value.length && this.#value[this.#at] !== ' ') throw new Mismatch('blank expected');
        rest = rest.replace(/^ +/, '');
        while (this.#value[this.#at] === ' ') this.#at += 1;
        continue;
      }
      if (this.#value[this.#at] !== rest[0]) throw new Mismatch(`${JSON.stringify(rest)} expected`);
      rest = rest.slice(1);
      this.#at += 1;
    }
  }

  #field(chunk: Extract<LayoutChunk, { kind: 'field' }>, next: LayoutChunk | undefined): void {
    if (chunk.offset !== undefined) this.#offset(chunk.offset);
    else if (chunk.fraction !== undefined) this.#fraction(chunk.fraction.digits, chunk.fraction.trims);
    else this.#plainField(chunk.field, next);
  }

  #plainField(field: LayoutField, next: LayoutChunk | undefined): void {
    const read = this.#read;
    switch (field) {
      case 'short-year': {
        const year = Number(this.#take(/^\d\d/));
        read.year = year >= 69 ? year + 1900 : year + 2000;
        return;
      }
      case 'long-year':
        read.year = Number(this.#take(/^\d{4}/));
        return;
      case 'short-month':
        read.month = this.#name(monthNames.map((name) => name.slice(0, 3))) + 1;
        return;
      case 'long-month':
        read.month = this.#name(monthNames) + 1;
        return;
      case 'number-month':
      case 'zero-month':
        read.month = this.#number(field === 'zero-month', 1, 12);
        return;
      case 'short-weekday':
        this.#name(weekdayNames.map((name) => name.slice(0, 3)));
        return;
      case 'long-weekday':
        this.#name(weekdayNames);
        return;
      case 'day':
      case 'zero-day':
        read.day = this.#number(field === 'zero-day', 0, 99);
        return;
      case 'zero-year-day':
        read.yearDay = Number(this.#take(/^\d{3}/));
        return;
      case 'hour':
        read.hour = this.#number(false, 0, 23);
        return;
      case 'hour-12':
      case 'zero-hour-12':
        read.hour = this.#number(field === 'zero-hour-12', 0, 12);
        return;
      case 'minute':
      case 'zero-minute':
        read.minute = this.#number(field === 'zero-minute', 0, 59);
        return;
      case 'second':
      case 'zero-second':
        read.second = this.#number(field === 'zero-second', 0, 59);
        this.#unaskedFraction(next);
        return;
      case 'PM':
      case 'pm':
        read.half = this.#take(field === 'PM' ? /^(?:AM|PM)/ : /^(?:am|pm)/).toUpperCase() === 'PM' ? 'PM' : 'AM';
        return;
      default:
        throw new Refusal(`parsing by the layout field ${field}`);
    }
  }

  /** Go takes a fraction behind the seconds also where the layout has none. */
  #unaskedFraction(next: LayoutChunk | undefined): void {
    if (next?.kind === 'field' && next.fraction !== undefined) return;
    if (/^[.,]\d/.test(this.#value.slice(this.#at))) this.#nanoseconds(this.#take(/^[.,]\d+/));
  }

  #fraction(digits: number, trims: boolean): void {
    if (!trims) this.#nanoseconds(this.#take(new RegExp(`^[.,]\\d{${digits}}`)));
    else if (/^[.,]\d/.test(this.#value.slice(this.#at))) this.#nanoseconds(this.#take(/^[.,]\d+/));
  }

  #nanoseconds(text: string): void {
    this.#read.nanosecond = Number(text.slice(1, 10).padEnd(9, '0'));
  }

  #offset(style: OffsetStyle): void {
    if (style.zulu && this.#value[this.#at] === 'Z') {
      this.#at += 1;
      this.#read.utc = true;
      return;
    }
    const colon = style.colon ? ':' : '';
    const more =
      style.precision === 'hour'
        ? ''
        : style.precision === 'minute'
          ? `${colon}(\\d\\d)`
          : `${colon}(\\d\\d)${colon}(\\d\\d)`;
    const match = new RegExp(`^([+-])(\\d\\d)${more}`).exec(this.#take(new RegExp(`^[+-]\\d\\d${more}`)));
    const [hours, minutes, seconds] = [Number(match?.[2]), Number(match?.[3] ?? 0), Number(match?.[4] ?? 0)];
    if (hours > 24 || minutes > 60 || seconds > 60) throw new Mismatch('time zone offset out of range');
    const offset = (hours * 60 + minutes) * 60 + seconds;
    // Go marks "no offset" by -1, so that an offset of -1 second is none.
    this.#read.offset = match?.[1] === '-' ? -offset : offset;
  }

  #number(twoDigits: boolean, low: number, high: number): number {
    const number = Number(this.#take(twoDigits ? /^\d\d/ : /^\d\d?/));
    if (number < low || number > high) throw new Mismatch('out of range');
    return number;
  }

  #name(names: readonly string[]): number {
    const rest = this.#value.slice(this.#at).toLowerCase();
    const index = names.findIndex((name) => rest.startsWith(name.toLowerCase()));
    if (index < 0) throw new Mismatch('name expected');
    this.#at += (names[index] ?? '').length;
    return index;
  }

  #take(pattern: RegExp): string {
    const text = pattern.exec(this.#value.slice(this.#at))?.[0];
    if (text === undefined) throw new Mismatch('digits expected');
    this.#at += text.length;
    return text;
  }
}
