import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Services } from '../../src/cli/services.ts';
import { type CliRun, Workplace } from './run-cli.ts';
import { stubServices } from './stub-services.ts';

const legacy = {
  'legacy/dig2argo.yaml': 'environments: [dev, prd]\nreference: prd\n',
  'legacy/digdag/dev/sales.dig': '+a:\n  echo>: 1\n',
  'legacy/digdag/prd/sales.dig': '+a:\n  echo>: 1\n',
  'legacy/digdag/prd/stock.dig': '+a:\n  echo>: 1\n',
};

let place: Workplace;
beforeEach(() => {
  place = new Workplace();
  place.write(legacy);
});
afterEach(() => place.remove());

function dig2argo(...argv: string[]): Promise<CliRun> {
  return place.run(stubServices, ...argv);
}

describe('wrong use exits with 2 and says what was meant', () => {
  test.each([
    [['convrt', 'legacy', 'out'], "unknown command 'convrt'", '(Did you mean convert?)'],
    [['convert', 'legacy', 'out', '--dryrun'], "unknown option '--dryrun'", '(Did you mean --dry-run?)'],
    [['convert', 'legacy'], "missing required argument 'out'", '--help'],
    [['convert', 'legacy', 'out', '--argo-version', '5'], 'Allowed choices are 3.6, 3.7, 4', '--help'],
    [['convert', 'legacy', 'out', '--fail-on', 'never'], 'Allowed choices are error, warning, info', '--help'],
    [['convert', 'legacy', 'out', '--check', '--dry-run'], 'cannot be used with', '--help'],
    [['convert', 'legacy', 'out', '--job', ','], 'It is empty', '--help'],
    [['convert', 'legacy', 'out', 'more'], 'too many arguments', '--help'],
  ])('%j', async (argv, problem, advice) => {
    const { code, out, err } = await dig2argo(...argv);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(problem);
    expect(err).toContain(advice);
    expect(existsSync(join(place.folder, 'out'))).toBe(false);
  });

  test('no command at all prints the help', async () => {
    const { code, err } = await dig2argo();
    expect(code).toBe(2);
    expect(err).toContain('Usage: dig2argo');
  });
});

describe('help', () => {
  test.each([
    'init',
    'audit',
    'convert',
    'lint',
    'verify',
    'dedup',
    'diff',
    'report',
    'explain',
    'completion',
    'rules list',
    'rules test',
    'rules explain',
  ])('of %s is data and has an example', async (command) => {
    const { code, out, err } = await dig2argo(...command.split(' '), '--help');
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('Examples:');
    expect(out).toContain(`$ dig2argo ${command}`);
    // A script for a shell has one form.
    if (command !== 'completion') expect(out).toMatch(/--format <format>[^-]*"json"/);
  });

  test('--version prints the version', async () => {
    expect(await dig2argo('--version')).toEqual({ code: 0, out: '0.1.0\n', err: '' });
  });
});

test.each([
  [[], 'give --job or --template'],
  [['--job', 'x'], '--job needs --env'],
  [['--template', 'x', '--format', 'html'], '--format html shows one job'],
  [['--template', 'x', '--job', 'x'], 'cannot be used with'],
])('diff with %j is wrong use', async (flags, said) => {
  const { code, out, err } = await dig2argo('diff', 'legacy', 'out', '--at', '2026-03-01', ...flags);
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(said);
});

