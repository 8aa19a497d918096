import { execFileSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runMain } from '../../src/cli/run-main.ts';
import { services } from '../../src/cli/services.ts';
import { type CliRun, Workplace } from './run-cli.ts';

/** One conversion of the small sample, for all tests that only look at it. */
let place: Workplace;
let converted: CliRun;

function dig2argo(...argv: string[]): Promise<CliRun> {
  return place.run(services, ...argv);
}

beforeAll(async () => {
  place = new Workplace();
  cpSync('samples/daily-sales/legacy', join(place.folder, 'legacy'), { recursive: true });
  converted = await dig2argo('convert', 'legacy', 'out');
});
afterAll(() => place.remove());

const workflow = 'out/cron/daily-sales-report/base/workflow.yaml';
const dig = 'legacy/digdag/prd/daily_sales_report.dig';

/** The number of the first line that holds a text. */
function lineOf(path: string, text: string): number {
  const at = place
    .read(path)
    .split('\n')
    .findIndex((line) => line.includes(text));
  expect(at, `${text} in ${path}`).toBeGreaterThanOrEqual(0);
  return at + 1;
}

describe('explain', () => {
  test('leads from a line of the output back to the legacy tree, and quotes it', async () => {
    const { code, out } = await dig2argo('explain', `${workflow}:${lineOf(workflow, 'app/run')}`);
    expect(code).toBe(0);
    expect(out).toMatch(/^cron\/daily-sales-report\/base\/workflow\.yaml:\d+ {3}\S/);
    expect(out).toMatch(/← .*manifests\/templates\/sales-extract\.yaml\.j2:\d+:\d+ {3}\S/);
  });

  test('leads from a line of the legacy tree to the output, and from there back again', async () => {
    const step = await dig2argo('explain', `${dig}:${lineOf(dig, '+extract')}`);
    expect(step.out).toMatch(
      /→ cron\/daily-sales-report\/base\/workflow\.yaml\n +\d+ {2}- - name: extract .*\n +\d+ {2}- name: extract/,
    );
    // The line below says what the step does: it leads to the step's template.
    const line = lineOf(dig, '+extract');
    expect((await dig2argo('explain', `${dig}:${line + 1}`)).out).toMatch(/\d+ {2}- name: extract/);
    const { code, out } = await dig2argo('explain', `${dig}:${line}`);
    expect(code).toBe(0);
    expect(out).toContain('→ cron/daily-sales-report/base/workflow.yaml');
    const json = JSON.parse((await dig2argo('explain', `${dig}:${line}`, '--format', 'json')).out);
    expect(json.became.length).toBeGreaterThan(0);
    const places: string[] = [];
    for (const { file, line: at } of json.became) {
      const back = JSON.parse((await dig2argo('explain', `out/${file}:${at}`, '--format', 'json')).out);
      for (const { chain } of back.values)
        for (const link of chain) if (link.at !== undefined) places.push(`${link.at.file}:${link.at.line}`);
    }
    expect(places.some((at) => at.startsWith('manifests/templates/sales-extract.yaml.j2:'))).toBe(true);
  });

  test('says why a part of the legacy tree is in no output', async () => {
    const template = 'legacy/manifests/templates/sales-extract.yaml.j2';
    const { out } = await dig2argo('explain', template);
    expect(out).toMatch(/dropped by \S+: \S/);
  });

  test('finds the trees that are named', async () => {
    const moved = new Workplace();
    const [legacy, out] = [join(place.folder, 'legacy'), join(place.folder, 'out')];
    const from = await moved.run(services, 'explain', `${legacy}/digdag/prd/daily_sales_report.dig:1`, '--out', out);
    expect(from.code).toBe(0);
    const to = await moved.run(
      services,
      'explain',
      `${out}/cron/daily-sales-report/base/workflow.yaml:3`,
      '--legacy',
      legacy,
    );
    expect(to.code).toBe(0);
    moved.remove();
  });

  test.each([
    [['explain', 'legacy/no.dig:1'], 'PROJECT_FILE_UNREADABLE'],
    [['explain', 'out/reports/summary.md:1'], 'EXPLAIN_NO_MAP'],
    [['explain', 'elsewhere/a.dig:1'], 'EXPLAIN_NO_OUTPUT'],
  ])('%j → %s', async (argv, want) => {
    place.write({ 'elsewhere/a.dig': '+a:\n  echo>: 1\n' });
    const { code, out, err } = await dig2argo(...argv);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(want);
  });
});

