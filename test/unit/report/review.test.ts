import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { formatPosition, repoPath } from '../../../src/core/source.ts';
import type { ReviewEntry } from '../../../src/report/page/data.ts';
import { reviewFile } from '../../../src/report/page/review-file.ts';
import { REVIEW_FILE, readReviews, withReviews } from '../../../src/report/review.ts';
import { jobOf, reportOf } from './fixture.ts';

function read(text: string, jobs: readonly string[] = ['sales']) {
  const sink = new DiagnosticList();
  const reviews = readReviews({ path: repoPath(REVIEW_FILE), text }, jobs, sink);
  return {
    reviews,
    found: sink.items.map(({ code, span }) => `${code} ${span === undefined ? '-' : formatPosition(span)}`),
  };
}

test('what the page writes is read back as it was, whatever the texts are', () => {
  const entry = fc.record(
    {
      state: fc.constantFrom('accepted' as const, 'question' as const),
      note: fc.string({ unit: 'binary', maxLength: 40 }),
      by: fc.string({ unit: 'grapheme', minLength: 1 }),
      fingerprint: fc.string(),
    },
    { requiredKeys: ['state', 'note', 'fingerprint'] },
  );
  const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text !== '__proto__');
  fc.assert(
    fc.property(fc.array(fc.tuple(name, entry), { maxLength: 5 }), (entries) => {
      const reviews = new Map<string, ReviewEntry>(entries);
      const back = read(reviewFile(reviews), [...reviews.keys()]);
      expect(back.found).toEqual([]);
      expect(Object.fromEntries(back.reviews)).toEqual(Object.fromEntries(reviews));
    }),
  );
});

test('jobs stand in the order of their names; one without choice and note is left out', () => {
  const text = reviewFile(
    new Map<string, ReviewEntry>([
      ['b', { state: 'question', note: 'why "x"?', fingerprint: '2' }],
      ['a', { state: 'accepted', note: '', by: 'aki', fingerprint: '1' }],
      ['c', { note: '', fingerprint: '3' }],
    ]),
  );
  expect(text.slice(text.indexOf('version'))).toBe(
    'version: 1\njobs:\n  "a":\n    state: accepted\n    by: "aki"\n    fingerprint: "1"\n  "b":\n    state: question\n    note: "why \\"x\\"?"\n    fingerprint: "2"\n',
  );
});

describe('a file that cannot be used is used in no part, and says where', () => {
  test.each([
    ['version: 1\njobs: {sales: {state: accepted, fingerprint: x}\n', 'REVIEW_INVALID dig2argo.review.yaml:'],
    ['version: 2\njobs: {}\n', 'REVIEW_INVALID dig2argo.review.yaml:1:10'],
    ['version: 1\njobs:\n  sales:\n    state: fine\n    fingerprint: x\n', 'REVIEW_INVALID dig2argo.review.yaml:4:12'],
    ['version: 1\njobs:\n  sales: {state: accepted}\n', 'REVIEW_INVALID dig2argo.review.yaml:3:10'],
    ['- a\n', 'REVIEW_INVALID dig2argo.review.yaml:1:1'],
    ['version: 1\njobs: &a {b: *a}\n', 'REVIEW_INVALID dig2argo.review.yaml:'],
  ])('%j', (text, want) => {
    const { reviews, found } = read(text);
    expect(reviews.size).toBe(0);
    expect(found).toEqual([expect.stringContaining(want)]);
  });
});

test('a review of a job that does not exist is reported at its name', () => {
  const { found } = read('version: 1\njobs:\n  slaes:\n    state: accepted\n    fingerprint: x\n');
  expect(found).toEqual(['REVIEW_JOB_UNKNOWN dig2argo.review.yaml:4:5']);
});

test('a job that changed after its review is shown as such', () => {
  const review = { state: 'accepted', note: '', fingerprint: 'f-a' } as const;
  const report = reportOf([jobOf('a'), jobOf('b')]);
  const reviewed = withReviews(
    report,
    new Map([
      ['a', review],
      ['b', review],
    ]),
  );
  expect(reviewed.details.map((job) => job.review?.changed)).toEqual([false, true]);
  expect(withReviews(reviewed, new Map()).details.map((job) => job.review)).toEqual([undefined, undefined]);
});
