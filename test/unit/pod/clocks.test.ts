import { describe, expect, test } from 'vitest';
import type { Schedule } from '../../../src/ir/graph.ts';
import { entryOf } from '../../../src/ir/read-value.ts';
import { readStrftime } from '../../../src/ir/strftime.ts';
import type { Loaded } from '../../../src/rules/rule-set.ts';
import type { ClockRule } from '../../../src/rules/schema.ts';
import { plain, rules } from './fixture.ts';
import { convert } from './job.ts';

function schedule(kind: Schedule['kind'], delaySeconds: number): Schedule {
  return {
    kind,
    pattern: '',
    delaySeconds,
    timezone: 'Asia/Tokyo',
    skipOnOvertime: false,
    state: 'active',
    written: '',
    span: { file: '' as never, start: { offset: 0, line: 1, col: 1 }, end: { offset: 0, line: 1, col: 1 } },
  };
}

const daily = schedule('daily', 7 * 3600);

/** The words that the main container runs in a session, and the codes of what was found. */
function run(
  text: string,
  options: { zone?: string; session?: string; schedule?: Schedule | undefined; command?: readonly string[] } = {},
): { words: string; codes: readonly string[]; messages: readonly string[]; readsClock: number } {
  const env = options.zone === undefined ? {} : { env: [{ name: 'TZ', value: options.zone }] };
  const { template, codes, messages } = convert(
    { main: JSON.stringify({ command: options.command ?? ['sh', '-c'], args: [text], ...env }) },
    { schedule: 'schedule' in options ? options.schedule : daily },
  );
  const container = plain(entryOf(template?.body, 'container'), options.session ?? '2024-03-31T00:00:00+09:00') as {
    command: string[];
    args?: string[];
  };
  return {
    words: [...container.command, ...(container.args ?? [])].join(' '),
    codes,
    messages,
    readsClock: template?.readsClock.length ?? 0,
  };
}

describe('date in a container whose zone is the schedule’s', () => {
  test.each([
    ['/x $(date +%F)', '/x 2024-03-31'],
    ['/x "$(date +%Y-%m-%d)"', '/x 2024-03-31'],
    ['/x `date "+%Y/%m/%d"`', '/x 2024/03/31'],
    ['/x $(date -d yesterday +%Y%m%d)', '/x 20240330'],
    ["/x $(date -d '1 day ago' +%Y%m%d)", '/x 20240330'],
    ["/x $(date --date='-1 day' +%Y%m%d)", '/x 20240330'],
    ["/x $(date --date '2 days ago' '+%Y%m%d')", '/x 20240329'],
    ['/x $(date -d "1 week ago" +%F)', '/x 2024-03-24'],
    ['/x $(date -d "next day" +%F)', '/x 2024-04-01'],
    ['/x $(date -d "-1 days" -I)', '/x 2024-03-30'],
    ['/x $(date -v-1d +%F)', '/x 2024-03-30'],
    ['/x $(/bin/date +%y%m%d)', '/x 240331'],
    ['/x $(busybox date +%F)', '/x 2024-03-31'],
    ['/x $(date -d "@$(( $(date +%s) - 86400 ))" +%F)', '/x 2024-03-30'],
    ['/x $(date -d "$(date +%Y-%m-01) -1 day" +%F)', '/x 2024-02-29'],
    ['/x $(date -d "$(date +%Y-%m-01) -1 month" +%Y%m)', '/x 202402'],
    ['/x $(TZ=UTC date +%F)', '/x 2024-03-30'],
    ['/x $(date -u +%F)', '/x 2024-03-30'],
    ["/x $(date -d 'this day' +%F)", '/x 2024-03-31'],
    ["/x $(date -d 'day ago' +%F)", '/x 2024-03-30'],
    [
      'DAY=$(date +%F)\n/x --day=${DAY} "$DAY.csv" \'$DAY\'',
      'sh -c DAY=2024-03-31\n/x --day=${DAY} "$DAY.csv" \'$DAY\'',
    ],
    ['DAY=$(date +%F)\n/x --day=${DAY} "$DAY.csv"', '/x --day=2024-03-31 2024-03-31.csv'],
  ])('%s', (text, want) => {
    const { words, codes, readsClock } = run(text, { zone: 'Asia/Tokyo' });
    expect(words).toBe(want);
    expect(codes).toEqual(['CLOCK_REPLACED']);
    expect(readsClock).toBe(0);
  });
});

