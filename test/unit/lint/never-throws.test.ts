import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCron } from '../../../src/argo-expr/cron.ts';
import { evaluateTemplate } from '../../../src/argo-expr/template.ts';
import { decideWhen } from '../../../src/argo-expr/when.ts';
import { repoPath } from '../../../src/core/source.ts';
import { buildKustomization } from '../../../src/kustomize/build.ts';
import { lintManifests } from '../../../src/lint/lint-manifests.ts';
import { lintTree } from '../../../src/lint/lint-tree.ts';
import { playArgo } from '../../../src/verify/argo/play.ts';
import type { Plain } from '../../../src/verify/effect.ts';

interface Recorded {
  readonly manifest?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly build?: string;
}

function recorded(file: string): readonly Recorded[] {
  const text = readFileSync(new URL(`../../vectors/argo/${file}.jsonl`, import.meta.url), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Recorded);
}

/** The text with a run of characters replaced. */
const damaged = (text: string): fc.Arbitrary<string> =>
  fc
    .record({
      at: fc.nat(text.length),
      length: fc.nat(12),
      by: fc.constantFrom('', '- ', ': ', '{{', '}}', '[', '\n', "'", '{{=', '&a ', '*a', 'null', '1'),
    })
    .map(({ at, length, by }) => text.slice(0, at) + by + text.slice(at + length));

const manifests = recorded('lint').flatMap((vector) => vector.manifest ?? []);
const folders = recorded('kustomize').filter((vector) => vector.files !== undefined);

test('lint answers to any text', () => {
  expect(manifests.length).toBeGreaterThan(300);
  const text = fc
    .constantFrom(...manifests)
    .chain(damaged)
    .chain(damaged);
  fc.assert(
    fc.property(text, (manifest) => void lintManifests([{ path: repoPath('m.yaml'), text: manifest }])),
    { numRuns: 400, seed: 1 },
  );
});

test('a build and a run answer to any files', () => {
  expect(folders.length).toBeGreaterThan(100);
  const start = { environment: 'e', sessionTime: '', creationTime: '2021-12-07T00:00:00Z' };
  const property = fc.property(
    fc.constantFrom(...folders),
    fc.func(fc.boolean()),
    fc.infiniteStream(fc.nat(200)),
    ({ files = {}, build = '' }, hit, at) => {
      const broken = Object.fromEntries(
        Object.entries(files).map(([path, text]) => {
          const start_ = at.next().value ?? 0;
          return [path, hit(path) ? text.slice(0, start_) + text.slice(start_ + 7) : text];
        }),
      );
      const built = buildKustomization(build, (path) => broken[path]);
      if (built.kind === 'built')
        playArgo(built.objects as readonly Plain[], null, start, () => ({ status: 'Succeeded' }));
      lintTree(Object.entries(broken).map(([path, text]) => ({ path: `cron/job/${path}`, text })));
    },
  );
  fc.assert(property, { numRuns: 200, seed: 1 });
});

test('expressions, conditions and schedules answer to any text', () => {
  const part = fc.constantFrom(
    '{{=',
    '}}',
    '{{',
    'date(',
    'workflow.parameters.a',
    "'",
    '(',
    ')',
    '[',
    ']',
    '+',
    '- ',
    '?',
    ':',
    '??',
    '?.',
    '.',
    ',',
    '1',
    '0x',
    '1e',
    ' in ',
    '==',
    '!',
    '&&',
    'a',
    '#',
    '@every ',
    '* ',
    '/',
    'not ',
    'let x = ',
    ';',
    '日',
    '\\',
    '\n',
  );
  const text = fc.array(part, { maxLength: 14 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, (any) => {
      evaluateTemplate(`{{=${any}}}`, new Map([['workflow.parameters.a', 'x']]));
      evaluateTemplate(any, new Map(), { allowUnresolved: true });
      decideWhen(any);
      readCron(any);
    }),
    { numRuns: 5000, seed: 1 },
  );
});
