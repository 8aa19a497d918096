import { verdictBadge } from './badges.ts';
import { type CalendarDay, calendarDays, type PageFire, weekdayOf } from './calendar.ts';
import type { PageSchedule } from './data.ts';
import { dataTable, element } from './dom.ts';
import type { Store } from './store.ts';

const DAYS = 42;
const SHOWN = 12;

/** When the job starts on both sides, now and in the next weeks. */
export function scheduleView(schedules: readonly PageSchedule[], store: Store, now: number): HTMLElement {
  const words = store.words();
  if (schedules.length === 0) return element('p', { class: 'empty' }, words('scheduleNone'));
  const compared = schedules.some(({ verdict }) => verdict !== undefined);
  const table = dataTable(
    [
      words('environment'),
      'Digdag',
      'Argo',
      words('timezone'),
      words('changed'),
      ...(compared ? [words('proofSchedule')] : []),
    ],
    schedules.map(({ environment, legacy, argo, timezone, suspended, changed, verdict }) => [
      environment,
      legacy === 'none' ? words('none') : element('code', {}, legacy),
      element('span', {}, element('code', {}, argo), suspended ? ` (${words('suspended')})` : ''),
      timezone,
      changed === '' ? '–' : store.say(changed),
      ...(compared ? [verdict === undefined ? '–' : verdictBadge(verdict, words)] : []),
    ]),
    { caption: words('schedule') },
  );
  const calendars = element('div');
  const draw = (environment: string): void => {
    const schedule = schedules.find((each) => each.environment === environment);
    if (schedule !== undefined) calendars.replaceChildren(...calendarOf(schedule, store, now));
  };
  const first = schedules.find((each) => each.environment === store.index.reference) ?? schedules[0];
  const select = element(
    'select',
    {
      id: 'calendar-environment',
      change: (event) => {
        if (event.target instanceof HTMLSelectElement) draw(event.target.value);
      },
    },
    ...schedules.map(({ environment }) =>
      element('option', { value: environment, selected: environment === first?.environment }, environment),
    ),
  );
  if (first !== undefined) draw(first.environment);
  return element(
    'div',
    {},
    table,
    element('h3', {}, words('nextStarts')),
    element('div', { class: 'field' }, element('label', { for: 'calendar-environment' }, words('environment')), select),
    calendars,
  );
}

function calendarOf(schedule: PageSchedule, store: Store, now: number): readonly HTMLElement[] {
  const words = store.words();
  const days = calendarDays(schedule, now, DAYS);
  const rows = days
    .flatMap(pairsOf)
    .filter(({ at }) => at >= now)
    .slice(0, SHOWN);
  if (rows.length === 0) return [element('p', { class: 'empty' }, words('nextNone', { n: DAYS }))];
  const time = (at: number | undefined): HTMLElement | string =>
    at === undefined ? '–' : element('span', { class: 'time' }, localText(at, schedule.timezone, store));
  return [
    monthGrid(days, store),
    dataTable(
      [words('session'), words('digdagStarts'), words('argoStarts'), ''],
      rows.map(({ legacy, argo }) => [
        time(legacy?.session),
        time(legacy?.at),
        time(argo?.at),
        words(legacy === undefined ? 'onlyArgo' : argo === undefined ? 'onlyDigdag' : 'sameTime'),
      ]),
      { caption: words('nextStarts') },
    ),
  ];
}

interface Pair {
  readonly at: number;
  readonly legacy?: PageFire;
  readonly argo?: PageFire;
}

function pairsOf({ legacy, argo }: CalendarDay): readonly Pair[] {
  const times = [...new Set([...legacy, ...argo].map((fire) => fire.at))].sort((a, b) => a - b);
  return times.map((at) => {
    const [mine, theirs] = [legacy.find((fire) => fire.at === at), argo.find((fire) => fire.at === at)];
    return { at, ...(mine === undefined ? {} : { legacy: mine }), ...(theirs === undefined ? {} : { argo: theirs }) };
  });
}

/** Six weeks, a cell a day: both, one side only, or none. */
function monthGrid(days: readonly CalendarDay[], store: Store): HTMLElement {
  const words = store.words();
  const blanks = Array.from({ length: days[0] === undefined ? 0 : weekdayOf(days[0].day) }, () =>
    element('span', { class: 'day blank' }),
  );
  const cells = days.map((day, at) => {
    const pairs = pairsOf(day);
    const same = pairs.filter((pair) => pair.legacy !== undefined && pair.argo !== undefined).length;
    const kind = pairs.length === 0 ? 'none' : same === pairs.length ? 'same' : 'other';
    const label = `${day.day}: Digdag ${day.legacy.length}, Argo ${day.argo.length}`;
    return element(
      'span',
      { class: `day day-${kind}`, title: label, role: 'img', 'aria-label': label },
      element('span', { class: 'date' }, dateText(day.day, at === 0)),
      element(
        'span',
        { class: 'starts' },
        pairs.length === 0 ? '' : kind === 'same' ? `✓ ${pairs.length}` : `≠ ${day.legacy.length}/${day.argo.length}`,
      ),
    );
  });
  const names = weekdaysIn(store);
  return element(
    'div',
    { class: 'month', role: 'group', 'aria-label': words('nextStarts') },
    ...names.map((name) => element('span', { class: 'weekday', 'aria-hidden': 'true' }, name)),
    ...blanks,
    ...cells,
  );
}

const shownWeekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

function weekdaysIn(store: Store): readonly string[] {
  return store.language() === 'ja' ? [...'日月火水木金土'] : shownWeekdays;
}

/** The day of the month; with the month where one begins. */
function dateText(day: string, first: boolean): string {
  const [month, date] = [Number(day.slice(5, 7)), Number(day.slice(8))];
  return first || date === 1 ? `${month}/${date}` : String(date);
}

function localText(at: number, timezone: string, store: Store): string {
  const options = {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    weekday: 'short',
  } as const;
  const format = (zone: string): string => {
    const parts = new Map(
      new Intl.DateTimeFormat('en-US', { ...options, timeZone: zone })
        .formatToParts(at)
        .map((part) => [part.type, part.value]),
    );
    const of = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
    const weekday = weekdaysIn(store)[shownWeekdays.indexOf(of('weekday'))] ?? '';
    return `${of('year')}-${of('month')}-${of('day')} ${of('hour')}:${of('minute')} ${weekday}`;
  };
  try {
    return format(timezone);
  } catch {
    return format('UTC');
  }
}
