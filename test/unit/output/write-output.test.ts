import { describe, expect, test } from 'vitest';
import { givenNames } from '../../../src/cli/output/ledger.ts';
import { splitNotes } from '../../../src/cli/output/notes.ts';
import { MemoryDisk } from './memory-disk.ts';
import { file, mapped, run, runbook, wanted } from './output-case.ts';

const base = 'cron/sales/base/workflow.yaml';
const first = [
  mapped(base, 'name: sales\n', 'sales'),
  runbook('sales', 'one'),
  file('cron/stock/base/workflow.yaml', 'name: stock\n', 'stock'),
  file('Makefile', 'lint:\n'),
];
const second = [
  mapped(base, 'name: sales2\n', 'sales'),
  runbook('sales', 'two'),
  file('cron/stock/base/workflow.yaml', 'name: stock\n', 'stock'),
  file('Makefile', 'lint:\n'),
];

function written(files = first): MemoryDisk {
  const disk = new MemoryDisk();
  expect(run(disk, wanted(files)).codes).toEqual([]);
  return disk;
}

describe('a first run', () => {
  test('writes all files, the maps of their origins, and the ledger', () => {
    const disk = written();
    expect([...disk.files.keys()].sort()).toEqual([
      '.dig2argo/ledger.json',
      '.dig2argo/map/cron/sales/base/workflow.yaml.json',
      'Makefile',
      'cron/sales/README.md',
      base,
      'cron/stock/base/workflow.yaml',
    ]);
    expect(disk.read(base)).toBe('name: sales\n');
    expect(JSON.parse(disk.read('.dig2argo/map/cron/sales/base/workflow.yaml.json') ?? '')).toEqual({
      file: base,
      origins: { '/metadata/name': { source: 'digdag/prd/sales.dig:1:1', end: '1:3', rule: 'naming', chain: [] } },
    });
  });

  test('the ledger names inputs, names, and each file with its hash', () => {
    const ledger = JSON.parse(written().read('.dig2argo/ledger.json') ?? '');
    expect(ledger).toMatchObject({
      version: 1,
      environments: ['dev', 'prd'],
      inputs: { 'digdag/prd/sales.dig': 'abc' },
      names: { sales: 'sales', stock: 'stock' },
    });
    // printf 'lint:\n' | sha256sum
    expect(ledger.files.Makefile).toEqual({
      sha256: '8b095d2925615bd5390f94b645363cb4815c2c956aff47e5aca1d885187b2083',
    });
    expect(ledger.files[base].job).toBe('sales');
  });

  test('does not touch files it does not know', () => {
    const disk = new MemoryDisk([
      [base, 'mine\n'],
      ['notes.txt', 'mine too\n'],
    ]);
    const { codes } = run(disk, wanted(first));
    expect(codes).toEqual(['OUT_FOREIGN']);
    expect(disk.read(base)).toBe('mine\n');
    expect(disk.read(`${base}.dig2argo-new`)).toBe('name: sales\n');
    expect(disk.read('notes.txt')).toBe('mine too\n');
  });

  test('adopts a file that is already as wanted', () => {
    const disk = new MemoryDisk([[base, 'name: sales\n']]);
    expect(run(disk, wanted(first)).codes).toEqual([]);
    expect(run(disk, wanted(second)).codes).toEqual([]);
    expect(disk.read(base)).toBe('name: sales2\n');
  });
});