describe('the forms of a report', () => {
  test('are the same from convert and from report', async () => {
    for (const format of ['json', 'sarif', 'junit'] as const) {
      const now = (await dig2argo('convert', 'legacy', 'out', '--format', format)).out;
      expect((await dig2argo('report', 'out', '--format', format)).out, format).toBe(now);
    }
    expect((await dig2argo('report', 'out', '--legacy', 'legacy', '--format', 'github')).out).toMatch(
      /^::\w+ file=legacy\//m,
    );
  });

  test('html is the page that convert wrote, when the legacy folder is named', async () => {
    const page = place.read('out/reports/index.html');
    const lang = /<html lang="(\w+)">/.exec(page)?.[1] ?? '';
    const again = await dig2argo('report', 'out', '--legacy', 'legacy', '--format', 'html', '--lang', lang);
    expect(again.out).toBe(page);
  });

  test('of lint: SARIF, annotations and JUnit', async () => {
    expect(JSON.parse((await dig2argo('lint', 'out', '--format', 'sarif')).out).version).toBe('2.1.0');
    expect((await dig2argo('lint', 'out', '--format', 'junit')).out).toContain('<testsuites name="dig2argo lint"');
    expect((await dig2argo('lint', 'out', '--format', 'github')).code).toBe(0);
  });

  test('audit says what is left and what is gained, and writes nothing', async () => {
    const before = place.files('.').length;
    const { code, out } = await dig2argo('audit', 'legacy');
    expect(code).toBe(0);
    expect(out).toMatch(/work left +about \d+ (?:min|h), at most \d+ (?:min|h)/);
    expect(out).toMatch(/gained per run of all jobs +\d+ s of launcher work/);
    expect(place.files('.').length).toBe(before);
    const { forecast, plan } = JSON.parse((await dig2argo('audit', 'legacy', '--format', 'json')).out);
    expect(forecast.constructs.length).toBeGreaterThan(0);
    expect(plan.groups[0].jobs).toEqual(['daily_sales_report']);
  });
});

test('the verdicts of verify are taken in, and offer the next environment', async () => {
  const start = {
    environment: 'dev',
    sessionTime: '2026-03-01T00:00:00+09:00',
    creationTime: '2026-03-01T07:00:00+09:00',
  };
  const row = { job: 'daily_sales_report', environment: 'dev', start, verdict: { kind: 'proved' } };
  place.write({
    'proof.json': JSON.stringify({ jobs: [{ job: row.job, environment: 'dev', rows: [row] }] }),
    'no-proof.json': '{}',
  });
  const { details, plan } = JSON.parse(
    (await dig2argo('report', 'out', '--proof', 'proof.json', '--format', 'json')).out,
  );
  expect(details[0].proof).toEqual([row]);
  expect(plan.cutovers.map((each: { environment: string; state: string }) => [each.environment, each.state])).toEqual([
    ['dev', 'offered'],
    ['prd', 'offered'],
  ]);
  for (const file of ['no-proof.json', 'missing.json'])
    expect(await dig2argo('report', 'out', '--proof', file)).toMatchObject({ code: 2, out: '' });
});

describe('a review', () => {
  test('is read back, and a job that changes after it is shown as such', async () => {
    const report = (): { details: { fingerprint: string; review?: object }[] } =>
      JSON.parse(place.read('out/reports/report.json'));
    const fingerprint = report().details[0]?.fingerprint ?? '';
    const review = (print: string) =>
      `version: 1\njobs:\n  daily_sales_report: {state: accepted, note: fine, fingerprint: "${print}"}\n`;
    place.write({ 'legacy/dig2argo.review.yaml': review(fingerprint) });
    await dig2argo('convert', 'legacy', 'out');
    expect(report().details[0]?.review).toMatchObject({ state: 'accepted', changed: false });
    expect(report().details[0]?.fingerprint).toBe(fingerprint);
    place.write({ 'legacy/dig2argo.review.yaml': review('another') });
    const text = await dig2argo('report', 'out', '--legacy', 'legacy');
    expect(text.out).toMatch(/reviewed +0 of 1 accepted, 1 changed since/);
    place.write({ 'legacy/dig2argo.review.yaml': 'version: 9\n' });
    const broken = await dig2argo('convert', 'legacy', 'out');
    expect([broken.code, broken.err]).toEqual([1, expect.stringContaining('REVIEW_INVALID')]);
    place.write({ 'legacy/dig2argo.review.yaml': 'version: 1\njobs: {}\n' });
  });
});

