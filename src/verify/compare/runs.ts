import type { Difference, SessionEffect } from '../effect.ts';
import type { LegacyEffect } from '../legacy/types.ts';
import { compareEffects, type PairContext, type PairResult } from './effect-pair.ts';
import { predecessors } from './order.ts';
import { asMap } from './plain-differences.ts';

interface Match {
  readonly legacy: number;
  readonly argo: number;
  readonly result: PairResult;
}

/** Two runs as partial orders of effects: the same effects, and the same ones waiting for each other. */
export function compareRuns(
  legacy: readonly LegacyEffect[],
  argo: readonly SessionEffect[],
  context: PairContext,
): PairResult {
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
  };
}

/** Each legacy effect with the free effect of Argo that differs least, the earliest of these. Equal ones are taken first. */
function match(
  legacy: readonly LegacyEffect[],
  argo: readonly SessionEffect[],
  context: PairContext,
): readonly Match[] {
  const results = legacy.map((mine) => argo.map((theirs) => compareEffects(mine, theirs, context)));
  const free = new Set(argo.keys());
  const matches: Match[] = [];
  for (const exact of [true, false]) {
    for (const at of legacy.keys()) {
      if (matches.some((pair) => pair.legacy === at)) continue;
      let best: Match | undefined;
      for (const other of free) {
        const result = results[at]?.[other];
        if (result === undefined || (exact && result.differences.length > 0)) continue;
        if (best === undefined || result.differences.length < best.result.differences.length)
          best = { legacy: at, argo: other, result };
      }
      if (best === undefined) continue;
      free.delete(best.argo);
      matches.push(best);
    }
  }
  return matches.sort((a, b) => a.legacy - b.legacy);
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
      return `wait of ${effect.seconds} s`;
    case 'fail':
      return `failure: ${effect.message}`;
  }
}