describe('the zone of the container', () => {
  test.each([
    ['UTC at 07:00 in Tokyo is the day before', undefined, daily, '2024-03-30'],
    ['UTC at 10:00 in Tokyo is the same day', undefined, schedule('daily', 10 * 3600), '2024-03-31'],
    ['a POSIX zone', 'JST-9', daily, '2024-03-31'],
    ['a POSIX zone west of UTC, whatever its name', 'UTC+9', schedule('daily', 10 * 3600), '2024-03-30'],
    ['a POSIX zone east of UTC', '<+07>-7', daily, '2024-03-31'],
    ['a name that libc does not know: UTC', 'JST', daily, '2024-03-30'],
    ['a name in other letters: UTC', 'Asia/tokyo', daily, '2024-03-30'],
    ['a fire on the next day', 'Asia/Tokyo', schedule('daily', 25 * 3600), '2024-04-01'],
    ['a zone with summer time, before it', 'America/New_York', daily, '2024-03-30'],
    ['hours of an hourly schedule in another zone', 'UTC', schedule('hourly', 600), '2024-03-30'],
    ['no schedule', 'Asia/Tokyo', undefined, '2024-03-31'],
  ])('%s', (_, zone, of, want) => {
    const { words, codes } = run('/x $(date +%F)', { ...(zone === undefined ? {} : { zone }), schedule: of });
    expect(words).toBe(`/x ${want}`);
    expect(codes).toEqual(['CLOCK_REPLACED']);
  });

  test('hours that only move the date are part of it', () => {
    expect(run("/x $(date -d '+9 hours' +%F)").words).toBe('/x 2024-03-31');
    expect(run("/x $(date -d '1 hour' +%F)").words).toBe('/x 2024-03-30');
  });

  test('the hour of an hourly session', () => {
    const session = '2024-03-31T05:00:00+09:00';
    expect(run('/x $(date +%Y%m%d%H)', { zone: 'Asia/Tokyo', schedule: schedule('hourly', 600), session }).words).toBe(
      '/x 2024033105',
    );
    expect(
      run("/x $(date -d '1 hour ago' +%Y%m%d%H)", { zone: 'Asia/Tokyo', schedule: schedule('hourly', 600), session })
        .words,
    ).toBe('/x 2024033104');
  });

  test('is named in the finding, also where none is set', () => {
    expect(run('/x $(date +%F)').messages[0]).toBe(
      '$(date +%F) asked the clock of the pod (UTC, where no TZ is set); it becomes the day before the session, so that a past session can be run again',
    );
    expect(run('/x $(date +%F)', { zone: 'Asia/Tokyo' }).messages[0]).toContain(
      "(Asia/Tokyo); it becomes the session's date",
    );
  });
});

