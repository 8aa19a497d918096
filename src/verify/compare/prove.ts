import { type ArgoRun, playArgo } from '../argo/play.ts';
import type { Difference, Plain, ProofRow, SessionEffect, Start, Verdict } from '../effect.ts';
import type { LegacyPlayer } from '../legacy/play.ts';
import type { LegacyEffect, LegacyRun } from '../legacy/types.ts';
import type { Accepted } from './accepted.ts';
import { badParameters } from './bad-parameters.ts';
import { compareEffects, type PairContext, type PairResult } from './effect-pair.ts';
import { podsOfRun, tasksToFail } from './failures.ts';
import { compareRuns } from './runs.ts';

export interface ProofInput {
  readonly player: LegacyPlayer;
  readonly environment: string;
  /** Names on both sides. */
  readonly workflow: string;
  readonly job: string;
  /** What the overlay and the shared templates of its namespace build to. */
  readonly objects: readonly Plain[];
  readonly workflowDefaults: Plain;
  /** `guessed`: no configuration says in which cluster the controller runs. */
  readonly cluster: { readonly name: string; readonly guessed: boolean };
  readonly namespaces: Readonly<Record<string, string>>;
  readonly accepted: readonly Accepted[];
  readonly starts: readonly Start[];
}

/**
 * One verdict per start. Failures and bad parameters are injected once, at the first start.
 *
 * No verdict speaks about what the API server and its admission add to a Job or a pod, about what is
 * inside images and how programs end, on which node and how soon a pod starts, how long a launcher
 * waits, and the time between attempts.
 */
export async function proveJob(input: ProofInput): Promise<readonly ProofRow[]> {
  const rows: ProofRow[] = [];
  for (const [at, start] of input.starts.entries()) {
    const verdict = await proveStart(input, start, at === 0);
    rows.push({ job: input.workflow, environment: input.environment, start, verdict });
  }
  return rows;
}

async function proveStart(input: ProofInput, start: Start, inject: boolean): Promise<Verdict> {
  const context = contextOf(input, start);
  const legacy = await playLegacy(input, start);
  if (legacy.kind === 'not-playable') return { kind: 'not-provable', reason: legacy.reason };
  const argo = playJob(input, start, () => false);
  if (argo.refused !== undefined) return { kind: 'not-provable', reason: `Argo's side: ${argo.refused}` };
  const results: PairResult[] = [
    { differences: endDifferences(legacy, argo), assumptions: legacy.assumptions },
    compareRuns(legacy.effects, argo.effects, context),
  ];
  if (inject) {
    for (const task of tasksToFail(legacy.effects)) {
      const failed = await proveFailure(input, start, task, legacy.effects, context);
      if (failed.kind === 'not-provable') return failed;
      results.push(failed.result);
    }
    results.push({
      differences: badParameters(input.objects, input.workflowDefaults, start, input.job),
      assumptions: [],
    });
  }
  return verdictOf(results, input);
}

function contextOf(input: ProofInput, start: Start): PairContext {
  const now = Date.parse(start.scheduledTime ?? start.sessionTime) / 1000;
  return { accepted: input.accepted, namespaces: input.namespaces, now };
}

function playLegacy(input: ProofInput, start: Start, failing?: string): Promise<LegacyRun> {
  const { environment, workflow } = input;
  return input.player.play({
    environment,
    workflow,
    sessionTime: start.sessionTime,
    fails: (task) => task === failing,
  });
}

function playJob(input: ProofInput, start: Start, fails: (effect: SessionEffect) => boolean): ArgoRun {
  return playArgo(
    input.objects,
    input.workflowDefaults,
    start,
    ({ effect }) => ({ status: fails(effect) ? 'Failed' : 'Succeeded' }),
    {
      job: input.job,
      cluster: input.cluster.name,
    },
  );
}

/** The same with a task that fails every time: on Argo's side, every pod that is like the ones of that task. */
async function proveFailure(
  input: ProofInput,
  start: Start,
  task: string,
  good: readonly LegacyEffect[],
  context: PairContext,
): Promise<{ readonly kind: 'compared'; readonly result: PairResult } | Extract<Verdict, { kind: 'not-provable' }>> {
  const legacy = await playLegacy(input, start, task);
  if (legacy.kind === 'not-playable') return { kind: 'not-provable', reason: legacy.reason };
  const failing = good.filter((effect) => effect.task === task);
  const same = (effect: SessionEffect): boolean =>
    failing.some((mine) => compareEffects(mine, effect, context)?.differences.length === 0);
  const argo = playJob(input, start, same);
  if (argo.refused !== undefined) return { kind: 'not-provable', reason: `Argo's side: ${argo.refused}` };
  const compared = compareRuns(podsOfRun(legacy.effects, task), argo.effects, context);
  const differences = [...endDifferences(legacy, argo), ...compared.differences].map(
    (difference): Difference => ({
      ...difference,
      path: `where ${task} fails, ${difference.path}`,
    }),
  );
  return { kind: 'compared', result: { differences, assumptions: compared.assumptions } };
}

function endDifferences(legacy: Extract<LegacyRun, { kind: 'played' }>, argo: ArgoRun): readonly Difference[] {
  if (legacy.succeeded === (argo.status === 'Succeeded')) return [];
  const message = argo.message === undefined ? '' : `: ${argo.message}`;
  return [
    { path: 'end of the run', legacy: legacy.succeeded ? 'success' : 'failure', argo: `${argo.status}${message}` },
  ];
}

function verdictOf(results: readonly PairResult[], input: ProofInput): Verdict {
  const differences = results.flatMap((result) => result.differences);
  if (differences.length > 0) return { kind: 'differs', differences };
  const guessed = input.cluster.guessed ? [`the controller runs in cluster ${input.cluster.name}`] : [];
  const assumptions = [...new Set([...guessed, ...results.flatMap((result) => result.assumptions)])];
  return assumptions.length === 0 ? { kind: 'proved' } : { kind: 'proved-given', assumption: assumptions.join('; ') };
}
