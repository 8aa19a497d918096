import type { AcceptedUse, Difference, Plain, SessionEffect, Start } from '../effect.ts';
import type { LegacyEffect } from '../legacy/types.ts';
import { nodeOf, podOfJob } from './effect-pair.ts';
import { withoutEnvOrder } from './env-order.ts';
import { comparable } from './failures.ts';
import { contextOf, type ProofInput, play, sessionOf } from './play-both.ts';
import { compareRuns } from './runs.ts';

/** One effect of a session on both sides, each in the form in which they are compared. */
export interface Pair {
  readonly task?: string;
  readonly node?: string;
  /** The WorkflowTemplate that a `templateRef` named for Argo's pod. */
  readonly template?: string;
  readonly legacy?: Plain;
  readonly argo?: Plain;
  readonly differences: readonly Difference[];
  readonly accepted: readonly AcceptedUse[];
}

/** All effects of one session, beside each other; a text says why a side cannot be played. */
export async function sessionPairs(input: ProofInput, start: Start): Promise<readonly Pair[] | string> {
  const legacy = await input.runs.run(sessionOf(input, start));
  if (legacy.kind === 'not-playable') return legacy.reason;
  const argo = play(input, start, () => ({ status: 'Succeeded' }));
  if (argo.refused !== undefined) return `Argo's side: ${argo.refused}`;
  const effects = comparable(legacy.effects);
  const { matches } = compareRuns(effects, argo.effects, contextOf(input, start));
  const pairs = effects.map((effect, at): Pair => {
    const match = matches.find((each) => each.legacy === at);
    const other = match === undefined ? undefined : argo.effects[match.argo];
    return {
      task: effect.task,
      legacy: legacyForm(effect),
      ...(other === undefined ? {} : { node: nodeOf(other.task), ...ownerOf(other), argo: form(other) }),
      differences: match?.result.differences ?? [{ path: effect.task, legacy: effect.kind, argo: '(none)' }],
      accepted: match?.result.accepted ?? [],
    };
  });
  const added = argo.effects.filter((_, at) => !matches.some((match) => match.argo === at));
  return [
    ...pairs,
    ...added.map((effect): Pair => {
      const node = nodeOf(effect.task);
      return {
        node,
        ...ownerOf(effect),
        argo: form(effect),
        differences: [{ path: node, legacy: '(none)', argo: effect.kind }],
        accepted: [],
      };
    }),
  ];
}

function ownerOf({ template }: SessionEffect): Pick<Pair, 'template'> {
  return template?.owner === undefined ? {} : { template: template.owner };
}

function legacyForm(effect: LegacyEffect): Plain {
  if (effect.kind !== 'job') return form(effect);
  const { cluster, namespace, manifest } = effect;
  return { cluster, namespace, pod: withoutEnvOrder(podOfJob(manifest)) };
}

function form(effect: SessionEffect): Plain {
  switch (effect.kind) {
    case 'job':
      return { cluster: effect.cluster, namespace: effect.namespace, pod: withoutEnvOrder(effect.manifest) };
    case 'command':
      return { command: effect.source, env: effect.env };
    case 'notify':
      return { via: effect.via, to: effect.to, body: effect.body };
    case 'wait':
      return { wait: effect.seconds === undefined ? 'until someone resumes it' : `${effect.seconds} s` };
    case 'object':
      return { object: effect.object };
    case 'fail':
      return { fail: effect.message };
  }
}
