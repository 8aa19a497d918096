import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { repoPath } from '../../../src/core/source.ts';
import { compileWorkflow } from '../../../src/dig/compile-workflow.ts';
import { loadDig } from '../../../src/dig/load.ts';
import { readAddress, withSettings, writeAddress } from '../../../src/report/page/address.ts';
import { calendarDays } from '../../../src/report/page/calendar.ts';
import type { JobRow, PageGraph, PageSchedule } from '../../../src/report/page/data.ts';
import { selectRows } from '../../../src/report/page/filter.ts';
import { placeGraph } from '../../../src/report/page/graph-layout.ts';
import { duration, wordsOf } from '../../../src/report/page/words.ts';
import { nextFire } from '../../../src/session/schedule/fires.ts';
import { scheduleOf } from '../../../src/session/schedule/workflow-schedule.ts';
import { argoFires } from '../../../src/verify/argo/schedule.ts';

describe('the address', () => {
  test('keeps a view with its settings', () => {
    const address = {
      view: 'job',
      job: 'a/b c',
      settings: new Map([
        ['q', 'x&y=z#'],
        ['line', '3'],
      ]),
    } as const;
    const text = writeAddress(address);
    expect(text).toBe('#/job/a%2Fb%20c?q=x%26y%3Dz%23&line=3');
    expect(readAddress(text)).toEqual(address);
  });

  test('of any text is a view', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(['overview', 'plan', 'job']).toContain(readAddress(`#${text}`).view);
      }),
    );
  });

  test('loses settings that are empty', () => {
    const address = withSettings(readAddress('#/?q=x&env=prd'), { q: '', status: 'converted' });
    expect(writeAddress(address)).toBe('#/?env=prd&status=converted');
  });
});

describe('rows', () => {
  const row = (job: string, more: Partial<JobRow> = {}): JobRow => ({
    job,
    name: job,
    status: 'converted',
    owner: '',
    environments: ['dev', 'prd'],
    schedule: 'daily>: 07:00:00',
    scheduleKinds: ['daily'],
    lines: { before: 10, after: 1 },
    findings: [0, 0, 0],
    codes: [],
    rules: [],
    verdicts: {},
    fingerprint: '',
    ...more,
  });
  const rows = [
    row('b', { owner: 'データ基盤', lines: { before: 5, after: 1 }, scheduleKinds: [], schedule: '' }),
    row('a', { status: 'to-confirm', codes: ['CLOCK_IN_IMAGE'], rules: ['launcher-x'] }),
    row('c', { status: 'needs-work', environments: ['dev'], verdicts: { dev: 'proved', prd: 'differs' } }),
  ];
  const selected = (query: string): readonly string[] =>
    selectRows(rows, new Map(new URLSearchParams(query)), (each) => (each.job === 'a' ? 'accepted' : '')).map(
      ({ job }) => job,
    );

  test.each([
    ['', ['c', 'a', 'b']],
    ['sort=-status', ['b', 'a', 'c']],
    ['sort=job', ['a', 'b', 'c']],
    ['sort=lines', ['a', 'c', 'b']],
    ['status=converted', ['b']],
    ['env=prd&sort=job', ['a', 'b']],
    ['schedule=-', ['b']],
    ['owner=データ基盤', ['b']],
    ['code=CLOCK_IN_IMAGE', ['a']],
    ['rule=launcher-x', ['a']],
    ['verdict=differs', ['c']],
    ['review=accepted', ['a']],
    ['review=-&sort=job', ['b', 'c']],
    ['q=clock IMAGE', ['a']],
    ['q=データ', ['b']],
    ['q=nothing', []],
    ['status=converted&env=stg', []],
  ])('%s', (query, want) => expect(selected(query)).toEqual(want));
});

