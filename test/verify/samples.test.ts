import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { proofMarkdown } from '../../src/report/reporters/proof-markdown.ts';
import type { Verification, VerifiedJob } from '../../src/verify/proof.ts';
import { verdictCounts } from '../../src/verify/proof.ts';
import { proofPath, proveSample } from '../generated.ts';

/** Assumptions that a reader of the report is asked to accept. */
const assumptions = [
  // The .dig files name ../scripts, which is outside the project that Digdag ships.
  /^digdag\/scripts\/(\w+\.sh) on the worker is scripts\/\1 of the tree$/,
  /^plain commands find the same tools in their image as on the worker$/,
  /^main does the same, as rule launcher-kubectl-script says \(the output of python in sh\)$/,
];

describe.each([
  ['daily-sales', 2],
  ['shop-batch', 40],
] as const)('%s', (sample, least) => {
  let proof: Verification;
  let jobs: readonly VerifiedJob[];

  beforeAll(async () => {
    proof = await proveSample(sample);
    jobs = proof.jobs;
  }, 600_000);

  test('every job of every environment is proved at all its times, or given what a reader accepts', () => {
    expect(jobs.length).toBeGreaterThanOrEqual(least);
    for (const { job, environment, rows } of jobs) {
      expect(rows.length, `${job} ${environment}`).toBeGreaterThan(3);
      for (const { verdict, start } of rows) {
        if (verdict.kind === 'proved-given')
          for (const assumption of verdict.assumption.split('; '))
            expect(
              assumptions.some((known) => known.test(assumption)),
              assumption,
            ).toBe(true);
        else
          expect({ job, environment, start, verdict }).toEqual({
            job,
            environment,
            start,
            verdict: { kind: 'proved' },
          });
      }
    }
    console.info(
      `${sample}: ${verdictCounts(jobs)
        .map(([kind, count]) => `${count} ${kind}`)
        .join(', ')}`,
    );
  });

  test('failures and bad parameters were put in', () => {
    for (const { job, injected } of jobs) expect(injected, job).toBeGreaterThan(5);
  });

  test('schedules are the same fire by fire, but for the hour that New York has twice', () => {
    const [odd, even] = [
      jobs.filter(({ job }) => job === 'us_store_settlement'),
      jobs.filter(({ job }) => job !== 'us_store_settlement'),
    ];
    expect(even.filter(({ schedule }) => schedule.kind !== 'proved' && schedule.kind !== 'none')).toEqual([]);
    expect(even.filter(({ schedule }) => schedule.kind === 'proved' && schedule.fires > 10).length).toBeGreaterThan(0);
    for (const { schedule } of odd)
      expect(schedule).toMatchObject({
        kind: 'differs',
        differences: [
          {
            path: expect.stringMatching(/^fire 2027-11-07T01:15:00-05:00, an hour .* twice/),
            legacy: '(none)',
            argo: 'starts',
          },
        ],
      });
  });

  test('accepted differences name the pod and the rule', () => {
    const uses = jobs.flatMap(({ accepted }) => accepted);
    if (sample === 'shop-batch') expect(uses.length).toBeGreaterThan(50);
    for (const use of uses)
      expect(use).toMatchObject({ node: expect.stringMatching(/^run\//), rule: expect.stringMatching(/^[a-z0-9-]+$/) });
  });

  test('the committed proof is current (npm run test:update)', () => {
    expect(readFileSync(proofPath(sample), 'utf8')).toBe(proofMarkdown(proof));
  });
});