describe('a later run', () => {
  test('with nothing new changes nothing', () => {
    const disk = written();
    const before = disk.tree();
    const { plan, codes } = run(disk, wanted(first));
    expect([codes, plan?.puts, plan?.removals]).toEqual([[], [], []]);
    expect(disk.tree()).toEqual(before);
  });

  test('replaces what nobody edited', () => {
    const disk = written();
    expect(run(disk, wanted(second)).codes).toEqual([]);
    expect(disk.read(base)).toBe('name: sales2\n');
  });

  test('writes a deleted file again', () => {
    const disk = written();
    disk.files.delete(base);
    expect(run(disk, wanted(first)).codes).toEqual([]);
    expect(disk.read(base)).toBe('name: sales\n');
  });

  test('keeps an edited file, run after run, until it is settled', () => {
    const disk = written();
    disk.files.set(base, 'name: edited\n');
    for (const files of [second, second, first]) {
      const { codes, diagnostics } = run(disk, wanted(files));
      expect(codes).toEqual(['OUT_EDITED']);
      expect(diagnostics[0]).toMatchObject({
        severity: 'error',
        job: 'sales',
        args: { path: base, beside: `${base}.dig2argo-new` },
      });
      expect(disk.read(base)).toBe('name: edited\n');
      expect(disk.read(`${base}.dig2argo-new`)).toBe(files[0]?.text);
    }
    // Settled: the user took our version.
    disk.files.set(base, 'name: sales\n');
    expect(run(disk, wanted(first)).codes).toEqual([]);
    expect(disk.files.has(`${base}.dig2argo-new`)).toBe(false);
  });

  test('takes ours where --overwrite names the file, or its folder', () => {
    for (const overwrite of [base, 'cron/sales', `${base}.dig2argo-new`]) {
      const disk = written();
      disk.files.set(base, 'name: edited\n');
      expect(run(disk, wanted(second)).codes).toEqual(['OUT_EDITED']);
      expect(run(disk, wanted(second, { overwrite: [overwrite] })).codes).toEqual([]);
      expect(disk.read(base)).toBe('name: sales2\n');
      expect(disk.files.has(`${base}.dig2argo-new`)).toBe(false);
    }
  });

  test.each([
    ['cron/sal', 'OUT_OVERWRITE_UNKNOWN'],
    ['cron/stock', 'OUT_EDITED'],
  ])('does not take ours where --overwrite names another path: %s', (overwrite, code) => {
    const disk = written();
    disk.files.set(base, 'name: edited\n');
    expect(run(disk, wanted(second, { overwrite: [overwrite] })).codes).toEqual([code]);
    expect(disk.read(base)).toBe('name: edited\n');
  });

  test('does not touch a .dig2argo-new that was edited', () => {
    const disk = written();
    disk.files.set(base, 'name: edited\n');
    run(disk, wanted(second));
    disk.files.set(`${base}.dig2argo-new`, 'half merged\n');
    expect(run(disk, wanted(first)).codes).toEqual(['OUT_EDITED']);
    expect(disk.read(`${base}.dig2argo-new`)).toBe('half merged\n');
  });

  test('keeps the notes of a runbook, which are no edit', () => {
    const disk = written();
    const path = 'cron/sales/README.md';
    disk.files.set(
      path,
      (disk.read(path) ?? '').replace('kept on every run -->\n', 'kept on every run -->\nCall Mika first.\n'),
    );
    expect(run(disk, wanted(second)).codes).toEqual([]);
    const text = disk.read(path) ?? '';
    expect(text).toContain('two\n');
    expect(splitNotes(text)?.notes).toBe('\nCall Mika first.\n');
  });

  test('calls a runbook edited outside its notes, or without its marks, edited', () => {
    for (const change of [
      (text: string) => text.replace('one', 'eins'),
      (text: string) => text.replace('<!-- /notes -->', ''),
    ]) {
      const disk = written();
      const path = 'cron/sales/README.md';
      disk.files.set(path, change(disk.read(path) ?? ''));
      expect(run(disk, wanted(second)).codes).toEqual(['OUT_EDITED']);
      expect(disk.read(`${path}.dig2argo-new`)).toContain('two\n');
    }
  });

  test('leaves a folder that stands where a file should', () => {
    const disk = new MemoryDisk([['Makefile/x', '1']]);
    const { diagnostics } = run(disk, wanted(first));
    expect(diagnostics).toMatchObject([{ code: 'OUT_NOT_A_FILE', args: { path: 'Makefile', what: 'folder' } }]);
    expect(disk.read('Makefile/x')).toBe('1');
  });
});