describe('the calendar agrees with both engines', () => {
  const day = 86_400_000;
  test.each([
    ['daily>: 07:00:00', '0 7 * * *', 'Asia/Tokyo', '2026-02-25T00:00:00Z'],
    ['daily>: 02:30:00', '30 2 * * *', 'America/New_York', '2026-03-01T00:00:00Z'],
    ['daily>: 01:30:00', '30 1 * * *', 'America/New_York', '2026-10-20T00:00:00Z'],
    ['cron>: 30 1 * * *', '30 1 * * *', 'America/New_York', '2026-10-20T00:00:00Z'],
    ['cron>: 30 2 * * *', '30 2 * * *', 'America/New_York', '2026-02-20T00:00:00Z'],
    ['daily>: 26:00:00', '0 2 * * *', 'Asia/Tokyo', '2026-12-20T00:00:00Z'],
    ['hourly>: 10:00', '10 * * * *', 'Asia/Tokyo', '2026-03-01T00:00:00Z'],
    ['weekly>: Mon,04:00:00', '0 4 * * Mon', 'Europe/Berlin', '2026-03-20T00:00:00Z'],
    ['monthly>: 1,03:00:00', '0 3 1 * *', 'Asia/Tokyo', '2028-02-01T00:00:00Z'],
    ['cron>: 0 9 13 * 5', '0 9 13 * *', 'Asia/Tokyo', '2026-02-01T00:00:00Z'],
    ['cron>: 15,45 */6 1-7 * *', '15,45 */6 1-7 * *', 'UTC', '2026-02-20T00:00:00Z'],
    ['minutes_interval>: 30', '*/30 * * * *', 'Asia/Tokyo', '2026-03-01T00:00:00Z'],
  ])('%s as %s in %s', (written, cron, timezone, from) => {
    const sink = new DiagnosticList();
    const text = `timezone: ${timezone}\nschedule:\n  ${written}\n+a:\n  echo>: x\n`;
    const loaded = loadDig(repoPath('a.dig'), () => text, sink);
    const workflow = loaded === undefined ? undefined : compileWorkflow(loaded, 'a', sink);
    const schedule = workflow === undefined ? undefined : scheduleOf(workflow, sink);
    if (schedule === undefined) throw new Error('the schedule of the test is broken');
    const page: PageSchedule = {
      environment: 'prd',
      legacy: written,
      argo: cron,
      timezone,
      suspended: false,
      changed: '',
      calendar: {
        legacy: { kind: schedule.kind, pattern: schedule.pattern, delaySeconds: schedule.delaySeconds, active: true },
        argo: { schedules: [cron] },
      },
    };
    const now = Date.parse(from);
    const days = calendarDays(page, now, 42);
    // Both engines are asked for the time that the calendar covers: its first day began before `now`.
    const until = now + 40 * day;
    const inTime = (at: number): boolean => at > now && at <= until;

    const legacy: { at: number; session: number }[] = [];
    for (let at = now; ; ) {
      const fire = nextFire(schedule, at);
      if (fire === undefined || fire.fireMs > until) break;
      legacy.push({ at: fire.fireMs, session: fire.sessionMs });
      at = fire.fireMs;
    }
    const shown = days.flatMap((each) => each.legacy).filter(({ at }) => inTime(at));
    expect(shown.map((fire) => [iso(fire.at), iso(fire.session)])).toEqual(
      legacy.map((fire) => [iso(fire.at), iso(fire.session)]),
    );

    const argo = argoFires({ spec: { schedules: [cron], timezone } }, now, until);
    if (argo.kind !== 'fires') throw new Error('the cron of the test is broken');
    expect(argo.atMs.length).toBeGreaterThan(0);
    expect(
      days
        .flatMap((each) => each.argo.map(({ at }) => at))
        .filter(inTime)
        .map(iso),
    ).toEqual(argo.atMs.map(iso));
  });

  function iso(at: number | undefined): string {
    return at === undefined ? '' : new Date(at).toISOString();
  }

  test('weekdays that `when` asks for, suspension, and the days of a schedule count', () => {
    const calendar = {
      legacy: {
        kind: 'daily',
        pattern: '0 0 * * *',
        delaySeconds: 3600,
        active: true,
        start: '2026-03-03',
        end: '2026-03-04',
      },
      argo: { schedules: ['0 9 13 * *'], weekdays: [5] },
    };
    const schedule: PageSchedule = {
      environment: 'prd',
      legacy: '',
      argo: '',
      timezone: 'UTC',
      suspended: false,
      changed: '',
      calendar,
    };
    const days = calendarDays(schedule, Date.parse('2026-03-01T00:00:00Z'), 60);
    expect(days.filter((each) => each.argo.length > 0).map((each) => each.day)).toEqual(['2026-03-13']);
    expect(days.filter((each) => each.legacy.length > 0).map((each) => each.day)).toEqual(['2026-03-03', '2026-03-04']);
    expect(calendarDays({ ...schedule, suspended: true }, 0, 60).flatMap((each) => each.argo)).toEqual([]);
  });
});

describe('the graph', () => {
  const graph: PageGraph = {
    nodes: ['a', 'b', 'c', 'd'].map((id) => ({ id, label: id })),
    edges: [
      ['a', 'c'],
      ['b', 'c'],
      ['c', 'd'],
      ['a', 'd'],
    ].map(([from = '', to = '']) => ({ from, to, kind: 'next', label: '' })),
  };

  test('stands each step behind all that it waits for, and no two in one place', () => {
    const { nodes, edges, width, height } = placeGraph(graph);
    const at = new Map(nodes.map((node) => [node.id, node]));
    for (const { from, to } of graph.edges) expect(at.get(from)!.x).toBeLessThan(at.get(to)!.x);
    expect(new Set(nodes.map(({ x, y }) => `${x},${y}`)).size).toBe(4);
    expect(edges).toHaveLength(4);
    for (const { x, y } of nodes) expect([x >= 0 && x < width, y >= 0 && y < height]).toEqual([true, true]);
  });

  test('of any edges is placed, also in a circle', () => {
    const edge = fc.record({
      from: fc.constantFrom('a', 'b', 'c', 'd', 'x'),
      to: fc.constantFrom('a', 'b', 'c', 'd'),
      kind: fc.constant('next' as const),
      label: fc.constant(''),
    });
    fc.assert(
      fc.property(fc.array(edge), (edges) => {
        expect(placeGraph({ ...graph, edges }).nodes).toHaveLength(4);
      }),
    );
  });
});

test('words are filled in, in both languages', () => {
  expect(wordsOf('en')('shown', { n: 1234, all: 2000 })).toBe('1,234 of 2,000 jobs');
  expect(wordsOf('ja')('shown', { n: 3, all: 16 })).toBe('16 件中 3 件');
  expect([duration(45, 'en'), duration(600, 'en'), duration(4800, 'ja')]).toEqual(['45 min', '10 h', '10 人日']);
});
