import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fg from 'fast-glob';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { formatPosition } from '../../src/core/source.ts';
import { folderHost, memoryHost } from '../../src/pipeline/host.ts';
import { lintOutput } from '../../src/pipeline/lint.ts';
import { convert } from '../../src/pipeline/run.ts';
import { packageRules } from '../generated.ts';

/** `case.yaml` beside `input/` and `expected/`. */
interface GoldenCase {
  readonly description: string;
  /** Findings of severity warning and error, `CODE file:line:col`, in the order of the report. */
  readonly findings: readonly string[];
  /** Findings of `dig2argo lint` over the whole output, `CODE path`; default: none. */
  readonly lint?: readonly string[];
  /** Globs of the output that the case is about; default: the job folders. */
  readonly output?: readonly string[];
  /** Convert with `--dedup`. */
  readonly dedup?: boolean;
}

const update = process.env['UPDATE_GOLDEN'] === 'true';
const folders = fg.sync('test/golden/*/*/case.yaml').sort().map(dirname);

describe('golden cases', () => {
  test('there are some', () => expect(folders.length).toBeGreaterThan(5));

  test.each(folders)('%s', async (folder) => {
    const golden = parse(readFileSync(join(folder, 'case.yaml'), 'utf8')) as GoldenCase;
    const { files, diagnostics, report } = await convert(folderHost(join(folder, 'input')), {
      rules: packageRules(),
      dedup: golden.dedup ?? false,
    });
    const found = diagnostics
      .filter((finding) => finding.severity !== 'info')
      .map((finding) => `${finding.code} ${finding.span === undefined ? '-' : formatPosition(finding.span)}`);
    expect(found).toEqual(golden.findings);
    const linted = lintOutput(memoryHost(Object.fromEntries(files.map((file) => [file.path, file.text]))));
    expect(linted.filter((finding) => finding.severity === 'error').map(lintFinding)).toEqual(golden.lint ?? []);
    // Leaves of a pod that is not converted are in no output.
    const whole = !diagnostics.some(({ severity }) => severity === 'error');
    const unaccounted = report.accounting.unaccounted.filter(
      ({ kind }) => kind.startsWith('dig-') || (whole && kind === 'template-leaf'),
    );
    expect(unaccounted.map(({ span, label }) => `${formatPosition(span)} ${label}`)).toEqual([]);
    const globs = golden.output ?? [
      'cron/*/base/*',
      'cron/*/overlays/**',
      'workflows/*/base/*',
      'workflows/*/overlays/**',
    ];
    const kept = new Map(files.filter((file) => matches(file.path, globs)).map((file) => [file.path, file.text]));
    expect(kept.size).toBeGreaterThan(0);
    if (update) write(join(folder, 'expected'), kept);
    expect(Object.fromEntries(kept)).toEqual(Object.fromEntries(read(join(folder, 'expected'))));
  });
});

function lintFinding(finding: Diagnostic): string {
  return `${finding.code} ${finding.span?.file ?? '-'}`;
}

function matches(path: string, globs: readonly string[]): boolean {
  return globs.some((glob) =>
    new RegExp(
      `^${glob.replaceAll('.', '\\.').replaceAll('**', '\u0000').replaceAll('*', '[^/]*').replaceAll('\u0000', '.*')}$`,
    ).test(path),
  );
}

function read(folder: string): readonly (readonly [string, string])[] {
  if (!existsSync(folder)) return [];
  return fg
    .sync('**', { cwd: folder, dot: true })
    .sort()
    .map((path) => [path, readFileSync(join(folder, path), 'utf8')]);
}

function write(folder: string, files: ReadonlyMap<string, string>): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