describe('what is no longer written', () => {
  const withSuspend = [...first, file('cron/sales/overlays/dev/suspend.yaml', 'suspend: true\n', 'sales')];

  test('is removed with the job that still exists', () => {
    const disk = written(withSuspend);
    expect(run(disk, wanted(first)).codes).toEqual([]);
    expect(disk.files.has('cron/sales/overlays/dev/suspend.yaml')).toBe(false);
  });

  test('is kept where it was edited, and said', () => {
    const disk = written(withSuspend);
    disk.files.set('cron/sales/overlays/dev/suspend.yaml', 'suspend: false\n');
    for (let again = 0; again < 2; again += 1) expect(run(disk, wanted(first)).codes).toEqual(['OUT_EDITED_UNUSED']);
    expect(disk.read('cron/sales/overlays/dev/suspend.yaml')).toBe('suspend: false\n');
  });

  const withoutSales = first.filter((each) => each.job !== 'sales');

  test('a job gone from the legacy tree is reported, and removed with --prune only', () => {
    const disk = written();
    const { diagnostics } = run(disk, wanted(withoutSales));
    expect(diagnostics).toMatchObject([
      { code: 'OUT_JOB_GONE', severity: 'warning', args: { name: 'sales', files: 2 } },
    ]);
    expect(disk.read(base)).toBe('name: sales\n');
    expect(run(disk, wanted(withoutSales, { prune: true })).codes).toEqual([]);
    expect([...disk.files.keys()].filter((path) => path.includes('sales'))).toEqual([]);
    expect(JSON.parse(disk.read('.dig2argo/ledger.json') ?? '').names).toEqual({ sales: 'sales', stock: 'stock' });
  });

  test('--prune keeps a runbook in which someone wrote', () => {
    const disk = written();
    const path = 'cron/sales/README.md';
    disk.files.set(path, (disk.read(path) ?? '').replace('run -->\n', 'run -->\nCall Mika first.\n'));
    const { diagnostics } = run(disk, wanted(withoutSales, { prune: true }));
    expect(diagnostics).toMatchObject([{ code: 'OUT_EDITED_UNUSED', args: { path } }]);
    expect(disk.read(path)).toContain('Mika');
    expect(disk.files.has(base)).toBe(false);
  });

  test('a job that could not be converted this time keeps its files, even with --prune', () => {
    const disk = written();
    const { codes } = run(disk, wanted(withoutSales, { present: new Set(['sales', 'stock']), prune: true }));
    expect(codes).toEqual(['OUT_JOB_NOT_CONVERTED']);
    expect(disk.read(base)).toBe('name: sales\n');
  });

  test('a manual job is neither written nor removed', () => {
    const disk = written();
    disk.files.set(base, 'by hand\n');
    expect(run(disk, wanted(second, { manual: new Set(['sales']) })).codes).toEqual([]);
    expect(run(disk, wanted(withoutSales, { manual: new Set(['sales']), prune: true })).codes).toEqual([]);
    expect(disk.read(base)).toBe('by hand\n');
    expect(disk.files.has(`${base}.dig2argo-new`)).toBe(false);
    expect(disk.files.has('cron/sales/README.md')).toBe(true);
  });
});

