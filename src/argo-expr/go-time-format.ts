import { assertNever } from '../core/assert-never.ts';
import { monthNames, weekdayNames } from '../core/english-dates.ts';
import { type FractionStyle, type LayoutField, layoutChunks, type OffsetStyle } from './go-layout.ts';
import { type Civil, civilOf, type GoTime, offsetOf, weekdayOf, yearDayOf } from './go-time.ts';
import { zoneAbbreviation } from './go-zone-names.ts';
import { Refusal } from './outcome.ts';

/** Go's Time.Format. */
export function formatGoTime(time: GoTime, layout: string): string {
  const civil = civilOf(time);
  if (civil.year < 0 || civil.year > 9999) throw new Refusal('a year of more than four digits');
  return layoutChunks(layout)
    .map((chunk) => {
      if (chunk.kind === 'literal') return chunk.text;
      if (chunk.offset !== undefined) return offsetText(offsetOf(time), chunk.offset);
      if (chunk.fraction !== undefined) return fractionText(civil.nanosecond, chunk.fraction);
      if (chunk.field === 'zone-name') return zoneAbbreviation(time);
      return fieldText(chunk.field, civil);
    })
    .join('');
}

function fieldText(field: Exclude<LayoutField, 'zone-name'>, civil: Civil): string {
  const hour12 = civil.hour % 12 === 0 ? 12 : civil.hour % 12;
  switch (field) {
    case 'long-year':
      return pad(civil.year, 4);
    case 'short-year':
      return pad(civil.year % 100, 2);
    case 'long-month':
      return monthNames[civil.month - 1] ?? '';
    case 'short-month':
      return (monthNames[civil.month - 1] ?? '').slice(0, 3);
    case 'number-month':
      return String(civil.month);
    case 'zero-month':
      return pad(civil.month, 2);
    case 'long-weekday':
      return weekdayNames[weekdayOf(civil)] ?? '';
    case 'short-weekday':
      return (weekdayNames[weekdayOf(civil)] ?? '').slice(0, 3);
    case 'day':
      return String(civil.day);
    case 'blank-day':
      return String(civil.day).padStart(2, ' ');
    case 'zero-day':
      return pad(civil.day, 2);
    case 'blank-year-day':
      return String(yearDayOf(civil)).padStart(3, ' ');
    case 'zero-year-day':
      return pad(yearDayOf(civil), 3);
    case 'hour':
      return pad(civil.hour, 2);
    case 'hour-12':
      return String(hour12);
    case 'zero-hour-12':
      return pad(hour12, 2);
    case 'minute':
      return String(civil.minute);
    case 'zero-minute':
      return pad(civil.minute, 2);
    case 'second':
      return String(civil.second);
    case 'zero-second':
      return pad(civil.second, 2);
    case 'PM':
      return civil.hour >= 12 ? 'PM' : 'AM';
    case 'pm':
      return civil.hour >= 12 ? 'pm' : 'am';
    case 'offset':
    case 'fraction':
      throw new Error(`${field} carries its style`);
    default:
      return assertNever(field);
  }
}

function offsetText(offset: number, style: OffsetStyle): string {
  if (offset === 0 && style.zulu) return 'Z';
  const absolute = Math.abs(offset);
  const minutes = Math.trunc(absolute / 60);
  const colon = style.colon ? ':' : '';
  // Go decides the sign by whole minutes.
  const sign = offset < 0 && minutes > 0 ? '-' : '+';
  const hours = pad(Math.trunc(minutes / 60), 2);
  if (style.precision === 'hour') return sign + hours;
  const text = `${sign}${hours}${colon}${pad(minutes % 60, 2)}`;
  return style.precision === 'second' ? `${text}${colon}${pad(absolute % 60, 2)}` : text;
}

function fractionText(nanosecond: number, style: FractionStyle): string {
  const digits = pad(nanosecond, 9).slice(0, style.digits).padEnd(style.digits, '0');
  const kept = style.trims ? digits.replace(/0+$/, '') : digits;
  return kept === '' ? '' : style.mark + kept;
}

function pad(number: number, width: number): string {
  return String(number).padStart(width, '0');
}
