import { beforeAll, describe, expect, test } from 'vitest';
import { mapFiles } from '../../src/cli/output/map-files.ts';
import { DiagnosticList } from '../../src/core/diagnose.ts';
import { folderHost, memoryHost } from '../../src/pipeline/host.ts';
import { convert } from '../../src/pipeline/run.ts';
import { verifyOutput } from '../../src/pipeline/verify.ts';
import type { Verdict } from '../../src/verify/effect.ts';
import { packageRules, proofFrom } from '../generated.ts';

type Files = Readonly<Record<string, string>>;

async function converted(name: string): Promise<Files> {
  const { files } = await convert(folderHost(`test/golden/${name}/input`), { rules: packageRules() });
  return Object.fromEntries([...files, ...mapFiles(files)].map(({ path, text }) => [path, text]));
}

/** The verdict of one session, with its failures and bad parameters. */
async function verdict(name: string, files: Files): Promise<Verdict | undefined> {
  const options = { fromMs: proofFrom, at: ['2026-11-25'] };
  const legacy = folderHost(`test/golden/${name}/input`);
  const proof = await verifyOutput(legacy, memoryHost(files), options, new DiagnosticList());
  return proof?.jobs[0]?.rows[0]?.verdict;
}

/** The one manifest that holds a text, with another text in its place. */
function changed(files: Files, from: string, to: string): Files {
  const found = Object.entries(files).filter(([path, text]) => /^cron\/.*\.yaml$/.test(path) && text.includes(from));
  expect(found.map(([path]) => path)).toHaveLength(1);
  const [path, text] = found[0] ?? ['', ''];
  return { ...files, [path]: text.replace(from, to) };
}

function paths(of: Verdict | undefined): string {
  return of?.kind === 'differs' ? of.differences.map(({ path }) => path).join('\n') : String(of?.kind);
}

describe('a Job with numbered pods', () => {
  let files: Files;
  beforeAll(async () => {
    files = await converted('pod/indexed');
  });

  test('is proved pod by pod, also where they fail', async () => {
    expect(await verdict('pod/indexed', files)).toEqual({ kind: 'proved' });
  });

  test.each([
    ['parallelism: 2', 'parallelism: 3', /^\+job\+load: pods at one time$/m],
    ['count: "5"', 'count: "4"', /^\+job\+load$/m],
    ['limit: 1', 'limit: 2', /fails/],
    ['name: JOB_COMPLETION_INDEX', 'name: JOB_COMPLETION_INDEY', /JOB_COMPLETION_INDE/],
    ['job-completion-index:', 'job-completion-indey:', /annotations/],
  ])('%s for %s is found', async (from, to, found) => {
    expect(paths(await verdict('pod/indexed', changed(files, from, to)))).toMatch(found);
  });
});

describe('a Job that is created suspended', () => {
  let files: Files;
  beforeAll(async () => {
    files = await converted('pod/suspended');
  });

  test('waits on both sides until someone resumes it', async () => {
    expect(await verdict('pod/suspended', files)).toEqual({ kind: 'proved' });
  });

  test('differs from a pause that ends by itself', async () => {
    const timed = changed(files, 'suspend: {}', 'suspend: {duration: "60"}');
    expect(paths(await verdict('pod/suspended', timed))).toContain('seconds');
  });
});

describe('objects that a launcher applies beside the Job', () => {
  let files: Files;
  beforeAll(async () => {
    files = await converted('pod/carried-objects');
  });

  test('stand in the output; what Secrets hold is assumed', async () => {
    const proved = await verdict('pod/carried-objects', files);
    expect(proved).toMatchObject({ kind: 'proved-given' });
    const assumption = proved?.kind === 'proved-given' ? proved.assumption : '';
    expect(assumption).toContain('the Secret load-db holds user, password');
    expect(assumption).toContain('API_TOKEN');
    expect(assumption).not.toContain('not-to-be-copied');
  });

  test.each([
    ['mode: full', 'mode: fulm', 'ConfigMap load-config: data[mode]'],
    ['labels: {app: load}', 'labels: {app: loae}', 'ConfigMap load-config: labels.app'],
    ['  - configmap-load-config.yaml\n', '', 'ConfigMap load-config'],
  ])('%j for %j is found', async (from, to, path) => {
    expect(paths(await verdict('pod/carried-objects', changed(files, from, to)))).toBe(path);
  });
});

test("a secret of Digdag's is the same key of a Secret", async () => {
  const files = await converted('commands/environment-and-secret');
  const proved = await verdict('commands/environment-and-secret', files);
  expect(proved).toMatchObject({
    kind: 'proved-given',
    assumption: expect.stringContaining('is on the Digdag server'),
  });
  const other = changed(files, 'api.key', 'api.kez');
  expect(paths(await verdict('commands/environment-and-secret', other))).toContain('env.API_KEY');
});

test('a message may say something else where it quoted the error, and nowhere else', async () => {
  const files = await converted('failure/message-of-the-error');
  expect(await verdict('failure/message-of-the-error', files)).toMatchObject({ kind: 'proved-given' });
  const other = changed(files, 'step (@ops)', 'step (@dev)');
  expect(paths(await verdict('failure/message-of-the-error', other))).toMatch(/\+slack: body$/m);
  const none = changed(files, 'failed, see the log of the step (@ops)', ' (@ops)');
  expect(paths(await verdict('failure/message-of-the-error', none))).toMatch(/\+slack: body$/m);
});
