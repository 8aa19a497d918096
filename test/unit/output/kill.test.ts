import { describe, expect, test } from 'vitest';
import { Killed, MemoryDisk } from './memory-disk.ts';
import { file, mapped, run, runbook, wanted } from './output-case.ts';

const base = 'cron/sales/base/workflow.yaml';
const suspend = 'cron/sales/overlays/dev/suspend.yaml';

const before = [
  mapped(base, 'name: sales\n', 'sales'),
  runbook('sales', 'one'),
  file(suspend, 'suspend: true\n', 'sales'),
  mapped('cron/stock/base/workflow.yaml', 'name: stock\n', 'stock'),
  file('cron/stock/params.yaml', 'a: 1\n', 'stock'),
  file('cron/gone/base/workflow.yaml', 'name: gone\n', 'gone'),
  file('Makefile', 'lint:\n'),
];
const after = wanted(
  [
    mapped(base, 'name: sales, now much longer than before\n', 'sales'),
    runbook('sales', 'two'),
    mapped('cron/stock/base/workflow.yaml', 'name: stock2\n', 'stock'),
    file('cron/stock/params.yaml', 'a: 2\n', 'stock'),
    file('cron/new/base/workflow.yaml', 'name: new\n', 'new'),
    file('Makefile', 'lint: all\n'),
  ],
  { prune: true, inputs: { 'digdag/prd/sales.dig': 'def' } },
);

/** An output tree with notes, an edited file, and a file that is not ours. */
function oldTree(): MemoryDisk {
  const disk = new MemoryDisk([['cron/sales/mine.txt', 'mine\n']]);
  run(disk, wanted(before));
  disk.files.set('cron/stock/params.yaml', 'a: edited\n');
  const readme = 'cron/sales/README.md';
  disk.files.set(readme, (disk.read(readme) ?? '').replace('run -->\n', 'run -->\nCall Mika first.\n'));
  disk.changes = 0;
  return disk;
}

const undisturbed = oldTree();
const { codes } = run(undisturbed, after);
const changes = undisturbed.changes;

/** All states in which a run of `after` on `start` can be left. */
function interrupted(
  start: () => MemoryDisk,
  pid: number,
): readonly { readonly at: number; readonly disk: MemoryDisk }[] {
  return Array.from({ length: changes }, (_, index) => {
    const disk = start();
    disk.killAt = index + 1;
    expect(() => run(disk, after, 'write', { pid, isRunning: () => false })).toThrow(Killed);
    disk.killAt = Number.POSITIVE_INFINITY;
    return { at: index + 1, disk };
  });
}

function isOneOf(text: string | undefined, texts: readonly (string | undefined)[]): boolean {
  return texts.includes(text);
}

describe('a run that is killed at any of its changes', () => {
  test('the undisturbed run does what it should', () => {
    expect(codes).toEqual(['OUT_EDITED']);
    expect(changes).toBeGreaterThan(20);
    expect(undisturbed.read('cron/stock/params.yaml')).toBe('a: edited\n');
    expect(undisturbed.read('cron/stock/params.yaml.dig2argo-new')).toBe('a: 2\n');
    expect(undisturbed.read('cron/sales/README.md')).toContain('Mika');
    expect(undisturbed.read('cron/sales/mine.txt')).toBe('mine\n');
    expect([...undisturbed.files.keys()].filter((path) => path === suspend || path.startsWith('cron/gone/'))).toEqual(
      [],
    );
    expect([...undisturbed.files.keys()].filter((path) => path.includes('/tmp-'))).toEqual([]);
  });

  test.each([7, 8])('is finished or undone by the next one (process %i)', (pid) => {
    for (const { at, disk } of interrupted(oldTree, pid)) {
      run(disk, after);
      expect(disk.tree(), `killed at change ${at}`).toEqual(undisturbed.tree());
    }
  });

  test('leaves each file whole: as it was or as it will be', () => {
    const start = oldTree();
    const paths = [...new Set([...start.files.keys(), ...undisturbed.files.keys()])];
    for (const { at, disk } of interrupted(oldTree, 7)) {
      for (const path of paths) {
        expect(
          isOneOf(disk.read(path), [start.read(path), undisturbed.read(path)]),
          `${path}, killed at change ${at}`,
        ).toBe(true);
      }
    }
  });

  test('may be killed again while the next one cleans up', () => {
    for (const { at, disk } of interrupted(oldTree, 7)) {
      for (let second = 1; ; second += 1) {
        const again = disk.copy();
        again.killAt = second;
        let ended = true;
        try {
          run(again, after, 'write', { pid: 8, isRunning: () => false });
        } catch (error) {
          if (!(error instanceof Killed)) throw error;
          ended = false;
        }
        if (ended) break;
        again.killAt = Number.POSITIVE_INFINITY;
        run(again, after, 'write', { pid: 9, isRunning: () => false });
        expect(again.tree(), `killed at change ${at}, then at ${second}`).toEqual(undisturbed.tree());
      }
    }
  });

  test('is finished even where the legacy tree has changed since', () => {
    const later = wanted([file('Makefile', 'lint: later\n')], { prune: true });
    const expected = undisturbed.copy();
    run(expected, later);
    for (const { at, disk } of interrupted(oldTree, 7)) {
      run(disk, later);
      const ours = (tree: MemoryDisk): readonly string[] =>
        [...tree.files.keys()].filter((path) => !path.endsWith('.dig2argo-new')).sort();
      expect(ours(disk), `killed at change ${at}`).toEqual(ours(expected));
      expect(disk.read('Makefile')).toBe('lint: later\n');
    }
  });

  test('never overwrites what was written between the two runs', () => {
    let seen = 0;
    for (const { disk } of interrupted(oldTree, 7)) {
      disk.files.set(base, 'name: written in between\n');
      disk.files.set('cron/new/base/workflow.yaml', 'name: mine\n');
      const { diagnostics } = run(disk, after);
      const kept = diagnostics.flatMap((each) =>
        each.code === 'OUT_EDITED' || each.code === 'OUT_FOREIGN' ? [each.args.path] : [],
      );
      expect(disk.read(base)).toBe('name: written in between\n');
      expect(disk.read('cron/new/base/workflow.yaml')).toBe('name: mine\n');
      expect(kept).toEqual(expect.arrayContaining([base, 'cron/new/base/workflow.yaml']));
      seen += 1;
    }
    expect(seen).toBe(changes);
  });
});

describe('two runs at once', () => {
  test('the second is refused while the first runs', () => {
    const disk = oldTree();
    disk.files.set('.dig2argo/tmp-41/started', '');
    const start = disk.tree();
    const { diagnostics, plan } = run(disk, after, 'write', { pid: 42, isRunning: (pid) => pid === 41 });
    expect(diagnostics).toMatchObject([
      { code: 'OUT_LOCKED', severity: 'error', args: { pid: 41, folder: '.dig2argo/tmp-41' } },
    ]);
    expect(plan).toBeUndefined();
    expect(disk.tree()).toEqual(start);
  });

  test('what a dead run left under the number of this process is cleaned up', () => {
    const disk = oldTree();
    disk.files.set('.dig2argo/tmp-42/started', '');
    const { codes: found } = run(disk, after, 'write', { pid: 42, isRunning: () => true });
    expect(found).toEqual(['OUT_RECOVERED', 'OUT_EDITED']);
    expect(disk.tree()).toEqual(undisturbed.tree());
  });
});
