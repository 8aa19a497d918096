import type { ArgoRun } from '../argo/play.ts';
import type { Outcome } from '../argo/run-types.ts';
import type { AcceptedUse, Difference, ProofRow, Start, Verdict } from '../effect.ts';
import type { LegacyRun } from '../legacy/types.ts';
import { badParameters } from './bad-parameters.ts';
import type { PairResult } from './effect-pair.ts';
import { comparable, failuresToTry, legacyUnder, outcomeUnder } from './failures.ts';
import { type FailedRun, handlerAids, repeated } from './handler-aids.ts';
import { jobAssumptions } from './job-pods.ts';
import type { Failure } from './legacy-runs.ts';
import { unseenNodes } from './observed.ts';
import { asList, asMap, type PlainMap } from './plain-differences.ts';
import { contextOf, hasSla, type ProofInput, play, sessionOf } from './play-both.ts';
import { compareRuns, type RunsResult } from './runs.ts';
import { compareObjects } from './standing-objects.ts';
import { unreadLaunchers } from './unread-launchers.ts';

/** One job in one environment. */
export interface JobProof {
  readonly rows: readonly ProofRow[];
  readonly accepted: readonly AcceptedUse[];
  /** Own templates with effects that no run has reached. */
  readonly unreached: readonly string[];
  /** How many runs had a failure injected, or a bad parameter. */
  readonly injected: number;
}

/**
 * One verdict per start. All failures and bad parameters are injected at the first start, one failure at the others.
 *
 * No verdict speaks about what the API server and its admission add to a Job or a pod, about what is
 * inside images and how programs end, on which node and how soon a pod starts, how long a launcher
 * waits, and the time between attempts.
 */
export async function proveJob(input: ProofInput): Promise<JobProof> {
  const rows: ProofRow[] = [];
  const accepted = new Map<string, AcceptedUse>();
  const seen = new Set<string>();
  let injected = 0;
  for (const [at, start] of input.starts.entries()) {
    const proof = await proveStart({ ...input, seen }, start, at === 0);
    injected += proof.injected;
    for (const use of proof.accepted) accepted.set(`${use.node}\u0000${use.path}`, use);
    rows.push({ job: input.workflow, environment: input.environment, start, verdict: proof.verdict });
    if (input.untilFirst === true && proof.verdict.kind === 'differs') break;
  }
  return {
    rows,
    accepted: [...accepted.values()],
    unreached: leavesOf(input).filter((name) => !seen.has(name)),
    injected,
  };
}

/** The job's own templates that have effects. */
function leavesOf({ objects, job }: ProofInput): readonly string[] {
  const own = objects.map(asMap).find((object) => asMap(object['metadata'])['name'] === job);
  const spec = asMap(own?.['spec']);
  const templates = asList(asMap(spec['workflowSpec'] ?? spec)['templates']).map(asMap);
  return templates.filter(hasEffect).map(({ name }) => String(name));
}

function hasEffect(template: PlainMap): boolean {
  const { suspend } = template;
  // A pause of no time is a mark in the flow.
  if (suspend !== undefined) return asMap(suspend)['duration'] !== '0';
  return ['container', 'script', 'containerSet', 'http'].some((kind) => template[kind] !== undefined);
}

interface StartProof {
  readonly verdict: Verdict;
  readonly accepted: readonly AcceptedUse[];
  readonly injected: number;
}

async function proveStart(input: ProofInput, start: Start, inject: boolean): Promise<StartProof> {
  const legacy = await input.runs.run(sessionOf(input, start));
  if (legacy.kind === 'not-playable') return proveByWitness(input, start, legacy.reason);
  const argo = play(input, start, () => ({ status: 'Succeeded' }));
  if (argo.refused !== undefined) return unproved(`Argo's side: ${argo.refused}`);
  const good = compareRuns(comparable(legacy.effects), argo.effects, contextOf(input, start));
  const unread = unreadLaunchers(comparable(legacy.effects), argo.effects, good, input.ruleOf);
  if (unread !== undefined) return proveByWitness(input, start, unread);
  const assumptions = [...legacy.assumptions, ...jobAssumptions(legacy.effects)];
  const objects = compareObjects(legacy.effects, input.standing, input.namespaces);
  const results: PairResult[] = [{ differences: endDifferences(legacy, argo), assumptions }, objects, good];
  const enough = (): boolean => input.untilFirst === true && results.some((result) => result.differences.length > 0);
  // What is said of a failure may hold a date; the first task to fail shows it at each time.
  const all = failuresToTry(legacy.effects);
  const failures = inject ? all : all.slice(0, 1);
  for (const failure of failures) {
    if (enough()) break;
    const failed = await proveFailure(input, start, failure, legacy, good, inject);
    if (typeof failed === 'string') return unproved(failed);
    results.push(failed);
  }
  const bad = inject && !enough() ? badParameters(input.objects, input.workflowDefaults, start, input.job) : undefined;
  if (bad !== undefined) results.push({ differences: bad.differences, assumptions: [] });
  return {
    verdict: verdictOf(results, input),
    accepted: good.accepted ?? [],
    injected: failures.length + (bad?.tried ?? 0),
  };
}