describe('--baseline', () => {
  test('fails only where a job got worse', async () => {
    const work = new Workplace();
    cpSync(join(place.folder, 'legacy'), join(work.folder, 'legacy'), { recursive: true });
    await work.run(services, 'convert', 'legacy', 'out');
    cpSync(join(work.folder, 'out/reports/report.json'), join(work.folder, 'baseline.json'));
    const same = await work.run(services, 'convert', 'legacy', 'out', '--baseline', 'baseline.json');
    expect(same.code).toBe(0);
    expect(work.read('out/reports/summary.md')).toContain('## Since the baseline\n\nNothing changed.');
    const path = 'legacy/digdag/prd/daily_sales_report.dig';
    const before = work.read(path);
    work.write({ [path]: `${before}\n+sync:\n  acme_sync>: x\n` });
    const worse = await work.run(services, 'convert', 'legacy', 'out', '--baseline', 'baseline.json');
    expect(worse.code).toBe(1);
    expect(worse.err).toContain('error daily_sales_report got worse since the baseline:');
    expect(worse.out).toMatch(/since the baseline +1 worse, 0 better/);
    // Against the worse report the same findings are nothing new, and without a baseline they count.
    cpSync(join(work.folder, 'out/reports/report.json'), join(work.folder, 'baseline.json'));
    expect((await work.run(services, 'convert', 'legacy', 'out', '--baseline', 'baseline.json')).code).toBe(0);
    expect((await work.run(services, 'convert', 'legacy', 'out')).code).toBe(1);
    work.write({ [path]: before });
    const better = await work.run(services, 'convert', 'legacy', 'out', '--baseline', 'baseline.json');
    expect([better.code, better.out]).toEqual([0, expect.stringMatching(/since the baseline +0 worse, 1 better/)]);
    work.remove();
  });

  test.each([
    ['no.json', 'OUT_REPORT_MISSING'],
    ['legacy/dig2argo.yaml', 'OUT_REPORT_BROKEN'],
  ])('%s → %s', async (path, want) => {
    place.write({
      'legacy/dig2argo.yaml': existsSync(join(place.folder, 'legacy/dig2argo.yaml'))
        ? place.read('legacy/dig2argo.yaml')
        : '',
    });
    const { code, err } = await dig2argo('convert', 'legacy', 'out', '--baseline', path);
    expect(code).toBe(2);
    expect(err).toContain(want);
  });
});

test('where to look names the page first', () =>
  expect(converted.err).toContain('out/reports/index.html: open it in a browser'));

describe('completion', () => {
  test('of bash completes commands, options, their values and files', async () => {
    const { code, out } = await dig2argo('completion', 'bash');
    expect(code).toBe(0);
    place.write({ 'completion.bash': out });
    const complete = (...words: string[]): string => {
      const script = `source completion.bash; COMP_WORDS=(dig2argo ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; _dig2argo; echo "\${COMPREPLY[*]}"`;
      return execFileSync('bash', ['-c', script], { cwd: place.folder, encoding: 'utf8' }).trim();
    };
    expect(complete('conv')).toBe('convert');
    expect(complete('convert', '--dry')).toBe('--dry-run');
    expect(complete('convert', '--format', 'sa')).toBe('sarif');
    expect(complete('convert', 'lega')).toBe('legacy');
    expect(complete('rules', 'ex')).toBe('explain');
    expect(complete('completion', 'z')).toBe('zsh');
  });

  test.each(['zsh', 'fish'])('of %s names every command', async (shell) => {
    const { out } = await dig2argo('completion', shell);
    for (const command of ['convert', 'explain', 'audit', 'report', 'verify', 'lint']) expect(out).toContain(command);
    expect(out).toContain('sarif');
  });
});

test('progress is one line on a terminal that is taken away again; elsewhere there is none', async () => {
  const run = async (interactive: boolean, ...argv: string[]): Promise<string> => {
    let err = '';
    await runMain(
      [...argv, 'audit', 'legacy'],
      {
        out: () => undefined,
        err: (text) => {
          err += text;
        },
        colorOut: false,
        colorErr: false,
        interactive,
        columns: 60,
        cwd: place.folder,
      },
      services,
    );
    return err;
  };
  const watched = await run(true);
  expect(watched).toContain('\r\u001b[Kconverting jobs 1/1 …');
  expect(watched.split('\u001b[K').at(-1)).not.toContain('…');
  expect(await run(false)).not.toContain('\u001b');
  expect(await run(true, '--quiet')).not.toContain('\u001b');
});