describe('clocks that stay, with the reason', () => {
  test.each([
    ['/x $(date +%s)', 'it asks for %s'],
    ['/x $(date +%Y%m%d%H%M%S)', 'it asks for the time of day'],
    ['/x $(date +%H)', 'it asks for the hour'],
    ['/x $(date)', 'it asks for the time of day'],
    ["/x $(date -d '1 month ago' +%Y%m)", 'a shift by months'],
    ["/x $(date -d 'a day ago' +%F)", 'the date a day ago is not understood'],
    ["/x $(date -d 'yesterday noon' +%F)", 'the date yesterday noon is not understood'],
    ['/x $(cd / && date +%F)', 'the command around date is not understood'],
    ['/x $(TZ="UTC"  date +%F)', ''],
    ['/x $(env TZ=UTC date +%F)', ''],
    ['/x $(LC_ALL=C TZ=UTC date +%F)', ''],
    ['/x $(command date +%F)', ''],
    ['/x $(/usr/bin/env date +%F)', ''],
    ['/x $(date -ud yesterday +%F)', ''],
    ['/x $(date --rfc-3339=date)', ''],
    ['/x "`date -d \\"1 day ago\\" +%F`"', ''],
    ['/x $(date -d "$(date +%Y-%m-15) -1 month" +%Y%m)', ''],
    ['/x $(date -d "-$(date +%d) days" +%F)', ''],
    ['/x $(date -v-1d +%F 2>/dev/null || date -d yesterday +%F)', ''],
    ['/x $(date -d yesterday +%F || date -v-1d +%F)', ''],
    ["/x $(date -d 'last monday' +%F)", ''],
    ["/x $(date -d 'last sunday' +%F)", ''],
    ['/x $(date -d sunday +%F)', ''],
    ['/x $(date -d monday +%F)', ''],
    ["/x $(date -d 'next sunday' +%F)", ''],
    ["/x $(date -d 'last friday -7 days' +%F)", ''],
    ['/x $(expr $(date +%Y) - 1)', ''],
    ['/x $(echo "$(date +%F)" | tr -d -)', ''],
    ["bash -c '/x $(date +%F)'", ''],
    ['/x $( (date +%F) )', 'the command around date is not understood'],
    ['/x $(date -d "${DAY:-yesterday} -1 day" +%F)', 'it reckons from the clock where ${DAY:-yesterday} is not set'],
    ['/x $(date -d "${DAY:-$(date +%F)} -1 day" +%F)', 'it reckons from the clock where'],
    ['/x $(date -d "2024-01-01 $(date +%H:00)" +%F)', 'the date 2024-01-01 $(date +%H:00) is not understood'],
    ['if true; then date +%F; fi | xargs /x', 'the command around date is not understood'],
    ['for i in 1 2; do date +%F | xargs /x; done', 'the command around date is not understood'],
    ['f() { date +%F; }; /x $(f)', 'the command around date is not understood'],
    ['read DAY < <(date +%F); /x $DAY', 'the command around date is not understood'],
    ["printf -v DAY '%(%F)T' -1; /x $DAY", 'no rule translates it'],
    ['/x $EPOCHSECONDS', 'no rule translates it'],
    [`/x | awk '{print strftime("%F"), $1}'`, 'no rule translates it'],
    ['bash -c "/x \\$(date +%F)"', 'the command around date is not understood'],
    ['eval "/x \\$(date +%F)"', 'the command around date is not understood'],
    ['/x $(date -r /etc/hosts +%F)', 'date -r has no equal'],
    ['date +%F > /tmp/day; /x', 'its output goes into a file or a pipe'],
    ['date +%F | xargs /x', 'its output goes into a file or a pipe'],
    ['/x $(date +%F | tr - /)', 'the command around date is not understood'],
    ["/x $(perl -e 'print time')", 'more than a date'],
  ])('%s', (text, reason) => {
    const { words, codes, messages, readsClock } = run(text, { zone: 'Asia/Tokyo' });
    expect(words).toBe(`sh -c ${text}`);
    expect(codes).toEqual(['CLOCK_KEPT']);
    expect(messages[0]).toContain(reason);
    expect(readsClock).toBe(1);
  });

  test('an unknown zone', () => {
    expect(run('/x $(date +%F)', { zone: 'Mars/Olympus' }).messages[0]).toContain('the zone Mars/Olympus is unknown');
  });

  test('a zone that only the cluster knows', () => {
    const { codes, messages } = convert({
      main: '{command: [sh, -c], args: ["/x $(date +%F)"], env: [{name: TZ, valueFrom: {configMapKeyRef: {name: c, key: tz}}}]}',
    });
    expect(codes).toEqual(['CLOCK_KEPT']);
    expect(messages[0]).toContain('known only in the cluster');
  });
});

describe('no clock', () => {
  test.each([
    ["/x '$(date +%F)'"],
    ['/x # $(date +%F)'],
    ["/x $(date -d '2024-01-01 -1 day' +%F)"],
    ['/x $(date -d "__TARGET_DATE__ -1 day" +%F)'],
    ['echo "start: $(date)"; /x'],
    ['/x --update=$(cat day)'],
    ['date; /x'],
  ])('%s', (text) => {
    const { codes, readsClock } = run(text, { zone: 'Asia/Tokyo' });
    expect(codes).toEqual([]);
    expect(readsClock).toBe(0);
  });

  test('arguments that no shell reads', () => {
    expect(convert({ main: 'args: ["--date=$(date +%F)"]' }).codes).toEqual([]);
  });
});

