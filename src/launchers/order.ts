import { assertNever } from '../core/assert-never.ts';
import { diagnose } from '../core/diagnose.ts';
import type { SourceSpan } from '../core/source.ts';
import type { Effect } from '../ir/graph.ts';
import type { Facts, Happening } from './shell/facts.ts';
import type { LauncherContext } from './types.ts';

/** What a launcher did, in its order, as far as it decides what starts beside what. */
export type Deed =
  | {
      readonly kind: 'start';
      readonly effects: readonly Effect[];
      readonly span: SourceSpan;
      /** The launcher goes on only when all of it has ended. */
      readonly waits: boolean;
    }
  | { readonly kind: 'wait'; readonly for: readonly string[] | 'all' }
  | { readonly kind: 'background'; readonly deeds: readonly Deed[] };

/** What a script did, with the effects that its Jobs and messages became. The script goes on when a message is sent. */
export function deedsOf(
  facts: Facts,
  jobs: readonly (readonly Effect[])[],
  messages: readonly (readonly Effect[])[],
  happenings: readonly Happening[] = facts.happenings,
): readonly Deed[] {
  return happenings.flatMap((happening): readonly Deed[] => {
    switch (happening.kind) {
      case 'job': {
        const span = facts.jobs[happening.at]?.span;
        return span === undefined ? [] : [{ kind: 'start', effects: jobs[happening.at] ?? [], span, waits: false }];
      }
      case 'message': {
        const span = facts.messages[happening.at]?.span;
        return span === undefined ? [] : [{ kind: 'start', effects: messages[happening.at] ?? [], span, waits: true }];
      }
      case 'wait':
        return [happening];
      case 'background':
        return [{ kind: 'background', deeds: deedsOf(facts, jobs, messages, happening.happenings) }];
      default:
        return assertNever(happening);
    }
  });
}

interface Stage {
  readonly effects: Effect[];
  /** Those of the effects that the launcher did not wait for by starting them. */
  running: number;
}

/**
 * Effects in the order of the launcher, each that starts before the one before it has ended marked as such.
 * Stages follow each other; where a launcher goes on when only a part of a stage has ended, the workflow
 * waits for the whole stage, and a warning says so.
 */
export function inOrder(deeds: readonly Deed[], rule: string, context: LauncherContext): readonly Effect[] {
  const stages: Stage[] = [];
  let stage: Stage = { effects: [], running: 0 };
  let ended = new Set<string>();
  let allEnded = false;
  let blocked = false;
  const next = (span: SourceSpan): void => {
    if (!allEnded && stage.running > ended.size)
      context.sink.add(diagnose('LAUNCHER_ORDER_STRICTER', {}, { span, rule }));
    stages.push(stage);
    stage = { effects: [], running: 0 };
    ended = new Set();
    allEnded = false;
    blocked = false;
  };
  const start = (deed: Extract<Deed, { kind: 'start' }>): void => {
    if (deed.effects.length === 0) return;
    if (blocked) next(deed.span);
    stage.effects.push(...deed.effects);
    stage.running += deed.waits ? 0 : deed.effects.length;
    blocked = deed.waits;
  };
  const background = (inner: readonly Deed[]): void => {
    let waited = false;
    for (const deed of inner) {
      if (deed.kind === 'background') background(deed.deeds);
      else if (deed.kind === 'wait') waited = true;
      else if (deed.effects.length > 0) {
        // A chain of its own beside other steps has no place in a list of stages.
        if (waited) blocked = true;
        start({ ...deed, waits: false });
        waited = deed.waits;
      }
    }
  };
  for (const deed of deeds) {
    if (deed.kind === 'start') start(deed);
    else if (deed.kind === 'background') background(deed.deeds);
    else if (stage.effects.length > 0) {
      if (deed.for === 'all') allEnded = true;
      else for (const job of deed.for) ended.add(job);
      blocked = true;
    }
  }
  stages.push(stage);
  return stages.flatMap(({ effects }) => effects.map((effect, at) => (at === 0 ? effect : beside(effect))));
}

/** A step of its own kind that is no Job and no message comes alone. */
function beside(effect: Effect): Effect {
  return effect.kind === 'job' || effect.kind === 'notify' ? { ...effect, beside: true } : effect;
}
