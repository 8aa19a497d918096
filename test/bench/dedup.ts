import { findFamilies } from '../../src/dedup/find-families.ts';
import { defaultThresholds, noDecisions } from '../../src/dedup/types.ts';
import { k8sNames } from '../../src/k8s/names.ts';
import { dedupCorpus, pairScores } from '../helpers/dedup-corpus.ts';

/** Families among generated jobs: time, memory, and how many pairs are right, for growing platforms. */
export async function benchDedup(): Promise<readonly string[]> {
  const lines: string[] = [];
  let first: number | undefined;
  for (const [jobs, families] of [
    [1_250, 100],
    [5_000, 400],
    [20_000, 1_600],
  ] as const) {
    const corpus = dedupCorpus(jobs, families);
    const started = performance.now();
    const { families: found } = findFamilies(corpus.members, {
      level: 'step',
      thresholds: defaultThresholds,
      decisions: noDecisions,
      lines: () => 60,
      names: (wishes) => k8sNames(wishes),
    });
    const seconds = (performance.now() - started) / 1000;
    const members = found.flatMap((family) => family.forms.map((form) => form.members.map((member) => member.id)));
    const { precision, recall } = pairScores(members, corpus.truth);
    const memory = Math.round(process.memoryUsage().rss / 2 ** 20);
    const growth = first === undefined ? '' : `, ${(seconds / first).toFixed(1)} times the time of 5,000`;
    lines.push(
      `dedup ${jobs} jobs in ${families} families: ${seconds.toFixed(1)} s, ${memory} MiB, ${found.length} families, precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}${jobs > 5_000 ? growth : ''}`,
    );
    if (jobs === 5_000) first = seconds;
  }
  return lines;
}
