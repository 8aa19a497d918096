import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { services } from '../../src/cli/services.ts';
import { reportSchema } from '../../src/report/schema/report.ts';
import type { Report } from '../../src/report/types.ts';
import { limits } from '../../src/verify/proof.ts';
import { type CliRun, Workplace } from './run-cli.ts';

/** One output of the small sample, verified; each test leaves it so that the next can go on. */
let place: Workplace;
let verified: CliRun;

const NAME = 'daily_sales_report';
const dig = `legacy/digdag/prd/${NAME}.dig`;

function dig2argo(...argv: string[]): Promise<CliRun> {
  return place.run(services, ...argv);
}

function verify(...argv: string[]): Promise<CliRun> {
  return dig2argo('verify', 'legacy', 'out', '--from', '2026-11-24T00:00:00Z', '--times', '1', ...argv);
}

function report(): Report {
  return reportSchema.parse(JSON.parse(place.read('out/reports/report.json')));
}

function proofOf(job = NAME): Report['details'][number]['proof'] {
  return report().details.find((each) => each.job === job)?.proof ?? [];
}

beforeAll(async () => {
  place = new Workplace();
  cpSync('samples/daily-sales/legacy', join(place.folder, 'legacy'), { recursive: true });
  await dig2argo('convert', 'legacy', 'out');
  verified = await verify();
}, 120_000);
afterAll(() => place.remove());

describe('verdicts in the reports of an output', () => {
  test('stand in report.json, in the job reports, on the page, with what no verdict speaks about', () => {
    expect(verified).toMatchObject({ code: 0, err: expect.stringContaining('The verdicts are in out/reports') });
    expect(new Set(proofOf().map(({ environment }) => environment))).toEqual(new Set(['dev', 'prd']));
    expect(proofOf().length).toBeGreaterThan(6);
    const name = report().details[0]?.name ?? '';
    expect(JSON.parse(place.read(`out/reports/${name}.json`)).proof).toEqual(proofOf());
    const markdown = place.read(`out/reports/${name}.md`);
    const counted = proofOf().filter(({ environment }) => environment === 'prd').length;
    expect(markdown).toContain('## Proof');
    expect(markdown).toMatch(new RegExp(`\\| prd +\\| ${counted} proved`));
    for (const limit of limits) expect(markdown).toContain(limit);
    expect(markdown).toMatch(/\| prd +\| .* \| fires equal \|/);
    const schedules = report().details[0]?.schedules ?? [];
    expect(schedules.find(({ environment }) => environment === 'prd')?.proof).toEqual({ kind: 'proved' });
    expect(place.read('out/reports/index.html')).toContain('"verdict":"proved');
  });

  test('are no edit: the output is up to date for convert, and a second run changes nothing', async () => {
    expect(await dig2argo('convert', 'legacy', 'out', '--check')).toMatchObject({
      code: 0,
      err: expect.stringContaining('out is up to date'),
    });
    const before = place.files('out').map((path) => [path, place.read(`out/${path}`)]);
    await dig2argo('convert', 'legacy', 'out');
    await verify();
    expect(place.files('out').map((path) => [path, place.read(`out/${path}`)])).toEqual(before);
  });

  test('of one environment replace those of this environment only', async () => {
    const before = proofOf();
    await verify('--env', 'prd', '--at', '2028-02-29');
    const [dev, prd] = ['dev', 'prd'].map((name) => proofOf().filter(({ environment }) => environment === name));
    expect(dev).toEqual(before.filter(({ environment }) => environment === 'dev'));
    expect(prd?.length).toBeGreaterThan(0);
    expect(
      prd?.every(({ start }) => start.sessionTime.startsWith('2028-02-29') || start.targetDate !== undefined),
    ).toBe(true);
    await verify();
    expect(proofOf()).toEqual(before);
  });

  test('stay out of the output with --no-write', async () => {
    const before = place.read('out/reports/report.json');
    await verify('--env', 'prd', '--at', '2028-02-29', '--no-write');
    expect(place.read('out/reports/report.json')).toBe(before);
  });

  test('do not overwrite a report that someone edited', async () => {
    const path = 'out/reports/summary.md';
    const before = place.read(path);
    place.write({ [path]: `${before}mine\n` });
    // The summary does not speak of verdicts job by job, but it is written anew with them.
    const { code, err } = await verify();
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining('OUT_EDITED') });
    expect(place.read(path)).toBe(`${before}mine\n`);
    place.write({ [path]: before });
    await dig2argo('convert', 'legacy', 'out');
  });
});

describe('a conversion', () => {
  test.each([
    ['its workflow', dig],
    ['a launcher, which may be another program now', 'legacy/scripts/changed.sh'],
    ['the configuration', 'legacy/dig2argo.yaml'],
  ])('drops verdicts when %s changed, and keeps none that it could not check', async (_, path) => {
    await verify();
    expect(proofOf().length).toBeGreaterThan(0);
    const known = place.files('.').includes(path) ? place.read(path) : undefined;
    place.write({ [path]: `${known ?? ''}# changed\n` });
    await dig2argo('convert', 'legacy', 'out');
    expect(proofOf()).toEqual([]);
    expect(place.files('out')).not.toContain('.dig2argo/proof.json');
    place.write({ [path]: known ?? '' });
  });

  test('drops verdicts that cannot be read', async () => {
    await verify();
    place.write({ 'out/.dig2argo/proof.json': '{"version": 1, "jobs": {"x": 1}}' });
    await dig2argo('convert', 'legacy', 'out');
    expect(proofOf()).toEqual([]);
  });
});

