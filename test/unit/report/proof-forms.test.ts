import { describe, expect, test } from 'vitest';
import { proofMarkdown } from '../../../src/report/reporters/proof-markdown.ts';
import { proofText } from '../../../src/report/reporters/proof-text.ts';
import { verifySarif } from '../../../src/report/reporters/verify-sarif.ts';
import type { Start, Verdict } from '../../../src/verify/effect.ts';
import type { Verification, VerifiedJob } from '../../../src/verify/proof.ts';

const start = (environment: string, day: string): Start => ({
  environment,
  sessionTime: `2026-11-${day}T00:00:00Z`,
  scheduledTime: `2026-11-${day}T07:00:00Z`,
  creationTime: `2026-11-${day}T07:00:00Z`,
});

const differs: Verdict = {
  kind: 'differs',
  differences: [
    {
      path: '+a: manifest.spec.containers[main].args[0]',
      legacy: 'x',
      argo: 'y',
      legacySource: 'manifests/a.yaml:5:7',
      argoSource: 'cron/a/base/workflow.yaml:9:3',
      rule: 'launcher-a',
    },
  ],
};

function job(environment: string, verdicts: readonly Verdict[], more: Partial<VerifiedJob> = {}): VerifiedJob {
  return {
    job: 'a',
    name: 'a',
    environment,
    rows: verdicts.map((verdict, at) => ({ job: 'a', environment, start: start(environment, `${10 + at}`), verdict })),
    schedule: { kind: 'none' },
    aids: [],
    accepted: [],
    unreached: [],
    injected: 0,
    ...more,
  };
}

const proof = (...jobs: readonly VerifiedJob[]): Verification => ({
  from: '2026-11-10T00:00:00Z',
  workflowDefaults: 'platform/overlays',
  jobs,
});

describe('SARIF', () => {
  const of = (...jobs: readonly VerifiedJob[]) => JSON.parse(verifySarif(proof(...jobs), '0.1.0')).runs[0].results;

  test('shows a difference at its legacy source, once for all runs that have it', () => {
    const results = of(job('prd', [differs, { kind: 'proved' }, differs]));
    expect(results).toHaveLength(1);
    expect(results[0]).toMatchObject({
      ruleId: 'VERIFY_DIFFERS',
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'manifests/a.yaml', uriBaseId: 'LEGACY' },
            region: { startLine: 5, startColumn: 7 },
          },
        },
      ],
    });
    expect(results[0].message.text).toContain('Argo y (cron/a/base/workflow.yaml:9:3); rule launcher-a');
    expect(results[0].message.text).toContain('2026-11-10');
    expect(results[0].message.text).toContain('2026-11-12');
  });

  test('has warnings for what is not provable and notes for assumptions', () => {
    const results = of(
      job('prd', [
        { kind: 'not-provable', reason: 'helm' },
        { kind: 'proved-given', assumption: 'tools' },
      ]),
    );
    expect(results.map(({ ruleId, level }: { ruleId: string; level: string }) => [ruleId, level])).toEqual([
      ['VERIFY_NOT_PROVABLE', 'warning'],
      ['VERIFY_ASSUMES', 'note'],
    ]);
  });

  test('has schedules and what no run shows', () => {
    const results = of(
      job('prd', [{ kind: 'proved' }], {
        schedule: { kind: 'differs', fires: 3, differences: [{ path: 'fire 1', legacy: 'starts', argo: '(none)' }] },
        aids: [{ path: 'title', legacy: 'a', argo: 'b' }],
      }),
    );
    expect(results.map(({ message }: { message: { text: string } }) => message.text.slice(0, 24))).toEqual([
      'A in prd: schedule: fire',
      'A in prd: title: legacy ',
    ]);
  });

  test('is empty for a proof', () => {
    expect(of(job('prd', [{ kind: 'proved' }]))).toEqual([]);
  });
});

test('what is the same in several environments is one line of the page', () => {
  const given: Verdict = { kind: 'proved-given', assumption: 'tools' };
  const page = proofMarkdown(proof(job('dev', [given]), job('prd', [given]), job('stg', [{ kind: 'proved' }])));
  expect(page).toContain('- `a` dev, prd: tools (all runs)');
  expect(page.match(/^\| `a` \| dev, prd, stg \| `session/gm)).toHaveLength(1);
});

test('a template that no run reaches is named', () => {
  const found = proof(job('prd', [{ kind: 'proved' }], { unreached: ['snapshot'] }));
  expect(proofText(found, { color: false })).toContain('a prd\n  reached by no run: snapshot\n');
  expect(proofMarkdown(found)).toContain('## Not reached');
  expect(proofMarkdown(found)).toContain('- `a` prd: `snapshot`');
});

test('the matrix says where something besides the runs differs', () => {
  const text = proofText(
    proof(job('prd', [{ kind: 'proved' }], { aids: [{ path: 'title', legacy: 'a', argo: 'b' }] })),
    {
      color: false,
    },
  );
  expect(text).toContain('a  1 proved, differs besides\n');
  expect(text).toContain('  differs besides: title: legacy a, Argo b\n');
});
