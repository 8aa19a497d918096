import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { services } from '../../src/cli/services.ts';
import { Workplace } from './run-cli.ts';

const healthy =
  'timezone: UTC\n\n+a:\n  sh>: ../../scripts/run_k8s_job.sh sales-report ${env} ${session_date}\n\n_export:\n  env: prd\n';

let place: Workplace;
beforeEach(() => {
  place = new Workplace();
  cpSync('samples/daily-sales/legacy', join(place.folder, 'legacy'), { recursive: true });
  place.write({ 'legacy/digdag/prd/healthy.dig': healthy });
});
afterEach(() => place.remove());

interface Bad {
  /** Files that are added to, or replaced in, the sample. */
  readonly files: Readonly<Record<string, string>>;
  readonly code: string;
  readonly position: string;
  readonly exit: number;
}

const cases: Readonly<Record<string, Bad>> = {
  'broken YAML': {
    files: { 'digdag/prd/bad.dig': '+a:\n  sh>: [a\n' },
    code: 'YAML_SYNTAX',
    position: 'digdag/prd/bad.dig:3:1',
    exit: 1,
  },
  'a tab in YAML': {
    files: { 'digdag/prd/bad.dig': '+a:\n\tsh>: a\n' },
    code: 'YAML_TAB',
    position: 'digdag/prd/bad.dig:2:1',
    exit: 1,
  },
  'a broken template': {
    files: { 'manifests/templates/sales-extract.yaml.j2': 'kind: Job\n{% if %}\n' },
    code: 'JINJA_SYNTAX',
    position: 'manifests/templates/sales-extract.yaml.j2:2:1',
    exit: 1,
  },
  'an unknown variable in a template': {
    files: { 'manifests/templates/sales-extract.yaml.j2': 'kind: Job\nmetadata:\n  name: {{ nope.x }}\n' },
    code: 'JINJA_UNDEFINED',
    position: 'manifests/templates/sales-extract.yaml.j2:3:12',
    exit: 1,
  },
  'a missing launcher script': {
    files: { 'digdag/prd/bad.dig': '+a:\n  sh>: ../scripts/gone.sh sales-report\n' },
    code: 'LAUNCHER_SCRIPT_MISSING',
    position: 'digdag/prd/bad.dig:2:8',
    exit: 1,
  },
  'a missing manifest': {
    files: { 'digdag/prd/bad.dig': '+a:\n  sh>: ../scripts/run_k8s_job.sh gone prd ${session_date}\n' },
    code: 'LAUNCHER_MANIFEST_MISSING',
    position: 'scripts/run_k8s_job.sh:10:1',
    exit: 1,
  },
  'a missing include': {
    files: { 'digdag/prd/bad.dig': '!include : gone.dig\n' },
    code: 'DIG_INCLUDE_MISSING',
    position: 'digdag/prd/bad.dig:1:12',
    exit: 1,
  },
  'a broken configuration': {
    files: { 'dig2argo.yaml': 'reference: prd\nenviroments: [dev]\n' },
    code: 'CONFIG_INVALID',
    position: 'dig2argo.yaml:2:1',
    exit: 2,
  },
  'a configuration that is no YAML': {
    files: { 'dig2argo.yaml': 'reference: [prd\n' },
    code: 'CONFIG_SYNTAX',
    position: 'dig2argo.yaml:2:1',
    exit: 2,
  },
};

describe('bad input is a finding with its place, and the rest is converted', () => {
  test.each(Object.entries(cases))('%s', async (_, { files, code, position, exit }) => {
    place.write(Object.fromEntries(Object.entries(files).map(([path, text]) => [`legacy/${path}`, text])));
    const { code: exitCode, out, err } = await place.run(services, 'convert', 'legacy', 'out');
    const shown = err
      .split('\n')
      .findIndex((line) => line.startsWith(`${position} error `) && line.endsWith(` ${code}`));
    expect(shown, err).toBeGreaterThanOrEqual(0);
    expect(err.split('\n')[shown + 2]).toMatch(/^ +\| +\^+|^ +\| \^+/);
    expect(err + out).not.toMatch(/^ {4}at /m);
    expect(exitCode).toBe(exit);
    if (exit === 1)
      expect(place.files('out')).toContain('cron/healthy/base/workflow.yaml'.replace('cron', 'workflows'));
  });

  test('a file too large to be a workflow', async () => {
    place.write({ 'legacy/digdag/prd/large.dig': `# ${'x'.repeat(9 * 1024 * 1024)}\n` });
    const { code, err } = await place.run(services, 'convert', 'legacy', 'out');
    expect(code).toBe(1);
    expect(err).toContain('error cannot read digdag/prd/large.dig PROJECT_FILE_UNREADABLE\n  → check its permissions');
    expect(place.files('out')).toContain('workflows/healthy/base/workflow.yaml');
  });

  test('two workflows of one name', async () => {
    place.write({ 'twice/digdag/prd/x/a.dig': '+a:\n  echo>: 1\n', 'twice/digdag/prd/y/a.dig': '+a:\n  echo>: 1\n' });
    const { code, err } = await place.run(services, 'convert', 'twice', 'out');
    expect(code).toBe(1);
    expect(err).toContain('digdag/prd/y/a.dig:1:1 error two workflows named a in environment prd PROJECT_TWO_JOBS');
  });

  test.each([[{ 'legacy2/README.md': 'x' }], [{ 'legacy2/gate.dig': '<?xml version="1.0"?>\n<circuit/>' }]])(
    '%j has no workflow',
    async (files) => {
      place.write(files);
      const { code, out, err } = await place.run(services, 'convert', 'legacy2', 'out');
      expect([code, out]).toEqual([2, '']);
      expect(err).toContain('error no .dig file found PROJECT_EMPTY\n  → give the folder');
    },
  );
});
