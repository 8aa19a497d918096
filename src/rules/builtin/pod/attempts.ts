import { map, scalar, text } from '../../../ir/build-value.ts';
import type { Retry } from '../../../ir/graph.ts';
import { entryOf, itemsOf, staticInteger, staticScalar } from '../../../ir/read-value.ts';
import type { MapValue, Value } from '../../../ir/value.ts';
import type { PodContext } from './context.ts';
import { failureTests } from './failure-policy.ts';
import type { Pods } from './indexes.ts';

/** Kubernetes' own default of a Job. */
const DEFAULT_BACKOFF_LIMIT = 6;
/** The Job controller pauses 10 s, 20 s, 40 s … between attempts, at most 6 minutes. */
const JOB_BACKOFF = { base: 10, cap: 360 };

/** How often one start of the Job tries, and how often the step starts it. */
export interface Attempts {
  readonly backoffLimit: number;
  /** The step's `_retry`, where the pod's template repeats it too; absent where the steps around the pod do. */
  readonly retry: Retry | undefined;
  /** Extra attempts over all. */
  readonly limit: number;
}

/** The attempts of one pod; those of the step are the business of the steps around it where there are any. */
export function attemptsOfPod(attempts: Attempts): Attempts {
  return { backoffLimit: attempts.backoffLimit, retry: undefined, limit: attempts.backoffLimit };
}

export function readAttempts(manifest: MapValue, pods: Pods | undefined, context: PodContext): Attempts {
  const perIndex = pods?.indexed === true ? entryOf(manifest, 'spec', 'backoffLimitPerIndex') : undefined;
  const written = perIndex ?? entryOf(manifest, 'spec', 'backoffLimit');
  const backoffLimit = staticInteger(written) ?? DEFAULT_BACKOFF_LIMIT;
  const { retry, task } = context.input;
  const limit = (backoffLimit + 1) * ((retry?.limit ?? 0) + 1) - 1;
  if (written === undefined) context.report('POD_BACKOFF_LIMIT_DEFAULT', { task, attempts: backoffLimit + 1 });
  else if (staticInteger(written) === undefined)
    context.report('POD_FIELD_RUNTIME', { path: 'spec.backoffLimit' }, written);
  reportRestartPolicy(manifest, backoffLimit, context);
  return { backoffLimit, retry, limit };
}

/** `merged`: the pod's template repeats for the Job and for the step; else the steps around it repeat for the step. */
export function reportMultiplied(
  { backoffLimit, retry, limit }: Attempts,
  merged: boolean,
  manifest: MapValue,
  context: PodContext,
): void {
  if (backoffLimit > 0 && retry !== undefined && retry.limit > 0)
    context.report(
      'POD_ATTEMPTS_MULTIPLY',
      { backoffLimit, retry: retry.limit, limit, merged },
      entryOf(manifest, 'spec', 'backoffLimit'),
    );
}

function reportRestartPolicy(manifest: MapValue, backoffLimit: number, context: PodContext): void {
  const spec = entryOf(manifest, 'spec', 'template', 'spec');
  const written = entryOf(spec, 'restartPolicy');
  const policy = staticScalar(written);
  if (policy === 'Never') return;
  if (policy !== 'OnFailure') context.report('POD_RESTART_POLICY', { written: policy ?? '(none)' }, written ?? spec);
  else if (backoffLimit > 0) {
    const volumes = itemsOf(entryOf(spec, 'volumes')).filter((volume) => entryOf(volume, 'emptyDir') !== undefined);
    context.accept('restartPolicy', context.input.rule, 'each attempt is a new pod, never a restart in place');
    context.report(
      'POD_RESTART_IN_PLACE',
      { attempts: backoffLimit, volumes: volumes.map((volume) => staticScalar(entryOf(volume, 'name')) ?? '') },
      written,
    );
  }
}

/** undefined where one attempt is all. `tests` must all hold for another attempt, beside those of podFailurePolicy. */
export function retryStrategy(
  attempts: Attempts,
  manifest: MapValue,
  main: string,
  tests: readonly string[],
  context: PodContext,
): MapValue | undefined {
  const all = [...tests, ...failureTests(entryOf(manifest, 'spec', 'podFailurePolicy'), main, context)];
  if (attempts.limit === 0) return undefined;
  const from = context.made();
  const policy = context.input.policies?.values.get('retryPolicy');
  const entries: (readonly [string, Value | undefined])[] = [
    ['limit', scalar(attempts.limit, from)],
    ['retryPolicy', text(typeof policy === 'string' ? policy : 'Always', from)],
    ['expression', all.length === 0 ? undefined : text(all.join(' && '), from)],
    ['backoff', backoff(attempts, context)],
  ];
  return map(entries, from);
}

interface Pauses {
  readonly base: number;
  readonly doubling: boolean;
  readonly cap?: number;
}

function backoff(attempts: Attempts, context: PodContext): MapValue | undefined {
  const { backoffLimit, retry } = attempts;
  const own = ownPauses(retry);
  const starts = retry?.limit ?? 0;
  if (backoffLimit === 0) return own === undefined ? undefined : written(fitCap(own, attempts.limit, context), context);
  const pauses: Pauses = { base: JOB_BACKOFF.base, doubling: true, cap: JOB_BACKOFF.cap };
  if (starts === 0) return written(fitCap(pauses, attempts.limit, context), context);
  // Two rhythms in one strategy: the shorter, constant one keeps the number of attempts and never waits longer than both did.
  context.report('POD_BACKOFF_DIFFERS', {
    legacy: `10 s to 6 min inside a Job and ${retry?.intervalSeconds ?? 0} s between its starts`,
    argo: `${JOB_BACKOFF.base} s`,
  });
  return written({ base: JOB_BACKOFF.base, doubling: false }, context);
}

function ownPauses(retry: Retry | undefined): Pauses | undefined {
  if (retry === undefined || retry.intervalSeconds <= 0) return undefined;
  const cap = retry.maxIntervalSeconds;
  return {
    base: retry.intervalSeconds,
    doubling: retry.growth === 'exponential',
    ...(cap === undefined ? {} : { cap }),
  };
}

/** Argo 3.6 knows no cap: there a cap that the last pause would pass makes all pauses as long as the cap. */
function fitCap(pauses: Pauses, limit: number, context: PodContext): Pauses {
  const { base, doubling, cap } = pauses;
  if (!doubling || cap === undefined || base * 2 ** (limit - 1) <= cap) return { base, doubling };
  const { argoVersion } = context.input;
  if (argoVersion !== undefined && argoVersion !== '3.6') return pauses;
  context.report('POD_BACKOFF_DIFFERS', {
    legacy: `${base} s, doubled each time up to ${cap} s`,
    argo: `${cap} s each time, since Argo 3.6 knows no cap`,
  });
  return { base: cap, doubling: false };
}

function written(pauses: Pauses, context: PodContext): MapValue {
  const from = context.made();
  return map(
    [
      ['duration', text(`${pauses.base}s`, from)],
      ['factor', pauses.doubling ? scalar(2, from) : undefined],
      ['cap', pauses.cap === undefined ? undefined : text(`${pauses.cap}s`, from)],
    ],
    from,
  );
}
