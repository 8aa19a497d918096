import { describe, expect, test } from 'vitest';
import { DiagnosticList } from '../../src/core/diagnose.ts';
import { folderHost } from '../../src/pipeline/host.ts';
import { verifyOutput } from '../../src/pipeline/verify.ts';
import { proofFrom, sampleOutput } from '../generated.ts';

/** Jobs of the sample that call a family with --dedup. */
const folded = ['table_export', 'partner_feed'] as const;

async function verdicts(job: string, dedup: boolean) {
  const legacy = folderHost('samples/shop-batch/legacy');
  const out = await sampleOutput('shop-batch', dedup);
  const proof = await verifyOutput(legacy, out, { fromMs: proofFrom, times: 1, jobs: [job] }, new DiagnosticList());
  return (proof?.jobs ?? []).flatMap(({ environment, rows, schedule }) => [
    ...rows.map(({ start, verdict }) => ({ environment, start, verdict })),
    { environment, schedule },
  ]);
}

describe('--dedup proves what the output without it proves', () => {
  test.each(folded)('%s', async (job) => {
    const out = await sampleOutput('shop-batch', true);
    expect(out.read(`cron/${job.replaceAll('_', '-')}/base/workflow.yaml`)).toMatch(
      /templateRef: \{name: (?!slack-notify)/,
    );
    const alone = await verdicts(job, false);
    expect(alone.length).toBeGreaterThan(10);
    expect(await verdicts(job, true)).toEqual(alone);
  });
});