describe('a run for some jobs or environments', () => {
  test('leaves the other jobs and the files about all jobs', () => {
    const disk = written();
    const files = [mapped(base, 'name: sales2\n', 'sales'), file('Makefile', 'lint: sales only\n')];
    expect(run(disk, wanted(files, { limited: true })).codes).toEqual([]);
    expect(disk.read(base)).toBe('name: sales2\n');
    expect(disk.read('cron/stock/base/workflow.yaml')).toBe('name: stock\n');
    expect(disk.read('cron/sales/README.md')).toContain('one');
    expect(disk.read('Makefile')).toBe('lint:\n');
  });

  test('is refused where the base would no longer fit the other overlays', () => {
    const disk = written();
    const before = disk.tree();
    const { diagnostics, plan } = run(disk, wanted(second, { limited: true, environments: ['prd'] }));
    expect(diagnostics).toMatchObject([{ code: 'OUT_ENVIRONMENTS', args: { missing: ['dev'] } }]);
    expect(plan).toBeUndefined();
    expect(disk.tree()).toEqual(before);
  });
});

describe('names', () => {
  test('the names that were given are known to the next run; a damaged ledger gives none', () => {
    const disk = written();
    expect(givenNames(disk)).toEqual({ sales: 'sales', stock: 'stock' });
    disk.write('.dig2argo/ledger.json', '{');
    expect(givenNames(disk)).toEqual({});
  });

  test('a name that changed is said', () => {
    const disk = written();
    const { diagnostics } = run(disk, wanted(first, { names: { sales: 'sales-2', stock: 'stock' } }));
    expect(diagnostics).toMatchObject([
      { code: 'OUT_NAME_CHANGED', args: { name: 'sales', before: 'sales', after: 'sales-2' } },
    ]);
  });
});

describe('--check and --dry-run', () => {
  test('--check is clean after a run and names what is stale, and neither writes', () => {
    const disk = written([...first, file('cron/sales/overlays/dev/suspend.yaml', 'suspend: true\n', 'sales')]);
    disk.files.delete('Makefile');
    const before = disk.tree();
    const { diagnostics } = run(disk, wanted(second), 'check');
    expect(diagnostics.map((each) => [each.code, each.severity, each.args])).toEqual([
      ['OUT_STALE', 'error', { path: 'cron/sales/README.md', what: 'outdated' }],
      ['OUT_STALE', 'error', { path: base, what: 'outdated' }],
      ['OUT_STALE', 'error', { path: 'Makefile', what: 'missing' }],
      ['OUT_STALE', 'error', { path: 'cron/sales/overlays/dev/suspend.yaml', what: 'no longer written' }],
    ]);
    const dry = run(disk, wanted(second), 'dry-run');
    expect(dry.codes).toEqual([]);
    expect(dry.plan?.puts.length).toBe(3);
    expect(disk.tree()).toEqual(before);
    run(disk, wanted(second));
    expect(run(disk, wanted(second), 'check').codes).toEqual([]);
  });

  test('--check sees that only an input changed', () => {
    const disk = written();
    expect(
      run(disk, wanted(first, { inputs: { 'digdag/prd/sales.dig': 'other' } }), 'check').diagnostics,
    ).toMatchObject([{ code: 'OUT_STALE', args: { path: '.dig2argo/ledger.json' } }]);
  });

  test('--check sees an interrupted run and leaves it alone', () => {
    const disk = written();
    disk.files.set('.dig2argo/tmp-99/started', '');
    expect(run(disk, wanted(first), 'check').codes).toEqual(['OUT_UNFINISHED']);
    expect(disk.files.has('.dig2argo/tmp-99/started')).toBe(true);
  });
});

describe('a ledger that cannot be used', () => {
  test.each([
    ['{', 'the file'],
    ['{"version": 2}', 'version'],
    ['{"version":1,"environments":[],"inputs":{},"names":{},"files":{"a":{}}}', 'files.a.sha256'],
  ])('%s stops the run', (text, where) => {
    const disk = written();
    disk.files.set('.dig2argo/ledger.json', text);
    const before = disk.tree();
    const { diagnostics, plan } = run(disk, wanted(second));
    expect(diagnostics).toMatchObject([
      { code: 'OUT_LEDGER_BROKEN', severity: 'error', args: { problem: expect.stringContaining(where) } },
    ]);
    expect(plan).toBeUndefined();
    expect(disk.tree()).toEqual(before);
  });
});
