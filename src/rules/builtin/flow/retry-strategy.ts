import { map, scalar, text } from '../../../ir/build-value.ts';
import type { Retry } from '../../../ir/graph.ts';
import type { MapValue, Provenance } from '../../../ir/value.ts';

/** Digdag's `_retry` as extra attempts, whatever made one fail; on a steps template all children run again, also those that had succeeded. */
export function retryStrategyOf(retry: Retry | undefined, from: Provenance): MapValue | undefined {
  if (retry === undefined || retry.limit === 0) return undefined;
  const backoff =
    retry.intervalSeconds === 0
      ? undefined
      : map(
          [
            ['duration', text(String(retry.intervalSeconds), from)],
            ['factor', retry.growth === 'exponential' ? scalar(2, from) : undefined],
            ['cap', retry.maxIntervalSeconds === undefined ? undefined : text(`${retry.maxIntervalSeconds}s`, from)],
          ],
          from,
        );
  return map(
    [
      ['limit', scalar(retry.limit, from)],
      ['retryPolicy', text('Always', from)],
      ['backoff', backoff],
    ],
    from,
  );
}