describe('verify in other forms', () => {
  test('a test case of JUnit for each verdict', async () => {
    const { out } = await verify('--format', 'junit', '--no-write');
    const json = JSON.parse((await verify('--format', 'json', '--no-write')).out);
    const verdicts = json.jobs.flatMap(({ rows, schedule }: { rows: object[]; schedule: { kind: string } }) => [
      ...rows,
      ...(schedule.kind === 'none' ? [] : [schedule]),
    ]);
    expect(out.match(/<testcase /g)?.length).toBe(verdicts.length);
  });

  test('SARIF has the assumptions, and a difference at the line of the manifest', async () => {
    const results = async (): Promise<readonly { ruleId: string; level: string; locations: unknown }[]> =>
      JSON.parse((await verify('--env', 'prd', '--format', 'sarif', '--no-write')).out).runs[0].results;
    expect((await results()).map(({ ruleId, level }) => [ruleId, level])).toEqual([['VERIFY_ASSUMES', 'note']]);
    const path = 'out/cron/daily-sales-report/base/workflow.yaml';
    const before = place.read(path);
    place.write({ [path]: before.replace('command: [/app/run]', 'command: [/app/rum]') });
    const [first] = (await results()).filter(({ ruleId }) => ruleId === 'VERIFY_DIFFERS');
    expect(first).toMatchObject({
      level: 'error',
      locations: [{ physicalLocation: { artifactLocation: { uri: expect.stringMatching(/^manifests\/.*\.j2$/) } } }],
    });
    place.write({ [path]: before });
  });

  test('--at plays the given sessions only, and says which times it cannot read', async () => {
    const { out } = await verify('--at', '2026-03-01', '--at', '2028-02-29', '--format', 'json', '--no-write');
    const times = new Set<string>(
      JSON.parse(out).jobs.flatMap(({ rows }: { rows: { start: { sessionTime: string } }[] }) =>
        rows.map(({ start }) => start.sessionTime.slice(0, 10)),
      ),
    );
    expect(times).toEqual(new Set(['2026-03-01', '2028-02-29']));
    for (const argv of [
      ['--at', 'yesterday'],
      ['--from', 'never'],
    ])
      expect(await verify(...argv)).toMatchObject({
        code: 2,
        out: '',
        err: expect.stringContaining('VERIFY_TIME_UNKNOWN'),
      });
  });

  test('--workflow-defaults reads what the controller adds from a file', async () => {
    place.write({
      'ok.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  workflowDefaults: |\n    spec:\n      activeDeadlineSeconds: 1\n',
      'broken.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  workflowDefaults: "{"\n',
    });
    const given = await verify('--workflow-defaults', 'ok.yaml', '--format', 'json', '--no-write');
    expect(JSON.parse(given.out).workflowDefaults).toContain('ok.yaml');
    const broken = await verify('--workflow-defaults', 'broken.yaml');
    expect(broken).toMatchObject({ code: 2, out: '', err: expect.stringContaining('VERIFY_DEFAULTS_BROKEN') });
    const missing = await verify('--workflow-defaults', 'missing.yaml');
    expect(missing).toMatchObject({ code: 2, out: '', err: expect.stringContaining('PROJECT_FILE_UNREADABLE') });
  });
});

describe('diff', () => {
  const session = ['diff', 'legacy', 'out', '--job', NAME, '--env', 'prd', '--at', '2026-03-01'];

  test('shows each pod on both sides, in columns, and of one step where it is named', async () => {
    const all = await dig2argo(...session);
    expect(all.code).toBe(0);
    const json = JSON.parse((await dig2argo(...session, '--format', 'json')).out);
    expect(json.pairs.length).toBeGreaterThan(1);
    for (const { task, node } of json.pairs) {
      expect(all.out).toContain(task);
      expect(all.out).toContain(node);
    }
    const [first, second] = json.pairs;
    const step = first.node.slice(first.node.lastIndexOf('/') + 1);
    const one = await dig2argo(...session, '--step', step);
    expect(one.out).toContain(first.node);
    expect(one.out).not.toContain(second.node);
  });

  test('is a page of its own as HTML', async () => {
    const { out } = await dig2argo(...session, '--format', 'html');
    expect(out).toMatch(/^<!doctype html>/i);
    expect(out).not.toMatch(/<script[^>]+src=|https?:\/\/[^\s"]+\.js/);
    expect(out).toContain(NAME);
  });

  test('exits with 1 and shows both values where a pod differs', async () => {
    const path = 'out/cron/daily-sales-report/base/workflow.yaml';
    const before = place.read(path);
    const changed = before.replace(/( image: \S+)/, '$1x');
    expect(changed).not.toBe(before);
    place.write({ [path]: changed });
    const { code, out } = await dig2argo(...session);
    expect(code).toBe(1);
    expect(out).toMatch(/image: \S+x/);
    place.write({ [path]: before });
  });

  test('says why a session cannot be played', async () => {
    const path = 'legacy/scripts/run_k8s_job.sh';
    const before = place.read(path);
    place.write({
      [path]: before.replace('\n', '\nenvironment=$(helm get values batch)\n[ "$environment" = prd ] || exit 1\n'),
    });
    const { code, out, err } = await dig2argo(...session);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('DIFF_NOT_PLAYED');
    expect(err).toContain('the output of helm');
    place.write({ [path]: before });
  });

  test.each([
    [['--at', 'soon'], 'VERIFY_TIME_UNKNOWN'],
    [['--job', 'no_such_job'], 'no_such_job'],
  ])('%j is refused', async (argv, code) => {
    expect(await dig2argo(...session, ...argv)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(code) });
  });
});