describe('convert', () => {
  test('writes the output, prints the summary, and says where to look', async () => {
    const { code, out, err } = await dig2argo('convert', 'legacy', 'out');
    expect(code).toBe(0);
    expect(out).toContain('2 jobs in dev, prd');
    expect(out).toMatch(/lines +1,600 → 300 \(-81 %\)/);
    expect(out).toContain('1,234 converted, 2 dropped by rule, 0 unaccounted');
    expect(err).toContain('4 files written, 0 removed below out');
    expect(err).toContain('out/reports/summary.md');
    expect(place.files('out')).toEqual([
      '.dig2argo/accounting.json',
      '.dig2argo/ledger.json',
      'cron/sales/base/workflow.yaml',
      'cron/stock/base/workflow.yaml',
      'reports/report.json',
      'reports/summary.md',
    ]);
  });

  test('--quiet prints nothing where all is well', async () => {
    expect(await dig2argo('--quiet', 'convert', 'legacy', 'out')).toEqual({ code: 0, out: '', err: '' });
    expect(await dig2argo('convert', 'legacy', 'out2', '--quiet')).toEqual({ code: 0, out: '', err: '' });
  });

  test('--format json prints the report and nothing else to stdout', async () => {
    const { code, out } = await dig2argo('convert', 'legacy', 'out', '--format', 'json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ schemaVersion: 1, environments: ['dev', 'prd'] });
    expect((await dig2argo('convert', 'legacy', 'out', '--format', 'markdown')).out).toBe('# Summary\n');
  });

  test('--dry-run lists what would be written, and writes nothing', async () => {
    const { code, err } = await dig2argo('convert', 'legacy', 'out', '--dry-run');
    expect(code).toBe(0);
    expect(err).toContain('4 files would be written');
    expect(err).toContain('  new     cron/sales/base/workflow.yaml\n');
    expect(existsSync(join(place.folder, 'out'))).toBe(false);
  });

  test('--check exits with 1 where the output is stale', async () => {
    expect((await dig2argo('convert', 'legacy', 'out', '--check')).code).toBe(1);
    await dig2argo('convert', 'legacy', 'out');
    expect(await dig2argo('convert', 'legacy', 'out', '--check')).toMatchObject({
      code: 0,
      err: 'out is up to date\n',
    });
    place.write({ 'legacy/digdag/prd/new.dig': '+a:\n  echo>: 1\n' });
    const { code, err } = await dig2argo('convert', 'legacy', 'out', '--check');
    expect(code).toBe(1);
    expect(err).toContain('error cron/new/base/workflow.yaml is missing OUT_STALE');
  });

  test('an edited file is kept and exits with 1; --overwrite takes ours, by either path', async () => {
    const path = 'out/cron/sales/base/workflow.yaml';
    for (const overwrite of [
      path,
      `./${path}`,
      'cron/sales/base/workflow.yaml',
      'out/cron/sales/',
      join(place.folder, path),
    ]) {
      await dig2argo('convert', 'legacy', 'out');
      place.write({ [path]: 'edited\n' });
      const { code, err } = await dig2argo('convert', 'legacy', 'out');
      expect(code).toBe(1);
      expect(err).toContain(
        'error cron/sales/base/workflow.yaml was edited by hand; it is kept, the new version is cron/sales/base/workflow.yaml.dig2argo-new OUT_EDITED',
      );
      expect(place.read(path)).toBe('edited\n');
      expect((await dig2argo('convert', 'legacy', 'out', '--overwrite', overwrite)).code, overwrite).toBe(0);
      expect(place.read(path)).toBe('name: sales\n');
      expect(existsSync(join(place.folder, `${path}.dig2argo-new`))).toBe(false);
    }
  });

  test('--overwrite of what is not written is wrong use', async () => {
    const { code, err } = await dig2argo('convert', 'legacy', 'out', '--overwrite', 'cron/slaes');
    expect(code).toBe(2);
    expect(err).toContain('OUT_OVERWRITE_UNKNOWN');
  });

  test('--fail-on info exits with 1 for a note', async () => {
    place.write({ 'legacy/dig2argo.yaml': '' });
    expect((await dig2argo('convert', 'legacy', 'out')).code).toBe(0);
    expect((await dig2argo('convert', 'legacy', 'out', '--fail-on', 'warning')).code).toBe(0);
    expect((await dig2argo('convert', 'legacy', 'out', '--fail-on', 'info')).code).toBe(1);
  });

  test('--job and --env that nothing has', async () => {
    const { code, err } = await dig2argo('convert', 'legacy', 'out', '--job', 'slaes,sales', '--env', 'stg');
    expect(code).toBe(2);
    expect(err).toContain('there is no workflow slaes PROJECT_JOB_UNKNOWN\n  → choose one of sales, stock');
    expect(err).toContain('there is no environment stg PROJECT_ENVIRONMENT_UNKNOWN\n  → choose one of dev, prd');
    expect(existsSync(join(place.folder, 'out'))).toBe(false);
  });
});

describe('folders', () => {
  test.each([
    ['missing', 'out', 'PROJECT_FOLDER_MISSING'],
    ['legacy/dig2argo.yaml', 'out', 'PROJECT_NOT_A_FOLDER'],
    ['legacy', 'legacy/dig2argo.yaml', 'OUT_NOT_A_FOLDER'],
    ['legacy', 'legacy/out', 'OUT_INSIDE'],
    ['legacy', 'legacy', 'OUT_INSIDE'],
    ['legacy', '.', 'OUT_INSIDE'],
    ['legacy', 'link/out', 'OUT_INSIDE'],
  ])('convert %s %s → %s, exit 2', async (from, to, wanted) => {
    symlinkSync(join(place.folder, 'legacy'), join(place.folder, 'link'));
    const before = place.files('legacy');
    const { code, out, err } = await dig2argo('convert', from, to);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(wanted);
    expect(err).not.toContain('    at ');
    expect(place.files('legacy')).toEqual(before);
  });

  test('a link in the output that leads out of it stops the run before anything is written', async () => {
    mkdirSync(join(place.folder, 'elsewhere'));
    mkdirSync(join(place.folder, 'out'));
    symlinkSync(join(place.folder, 'elsewhere'), join(place.folder, 'out/cron'));
    const { code, err } = await dig2argo('convert', 'legacy', 'out');
    expect(code).toBe(2);
    expect(err).toContain('cron/sales/base/workflow.yaml is a link that leads out of the output folder');
    expect([place.files('elsewhere'), place.files('out')]).toEqual([[], ['cron']]);
  });

  test('a folder that cannot be made is no bug', async () => {
    place.write({ file: 'x' });
    const { code, err } = await dig2argo('convert', 'legacy', 'file/out');
    expect(code).toBe(2);
    expect(err).toMatch(/^error: /);
    expect(err).not.toContain('bug');
  });
});

describe('init', () => {
  test('writes a proposal that is read back without a finding about its keys', async () => {
    place.write({ 'fresh/digdag/dev/a.dig': '+a:\n  echo>: 1\n', 'fresh/digdag/prd/a.dig': '+a:\n  echo>: 1\n' });
    const { code, err } = await dig2argo('init', 'fresh');
    expect(code).toBe(0);
    expect(err).toContain('fresh/dig2argo.yaml written');
    expect(place.read('fresh/dig2argo.yaml')).toContain('# Seen: workflows in digdag/dev, digdag/prd.\n');
    expect((await dig2argo('convert', 'fresh', 'out', '--fail-on', 'info')).code).toBe(0);
  });

  test('never replaces a file without --force', async () => {
    const { code, err } = await dig2argo('init', 'legacy');
    expect(code).toBe(2);
    expect(err).toContain('legacy/dig2argo.yaml exists already CONFIG_EXISTS');
    expect(place.read('legacy/dig2argo.yaml')).toBe(legacy['legacy/dig2argo.yaml']);
    const shown = await dig2argo('init', 'legacy', '--dry-run');
    expect(shown.code).toBe(0);
    expect(shown.out).toContain('environments:');
    const told = JSON.parse((await dig2argo('init', 'legacy', '--dry-run', '--format', 'json')).out);
    expect(told).toMatchObject({ path: 'legacy/dig2argo.yaml', written: false, proposal: shown.out });
    expect(told.findings.length).toBeGreaterThan(0);
    expect(place.read('legacy/dig2argo.yaml')).toBe(legacy['legacy/dig2argo.yaml']);
    expect((await dig2argo('init', 'legacy', '--force')).code).toBe(0);
    expect(place.read('legacy/dig2argo.yaml')).toBe(shown.out);
  });
});

describe('report', () => {
  test('prints what convert wrote', async () => {
    const converted = await dig2argo('convert', 'legacy', 'out');
    expect((await dig2argo('report', 'out')).out).toBe(converted.out);
    expect((await dig2argo('report', 'out', '--format', 'markdown')).out).toMatch(
      /^# Migration report\n\n2 jobs in dev, prd/,
    );
    expect((await dig2argo('report', 'out', '--format', 'json')).out).toBe(place.read('out/reports/report.json'));
  });

  test.each([
    [{}, 'OUT_REPORT_MISSING'],
    [{ 'out/reports/report.json': 'no' }, 'OUT_REPORT_BROKEN'],
    [{ 'out/reports/report.json': '{"schemaVersion": 2}' }, 'schemaVersion'],
  ])('%j → %s', async (files: Record<string, string>, wanted) => {
    place.write({ 'out/x': '', ...files });
    const { code, err } = await dig2argo('report', 'out');
    expect(code).toBe(2);
    expect(err).toContain(wanted);
  });
});

describe('rules', () => {
  test('list prints one rule a line, explain prints its file', async () => {
    const { code, out } = await dig2argo('rules', 'list');
    expect(code).toBe(0);
    const [kind = '', id = ''] = (out.split('\n')[0] ?? '').split('\t');
    expect(kind).not.toBe('');
    expect(JSON.parse((await dig2argo('rules', 'list', '--format', 'json')).out)[0]).toMatchObject({ kind, id });
    expect((await dig2argo('rules', 'explain', id)).out).toContain(`id: ${id}\n`);
  });

  test('explain of an unknown id', async () => {
    const { code, err } = await dig2argo('rules', 'explain', 'no-such-rule');
    expect(code).toBe(2);
    expect(err).toBe('error: no rule has the id no-such-rule; see `dig2argo rules list`\n');
  });
});

describe('a bug', () => {
  const broken: Services = {
    ...stubServices,
    convert: () => {
      throw new Error('something impossible');
    },
  };

  test('asks for a report, without a stack trace, and exits with 3', async () => {
    const { code, out, err } = await place.run(broken, 'convert', 'legacy', 'out');
    expect([code, out]).toEqual([3, '']);
    expect(err).toContain('error: something impossible\nThis is a bug in dig2argo 0.1.0');
    expect(err).not.toContain('    at ');
  });

  test('shows the stack trace with --debug', async () => {
    const { code, err } = await place.run(broken, 'convert', 'legacy', 'out', '--debug');
    expect(code).toBe(3);
    expect(err).toContain('    at ');
  });
});
