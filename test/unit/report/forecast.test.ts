import { readFileSync } from 'node:fs';
import fg from 'fast-glob';
import { describe, expect, test } from 'vitest';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { messages } from '../../../src/core/messages.ts';
import { figuresOf } from '../../../src/pipeline/figures.ts';
import { type Figures, sumFigures } from '../../../src/report/forecast/figures.ts';
import { withForecast } from '../../../src/report/forecast/forecast.ts';
import { forecastText } from '../../../src/report/reporters/forecast-text.ts';
import type { JobReport, Report } from '../../../src/report/types.ts';
import { loadRules } from '../../../src/rules/load.ts';
import { packageRules } from '../../generated.ts';
import { errorIn, jobOf, placeIn, reportOf, warningIn } from './fixture.ts';

const figures: Figures = {
  minutes: { p50: { error: 60, warning: 10, unaccounted: 20 }, p90: { error: 100, warning: 40, unaccounted: 20 } },
  launchSeconds: { fetches: 3, connects: 6 },
  rules: ['figures-x'],
};

const forecast = (report: Report): Report => withForecast(report, figures, {});

describe('effort', () => {
  test('of a finding is its figure; bad cases of one kind add up, those of several kinds as independent errors do', () => {
    const one = forecast(reportOf([jobOf('a', { diagnostics: [errorIn('a.dig', 'a'), errorIn('b.dig', 'a')] })]));
    expect(one.forecast?.minutes).toEqual({ p50: 120, p90: 200 });
    const two = forecast(reportOf([jobOf('a', { diagnostics: [errorIn('a.dig', 'a'), warningIn('a.dig', 'a')] })]));
    // √(40² + 30²) = 50
    expect(two.forecast?.minutes).toEqual({ p50: 70, p90: 120 });
  });

  test('of one place that several jobs and environments share is counted once', () => {
    const shared = (job: string): JobReport =>
      jobOf(job, { diagnostics: ['dev', 'prd'].map((environment) => errorIn('scripts/run.sh', job, environment)) });
    const report = forecast(reportOf([shared('a'), shared('b'), shared('c')]));
    expect(report.forecast?.kinds).toEqual([
      {
        kind: 'DIG_INCLUDE_MISSING',
        title: 'DIG_INCLUDE_MISSING',
        count: 3,
        minutes: { p50: 60, p90: 100 },
        shared: 2,
      },
    ]);
    expect(report.details.map((job) => job.effort?.minutes.p50)).toEqual([60, 60, 60]);
  });

  test('of a family is that of one member', () => {
    const jobs = ['a', 'b'].map((job) => jobOf(job, { diagnostics: [warningIn(`${job}.dig`, job)] }));
    const alone = forecast(reportOf(jobs)).forecast?.minutes.p50;
    const family = {
      id: 'f',
      title: 'f',
      kind: 'step',
      origin: 'alike',
      common: 2,
      members: [{ job: 'a' }, { job: 'b' }],
      parameters: [],
      lines: { before: 2, after: 1 },
      decision: 'proposed',
      nearMisses: [],
    } as const;
    expect([alone, forecast(reportOf(jobs, { families: [family] })).forecast?.minutes.p50]).toEqual([20, 10]);
  });

  test('counts what is unaccounted, and review until a job is accepted as it is', () => {
    const unaccounted = [{ kind: 'dig-key', label: '_x', span: placeIn('a.dig') }];
    expect(
      forecast(reportOf([], { accounting: { consumed: 0, dropped: [], unaccounted } })).forecast?.minutes.p50,
    ).toBe(20);
    const withReview: Figures = { ...figures, minutes: { p50: { review: 10 }, p90: { review: 30 } } };
    const review = { state: 'accepted', note: '', fingerprint: 'x', changed: false } as const;
    const jobs = [jobOf('a'), jobOf('b', { review }), jobOf('c', { review: { ...review, changed: true } })];
    expect(withForecast(reportOf(jobs), withReview, {}).forecast?.minutes).toEqual({ p50: 20, p90: 60 });
  });
});

test('gains are counted by step: what a launcher does for two environments, it does once in a run', () => {
  const deed = (task: string, what: string) => ({
    task,
    what,
    rule: 'r',
    fate: 'unnecessary',
    why: 'x',
    span: placeIn('a.sh'),
  });
  const job = jobOf('a', {
    launchers: [
      deed('+a+x', 'fetches https://x'),
      deed('+a+x', 'connects to the cluster dev'),
      deed('+a+x', 'connects to the cluster prd'),
      deed('+a+y', 'fetches https://y'),
      deed('+a+y', 'sings'),
    ],
    lines: { before: 10, after: 30, afterInBlockStyle: 60 },
  });
  expect(forecast(reportOf([job])).details[0]?.gains).toMatchObject({
    launcherSeconds: 12,
    podsSaved: 2,
    linesSaved: 0,
    failureModes: [{ places: 2 }, { places: 1 }],
  });
});