/** Where no one can say what the legacy side does, every pod of the run must equal a Job that it was seen to start. */
function proveByWitness(input: ProofInput, start: Start, reason: string): StartProof {
  if (input.observed === undefined) return unproved(reason);
  const argo = play(input, start, () => ({ status: 'Succeeded' }));
  if (argo.refused !== undefined) return unproved(`${reason}; Argo's side: ${argo.refused}`);
  const unseen = unseenNodes(argo, input.observed, contextOf(input, start));
  const pods = argo.effects.filter((effect) => effect.kind === 'job');
  if (pods.length > 0 && unseen.length === 0) return { verdict: { kind: 'observed' }, accepted: [], injected: 0 };
  return unproved(`${reason}; no observed Job equals the pod of ${unseen.join(', ') || 'the run, which has none'}`);
}

function unproved(reason: string): StartProof {
  return { verdict: { kind: 'not-provable', reason }, accepted: [], injected: 0 };
}

/** The same with a task that fails. A text says why nothing can be said. */
async function proveFailure(
  input: ProofInput,
  start: Start,
  failure: Failure,
  good: Extract<LegacyRun, { kind: 'played' }>,
  matched: RunsResult,
  first: boolean,
): Promise<PairResult | string> {
  const legacy = await legacyUnder(failure, sessionOf(input, start), good.effects, input.runs);
  if (legacy.kind === 'not-playable') return legacy.reason;
  const argo = play(input, start, outcomeUnder(failure, matched.nodes.get(failure.task) ?? new Set()));
  if (argo.refused !== undefined) return `Argo's side: ${argo.refused}`;
  const compared = compareRuns(legacy.effects, argo.effects, contextOf(input, start));
  const where = `where ${failure.task} fails${failure.times === 'once' ? ' once' : ''}`;
  const differences = [...endDifferences(legacy, argo), ...compared.differences].map(
    (difference): Difference => ({ ...difference, path: `${where}, ${difference.path}` }),
  );
  // What the message says beside its text has one form for scheduled runs and those of a `target_date`, one for runs by hand.
  const byHand = start.scheduledTime === undefined && start.targetDate === undefined;
  const aids = failure.times === 'once' || !(first || byHand) ? [] : handlerAids(failedRun(input, start, argo));
  return { differences: [...differences, ...aids], assumptions: compared.assumptions };
}

function failedRun(input: ProofInput, start: Start, run: ArgoRun): FailedRun {
  const own = input.objects.map(asMap).filter((object) => asMap(object['metadata'])['name'] === input.job);
  const cron = own.find((object) => object['kind'] === 'CronWorkflow');
  const succeed: Outcome = () => ({ status: 'Succeeded' });
  return {
    run,
    job: input.job,
    namespace: String(asMap((cron ?? own[0])?.['metadata'])['namespace']),
    kind: cron === undefined ? 'workflowtemplate' : 'cronwf',
    environment: input.environment,
    repeat: (targetDate) => play(input, repeated(start, targetDate), succeed),
    good: play(input, start, succeed),
  };
}

function endDifferences(legacy: Extract<LegacyRun, { kind: 'played' }>, argo: ArgoRun): readonly Difference[] {
  if (legacy.succeeded === (argo.status === 'Succeeded')) return [];
  const said = (end: string, why: string | undefined): string => (why === undefined ? end : `${end}: ${why}`);
  const ended = legacy.succeeded ? 'success' : said('failure', legacy.failure);
  return [{ path: 'end of the run', legacy: ended, argo: said(argo.status, argo.message) }];
}

function verdictOf(results: readonly PairResult[], input: ProofInput): Verdict {
  const differences = results.flatMap((result) => result.differences);
  if (differences.length > 0) return { kind: 'differs', differences };
  const { name, guessed: isGuess } = input.cluster;
  const place = name === '' ? 'the cluster that the launchers reach' : `cluster ${name}`;
  const guessed = isGuess ? [`the controller runs in ${place}`] : [];
  const late = hasSla(input) ? ['the container that waits for the sla does, at its time, what the sla says'] : [];
  const assumptions = [...new Set([...guessed, ...late, ...results.flatMap((result) => result.assumptions)])];
  return assumptions.length === 0 ? { kind: 'proved' } : { kind: 'proved-given', assumption: assumptions.join('; ') };
}
