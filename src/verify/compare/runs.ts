import type { Difference, SessionEffect } from '../effect.ts';
import type { LegacyEffect } from '../legacy/types.ts';
import { compareEffects, nodeOf, type PairContext, type PairResult } from './effect-pair.ts';
import { predecessors } from './order.ts';
import { asMap } from './plain-differences.ts';

interface Match {
  readonly legacy: number;
  readonly argo: number;
  readonly result: PairResult;
}

export interface RunsResult extends PairResult {
  /** Legacy task → the nodes of Argo whose effects were taken for its own. */
  readonly nodes: ReadonlyMap<string, ReadonlySet<string>>;
  /** Positions of the effects that were taken for the same. */
  readonly matches: readonly Match[];
}

/** Two runs as partial orders of effects: the same effects, and the same ones waiting for each other. */
export function compareRuns(
  legacy: readonly LegacyEffect[],
  argo: readonly SessionEffect[],
  context: PairContext,
): RunsResult {
  const matches = match(legacy, argo, context);
  const missing = legacy.flatMap((effect, at): readonly Difference[] =>
    matches.some((pair) => pair.legacy === at)
      ? []
      : [{ path: effect.task, legacy: effectText(effect), argo: '(none)' }],
  );
  const added = argo.flatMap((effect, at): readonly Difference[] =>
    matches.some((pair) => pair.argo === at) ? [] : [{ path: effect.task, legacy: '(none)', argo: effectText(effect) }],
  );
  const fields = matches.flatMap(({ legacy: at, result }) =>
    result.differences.map((difference) => ({ ...difference, path: `${legacy[at]?.task ?? ''}: ${difference.path}` })),
  );
  const assumptions = new Set(matches.flatMap(({ result }) => result.assumptions));
  return {
    differences: [...missing, ...added, ...fields, ...orderDifferences(legacy, argo, matches)],
    assumptions: [...assumptions],
    accepted: matches.flatMap(({ result }) => result.accepted ?? []),
    nodes: nodesOf(legacy, argo, matches),
    matches,
  };
}

function nodesOf(
  legacy: readonly LegacyEffect[],
  argo: readonly SessionEffect[],
  matches: readonly Match[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const nodes = new Map<string, Set<string>>();
  for (const match of matches) {
    const [task, node] = [legacy[match.legacy]?.task ?? '', nodeOf(argo[match.argo]?.task ?? '')];
    nodes.set(task, (nodes.get(task) ?? new Set()).add(node));
  }
  return nodes;
}

/** Each legacy effect with the free effect of Argo that differs least, the earliest of these. Equal ones are taken first. */
function match(
  legacy: readonly LegacyEffect[],
  argo: readonly SessionEffect[],
  context: PairContext,
): readonly Match[] {
  const free = new Map(argo.entries());
  const matches: Match[] = [];
  const left = [...legacy.entries()].filter(([at, mine]) => {
    const found = firstEqual(mine, free, context);
    if (found === undefined) return true;
    free.delete(found.argo);
    matches.push({ legacy: at, ...found });
    return false;
  });
  for (const [at, mine] of left) {
    const found = leastDifferent(mine, free, context);
    if (found === undefined) continue;
    free.delete(found.argo);
    matches.push({ legacy: at, ...found });
  }
  return matches.sort((a, b) => a.legacy - b.legacy);
}

type Found = Omit<Match, 'legacy'>;

function firstEqual(
  mine: LegacyEffect,
  free: ReadonlyMap<number, SessionEffect>,
  context: PairContext,
): Found | undefined {
  for (const [argo, theirs] of free) {
    const result = compareEffects(mine, theirs, context);
    if (result?.differences.length === 0) return { argo, result };
  }
  return undefined;
}

function leastDifferent(
  mine: LegacyEffect,
  free: ReadonlyMap<number, SessionEffect>,
  context: PairContext,
): Found | undefined {
  let best: Found | undefined;
  for (const [argo, theirs] of free) {
    const result = compareEffects(mine, theirs, context);
    if (result === undefined) continue;
    if (best === undefined || result.differences.length < best.result.differences.length) best = { argo, result };
  }
  return best;
}

function orderDifferences(
  legacy: readonly LegacyEffect[],
  argo: readonly SessionEffect[],
  matches: readonly Match[],
): readonly Difference[] {
  const [mine, theirs] = [predecessors(legacy), predecessors(argo)];
  const found: Difference[] = [];
  for (const later of matches) {
    for (const earlier of matches) {
      const inLegacy = mine[later.legacy]?.has(earlier.legacy) === true;
      const inArgo = theirs[later.argo]?.has(earlier.argo) === true;
      if (inLegacy === inArgo) continue;
      const what = `after ${legacy[earlier.legacy]?.task ?? ''}`;
      found.push({
        path: `${legacy[later.legacy]?.task ?? ''}: order`,
        legacy: inLegacy ? what : `not ${what}`,
        argo: inArgo ? what : `not ${what}`,
      });
    }
  }
  return found;
}

/** An effect in one line of a report. */
export function effectText(effect: SessionEffect): string {
  switch (effect.kind) {
    case 'job': {
      const { name, labels } = asMap(asMap(effect.manifest)['metadata']);
      return `pod of ${String(name ?? asMap(labels)['app'] ?? effect.task)} in ${effect.cluster}/${effect.namespace}`;
    }
    case 'command':
      return `command ${effect.source.trim()}`;
    case 'notify':
      return `${effect.via} message to ${effect.to}: ${effect.body}`;
    case 'wait':
      return effect.seconds === undefined ? 'wait until someone resumes it' : `wait of ${effect.seconds} s`;
    case 'object':
      return `${String(asMap(effect.object)['kind'])} ${String(asMap(asMap(effect.object)['metadata'])['name'])}`;
    case 'fail':
      return `failure: ${effect.message}`;
  }
}