describe('the plan', () => {
  const groupsOf = (jobs: readonly JobReport[]) =>
    forecast(reportOf(jobs)).plan?.groups.map(({ jobs: names }) => names);

  test('binds jobs that call or require each other, also through others', () => {
    const jobs = [jobOf('a', { requires: ['b'] }), jobOf('b', { calls: ['c', 'library'] }), jobOf('c'), jobOf('d')];
    expect(groupsOf(jobs)).toEqual([['d'], ['a', 'b', 'c']]);
  });

  test('begins with what nothing speaks against', () => {
    const jobs = [
      jobOf('errors', { status: 'needs-work', diagnostics: [errorIn('a.dig', 'errors')] }),
      jobOf('often', {
        schedules: [
          {
            environment: 'prd',
            legacy: 'hourly>: 10:00',
            argo: '10 * * * *',
            timezone: 'UTC',
            suspended: false,
            changed: '',
          },
        ],
      }),
      jobOf('plain'),
      jobOf('decisions', { diagnostics: [warningIn('a.dig', 'decisions')] }),
    ];
    expect(groupsOf(jobs)?.flat()).toEqual(['plain', 'often', 'decisions', 'errors']);
  });

  const proof = (environment: string, kind: 'proved' | 'not-provable'): JobReport['proof'][number] => ({
    job: 'a',
    environment,
    start: { environment, sessionTime: 'x', creationTime: '' },
    verdict: kind === 'proved' ? { kind } : { kind, reason: 'x' },
  });

  test.each<[string, Partial<JobReport>, Parameters<typeof withForecast>[2], readonly string[]]>([
    ['never verified', {}, {}, ['offered', 'waiting', 'waiting']],
    ['verified in dev', { proof: [proof('dev', 'proved')] }, {}, ['offered', 'offered', 'waiting']],
    [
      'verified in stg',
      { proof: [proof('dev', 'proved'), proof('stg', 'proved')] },
      {},
      ['offered', 'offered', 'offered'],
    ],
    [
      'not provable in dev',
      { proof: [proof('dev', 'proved'), proof('dev', 'not-provable')] },
      {},
      ['offered', 'waiting', 'waiting'],
    ],
    ['needs work', { status: 'needs-work', proof: [proof('dev', 'proved')] }, {}, ['waiting', 'waiting', 'waiting']],
    ['moved in dev', {}, { a: { dev: 'argo' } }, ['done', 'waiting', 'waiting']],
  ])('offers an environment when the one before was verified: %s', (_, more, cutover, want) => {
    const { plan } = withForecast(reportOf([jobOf('a', more)]), figures, cutover);
    expect(plan?.cutovers.map(({ state }) => state)).toEqual(want);
  });

  test('moves a bound group only as a whole', () => {
    const jobs = [jobOf('a', { requires: ['b'], proof: [proof('dev', 'proved')] }), jobOf('b')];
    expect(
      forecast(reportOf(jobs)).plan?.cutovers.find(({ job, environment }) => job === 'a' && environment === 'stg'),
    ).toMatchObject({
      state: 'waiting',
      why: 'not verified in dev: b',
    });
  });

  test('says the steps of a cut-over', () => {
    const steps = forecast(reportOf([jobOf('a_b')])).plan?.cutovers[0]?.steps ?? [];
    expect(steps[0]).toContain('make cutover ENV=dev JOB=a-b');
    expect(steps[1]).toContain('digdag disable <project of dev> a_b');
  });
});

test('constructs are known, need a decision, or are unknown', () => {
  const step = (what: string, rule: string) => ({ task: '+a+x', span: placeIn('a.dig'), what, rules: [rule] });
  const job = jobOf('a', {
    steps: [
      step('Kubernetes Job', 'launcher-x'),
      step('Kubernetes Job', 'launcher-x'),
      step('foo>: not converted', ''),
    ],
    diagnostics: [errorIn('a.dig', 'a'), warningIn('a.dig', 'a')],
  });
  expect(forecast(reportOf([job])).forecast?.constructs.map(({ what, group, count }) => [group, what, count])).toEqual([
    ['unknown', 'DIG_INCLUDE_MISSING', 1],
    ['unknown', 'foo>', 1],
    ['needs-decision', 'CLOCK_IN_IMAGE', 1],
    ['known', 'launcher-x', 2],
  ]);
});

