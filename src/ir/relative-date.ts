import type { CalendarUnit } from './session-expr.ts';

export interface DateShift {
  readonly amount: number;
  readonly unit: CalendarUnit;
}

const words: Readonly<Record<string, number>> = { now: 0, today: 0, yesterday: -1, tomorrow: 1 };
const ordinals: Readonly<Record<string, number>> = { last: -1, this: 0, next: 1 };
const units: Readonly<Record<string, CalendarUnit>> = {
  day: 'day',
  week: 'week',
  fortnight: 'week',
  hour: 'hour',
  month: 'month',
  year: 'year',
};

/** The shifts that GNU's relative dates say, such as `2 days ago` or `-1 month`; undefined for anything else. */
export function readRelativeDate(written: string): readonly DateShift[] | undefined {
  const shifts: DateShift[] = [];
  let rest = written.trim().toLowerCase();
  while (rest !== '') {
    const match =
      /^(now|today|yesterday|tomorrow)\b|^(?:([-+]?)\s*(\d+)|(last|this|next)\s)?\s*(day|week|fortnight|hour|month|year)s?\b(\s+ago\b)?/.exec(
        rest,
      );
    if (match === null) return undefined;
    const [all, word, sign, number = '1', named, unit = 'day', ago] = match;
    if (word !== undefined) shifts.push({ amount: words[word] ?? 0, unit: 'day' });
    else {
      const count = (named === undefined ? Number(number) : (ordinals[named] ?? 0)) * (unit === 'fortnight' ? 2 : 1);
      const back = (sign === '-') !== (ago !== undefined);
      shifts.push({ amount: back ? -count : count, unit: units[unit] ?? 'day' });
    }
    rest = rest.slice(all.length).trim();
  }
  return shifts;
}
