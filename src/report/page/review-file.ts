import type { ReviewEntry } from './data.ts';

/** The text of dig2argo.review.yaml. JSON texts are YAML texts too. */
export function reviewFile(reviews: ReadonlyMap<string, ReviewEntry>): string {
  const jobs = [...reviews]
    .filter(([, { state, note }]) => state !== undefined || note !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const head =
    '# What people said about the migrated jobs. Written by reports/index.html, read back by `dig2argo convert` and\n# `dig2argo report`. Put it into the legacy folder and commit it. A job that changes after its review is shown as such.\nversion: 1\n';
  if (jobs.length === 0) return `${head}jobs: {}\n`;
  const entries = jobs.map(([job, { state, note, by, fingerprint }]) =>
    [
      `  ${JSON.stringify(job)}:`,
      ...(state === undefined ? [] : [`    state: ${state}`]),
      ...(note === '' ? [] : [`    note: ${JSON.stringify(note)}`]),
      ...(by === undefined || by === '' ? [] : [`    by: ${JSON.stringify(by)}`]),
      `    fingerprint: ${JSON.stringify(fingerprint)}`,
    ].join('\n'),
  );
  return `${head}jobs:\n${entries.join('\n')}\n`;
}