describe('the figures of the package', () => {
  const rules = loadRules(packageRules(), new DiagnosticList());

  test('are all read', () => {
    expect(fg.sync('rules/figures/*.yaml')).toHaveLength(3);
    const read = figuresOf(rules);
    expect(read.rules).toEqual(['figures-launch-seconds', 'figures-minutes-p50', 'figures-minutes-p90']);
    expect(Object.keys(read.minutes.p50)).toEqual(Object.keys(read.minutes.p90));
    expect(Object.keys(read.launchSeconds).length).toBeGreaterThan(3);
  });

  test('name codes that exist, and bad cases are no better than likely ones', () => {
    const { p50, p90 } = figuresOf(rules).minutes;
    const kinds = new Set(['review', 'cutover', 'error', 'warning', 'unaccounted', ...Object.keys(messages)]);
    expect(Object.keys(p50).filter((kind) => !kinds.has(kind))).toEqual([]);
    for (const [kind, minutes] of Object.entries(p50)) expect(p90[kind], kind).toBeGreaterThanOrEqual(minutes);
  });

  test.each(rules.byKind.figures.flatMap((rule) => rule.examples.map((example) => [rule.id, rule, example] as const)))(
    'example of %s',
    (_, rule, example) => expect(sumFigures(rule.values, example.of)).toBe(example.gives),
  );

  test('can be replaced by a rule of the same id', () => {
    const own = readFileSync('rules/figures/minutes-p50.yaml', 'utf8')
      .replace('review: 10', 'review: 99')
      .replace('gives: 640', 'gives: 2064');
    const path = 'own/figures/minutes-p50.yaml' as ReturnType<typeof packageRules>[number]['path'];
    const replaced = loadRules([...packageRules(), { path, text: own }], new DiagnosticList());
    expect(figuresOf(replaced).minutes.p50['review']).toBe(99);
  });
});

describe('a job whose runs are proved', () => {
  const start = { environment: 'stg', sessionTime: '2026-03-01T00:00:00Z', creationTime: '' };
  const proved = { job: 'a', environment: 'stg', start, verdict: { kind: 'proved' } } as const;
  const schedule = {
    environment: 'stg',
    legacy: 'daily>: 01:00:00',
    argo: '0 1 * * *',
    timezone: 'UTC',
    suspended: false,
    changed: '',
  };
  const difference = { path: 'fire', legacy: 'a', argo: 'b' };
  const stateIn = (job: Partial<JobReport>): string | undefined =>
    forecast(reportOf([jobOf('a', { environments: ['stg', 'prd'], proof: [proved], ...job })])).plan?.cutovers.find(
      ({ environment }) => environment === 'prd',
    )?.state;

  test.each<[string, Partial<JobReport>, string]>([
    ['is offered for the next environment', {}, 'offered'],
    ['also where its starts are proved', { schedules: [{ ...schedule, proof: { kind: 'proved' } }] }, 'offered'],
    [
      'not where its starts differ',
      { schedules: [{ ...schedule, proof: { kind: 'differs', differences: [difference] } }] },
      'waiting',
    ],
    [
      'nor where anything else does',
      { otherDifferences: [{ environment: 'stg', differences: [difference] }] },
      'waiting',
    ],
    ['nor without a run in the environment before', { proof: [] }, 'waiting'],
  ])('%s', (_, job, want) => expect(stateIn(job)).toBe(want));
});

test('audit tells a terminal what is used, what is left and which jobs go first', () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const jobs = names.map((name) =>
    jobOf(name, { requires: name === 'a' ? [] : ['a'], diagnostics: [warningIn('a.dig', name)] }),
  );
  const text = forecastText(forecast(reportOf(jobs)));
  expect(text).toMatch(/What the legacy tree uses\n.*\n {2}CLOCK_IN_IMAGE +needs a decision +5 +5 +a\.dig:2:3\n/);
  expect(text).toMatch(/Work left\n.*\n {2}CLOCK_IN_IMAGE +5 \(4 done with another\) +10 min +40 min\n/);
  expect(text).toMatch(
    /Which jobs first\n.*\n +1 +a, b, c, 2 more +2 +b requires a; c requires a; d requires a; 2 more\n/,
  );
});