describe('programs in other languages', () => {
  test.each([
    [
      ['python3', '-c'],
      "import datetime; run((datetime.date.today() - datetime.timedelta(days=1)).strftime('%Y%m%d'))",
      "python3 -c import datetime; run('20240330')",
      ['CLOCK_REPLACED'],
    ],
    [
      ['python3', '-c'],
      'import datetime; run(datetime.date.today())',
      'python3 -c import datetime; run(datetime.date.today())',
      ['CLOCK_KEPT'],
    ],
    [['ruby', '-e'], "run(Date.today.strftime('%F'))", "ruby -e run('2024-03-31')", ['CLOCK_REPLACED']],
    [['node', '-e'], 'run(new Date())', 'node -e run(new Date())', ['CLOCK_KEPT']],
    [
      ['sh', '-c'],
      `/x --date=$(python -c "from datetime import date; print(date.today().strftime('%F'))")`,
      '/x --date=2024-03-31',
      ['CLOCK_REPLACED'],
    ],
    [
      ['sh', '-c'],
      `python -c "import datetime; run(datetime.date.today().strftime('%F'))"`,
      "python -c import datetime; run('2024-03-31')",
      ['CLOCK_REPLACED'],
    ],
    [['python3', 'app.py'], 'datetime.now()', 'python3 app.py datetime.now()', []],
  ])('%s %s', (command, text, want, codes) => {
    const { words, codes: found } = run(text, { zone: 'Asia/Tokyo', command });
    expect(words).toBe(want);
    expect(found).toEqual(codes);
  });
});

test('a variable that the container has already keeps its shell, since the program sees it', () => {
  const text = 'DAY=$(date +%F)\n/x --day=$DAY';
  const { body } = convert({
    main: JSON.stringify({
      command: ['sh', '-c'],
      args: [text],
      env: [
        { name: 'TZ', value: 'Asia/Tokyo' },
        { name: 'DAY', value: 'x' },
      ],
    }),
  });
  expect(body.container).toMatchObject({ command: ['sh', '-c'], args: ['DAY=<day>\n/x --day=$DAY'] });
});

test('the value is named after the flag or variable it is given to', () => {
  const name = (text: string): unknown =>
    plain(
      entryOf(
        convert({
          main: JSON.stringify({ command: ['sh', '-c'], args: [text], env: [{ name: 'TZ', value: 'Asia/Tokyo' }] }),
        }).template?.body,
        'container',
      ),
    );
  expect(name('/x --target-date=$(date +%F)')).toMatchObject({ args: ['--target-date=<target_date>'] });
  expect(name('/x --since "$(date -d yesterday +%F)"')).toMatchObject({ args: ['--since', '<since>'] });
  expect(name('/x $(date -d yesterday +%F)')).toMatchObject({ args: ['<yesterday>'] });
});

test.each([
  ['%Y-%m', ['YYYY', '-', 'MM']],
  ['%F %T', ['YYYY', '-', 'MM', '-', 'DD', ' ', 'HH', ':', 'mm', ':', 'ss']],
  ['%-d.%-m.', ['D', '.', 'M', '.']],
  ['100%%', ['100%']],
  ['%j%u%a', ['DDDD', 'E', 'ddd']],
])('strftime %s', (format, want) => {
  const read = readStrftime(format);
  expect(
    read.kind === 'pattern' ? read.parts.map((part) => (part.kind === 'token' ? part.token : part.text)) : read.token,
  ).toEqual(want);
});

test('a field without an equal is named', () => {
  expect(readStrftime('%F %s')).toEqual({ kind: 'unknown', token: '%s' });
  expect(readStrftime('%')).toEqual({ kind: 'unknown', token: '%' });
});

const imageClock: Loaded<ClockRule> = {
  kind: 'clock',
  id: 'clock-nightly',
  title: 'x',
  language: 'program',
  image: '(?:^|/)load$',
  zone: 'container',
  flag: '--date={date}',
  examples: [{ text: '', gives: 'kept' }],
  at: daily.span,
};

test('a clock inside a known image is reported with the flag to add, unless the flag is given', () => {
  const input = { rules: { byKind: { ...rules.byKind, clock: [imageClock] } } };
  const without = convert({}, input);
  expect(without.codes).toEqual(['CLOCK_IN_IMAGE']);
  expect(without.messages).toEqual(['the program of example.test/load asks the clock itself']);
  expect(without.positions).toEqual(['manifests/job.yaml:1:1']);
  expect(without.template?.readsClock).toHaveLength(1);
  const given = convert({ main: 'args: [--date=__TARGET_DATE__]' }, input);
  expect(given.codes).toEqual([]);
  expect(given.template?.readsClock).toEqual([]);
});
