import { z } from 'zod';
import { asMap, asText } from '../../../src/verify/argo/data.ts';
import type { PodAttempt, PodOutcome, Script } from './kubelet.ts';
import { isPlayable } from './script.ts';

const outcome = z.union([
  z.enum(['Succeeded', 'Failed', 'played', 'evicted']).transform((status): PodOutcome => ({ status })),
  z
    .strictObject({
      status: z.enum(['Succeeded', 'Failed']),
      exitCode: z.int().min(1).max(255).optional(),
      outputs: z.record(z.string(), z.string()).optional(),
      result: z.string().optional(),
    })
    .transform(
      ({ status, exitCode, outputs, result }): PodOutcome => ({
        status,
        ...(exitCode === undefined ? {} : { exitCode }),
        ...(outputs === undefined ? {} : { outputs }),
        ...(result === undefined ? {} : { result }),
      }),
    ),
]);

/** How pods end, by node (`run/extract`, `exit-handler/notify`, `loop(0:a)`): one end, or one for each attempt, the last for all further ones. */
export const outcomesSchema = z.record(z.string(), z.union([outcome, z.array(outcome).min(1)]));

export type Outcomes = z.infer<typeof outcomesSchema>;

/** Pods end as stated; a script whose output is used, or that says itself how it ends, is played; everything else succeeds. */
export function scriptOf(outcomes: Outcomes): Script {
  return (attempt) => {
    const stated = outcomes[attempt.path] ?? outcomes[attempt.node];
    if (stated === undefined) return unstated(attempt);
    if (!Array.isArray(stated)) return stated;
    return stated[Math.min(attempt.attempt, stated.length - 1)] ?? unstated(attempt);
  };
}

/** What a pod does that nobody said anything about. */
export function unstated({ template, isCaptured }: PodAttempt): PodOutcome {
  const isRead = isCaptured || asMap(template['outputs'])['parameters'] !== undefined;
  const fails = /(?:^|\n)exit [1-9]\d*\s*$/.test(asText(asMap(template['script'])['source']));
  return { status: (isRead || fails) && isPlayable(template) ? 'played' : 'Succeeded' };
}
