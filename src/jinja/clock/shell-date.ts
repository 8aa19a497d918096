import { isZone } from '../../core/zoned-time.ts';
import { readRelativeDate } from '../../ir/relative-date.ts';
import { dateText, type Moment, needsTheDate } from './render-clock.ts';

/** What a call of GNU date prints, as `lookup('pipe', …)` runs it; undefined where the command is another one. */
export function shellDate(command: string): string | undefined {
  const words = [...command.trim().matchAll(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g)].map(([word]) =>
    word.replaceAll(
      /'([^']*)'|"([^"]*)"/g,
      (_, single: string | undefined, double: string | undefined) => single ?? double ?? '',
    ),
  );
  const zone = /^TZ=(.*)$/.exec(words[0] ?? '')?.[1];
  if (zone !== undefined) words.shift();
  if (!/^(?:\/usr)?(?:\/bin\/)?date$/.test(words.shift() ?? '')) return undefined;
  let moment: Moment = { shifts: [], midnight: false, ...(zone === undefined ? {} : { zone }) };
  let format: string | undefined;
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const when = /^(?:--date=|-d)(.+)$/s.exec(word)?.[1];
    if (word.startsWith('+') && format === undefined) format = word.slice(1);
    else if (word === '-d' || word === '--date') moment = from(moment, words.shift() ?? '');
    else if (when !== undefined) moment = from(moment, when);
    else if (/^(?:-u|--utc|--universal)$/.test(word)) moment = { ...moment, zone: 'UTC' };
    else if (/^(?:-I|-Idate|--iso-8601(?:=date)?)$/.test(word)) format = '%F';
    else throw needsTheDate(command);
  }
  if (format === undefined || (moment.zone !== undefined && !isZone(moment.zone))) throw needsTheDate(command);
  return dateText(moment, format);
}

/** GNU's relative dates, also from the first of the month or year; other shifts by months depend on the day. */
function from(moment: Moment, when: string): Moment {
  const nested = /^\$\(date (?:-u )?\+%Y-(%m|01)-01\)(.*)$/s.exec(when);
  const shifts = readRelativeDate(nested?.[2] ?? when)?.filter(({ amount }) => amount !== 0);
  const exact = shifts?.every(
    ({ unit }, at) => ['day', 'week', 'hour'].includes(unit) || (nested !== null && at === 0),
  );
  if (shifts === undefined || exact !== true || moment.shifts.length > 0) throw needsTheDate(`date -d '${when}'`);
  return { ...moment, shifts, ...(nested === null ? {} : { startOf: nested[1] === '01' ? 'year' : 'month' }) };
}
