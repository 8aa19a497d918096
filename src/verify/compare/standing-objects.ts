import { redactValue } from '../../core/redact.ts';
import type { Difference, Plain } from '../effect.ts';
import type { LegacyEffect } from '../legacy/types.ts';
import type { PairResult } from './effect-pair.ts';
import { asMap, type PlainMap, plainDifferences, shown } from './plain-differences.ts';

type ObjectEffect = Extract<LegacyEffect, { readonly kind: 'object' }>;

/** The effects without objects that are applied; what waited for one of these waits for what it waited for. */
export function withoutObjects(effects: readonly LegacyEffect[]): readonly LegacyEffect[] {
  const before = new Map<string, readonly string[]>();
  return effects.flatMap((effect): readonly LegacyEffect[] => {
    const after = [...new Set(effect.after.flatMap((name) => [name, ...(before.get(name) ?? [])]))];
    if (effect.kind !== 'object') return [{ ...effect, after }];
    for (const name of [effect.task, ...(effect.id === undefined ? [] : [effect.id])])
      before.set(name, [...(before.get(name) ?? []), ...after]);
    return [];
  });
}

/**
 * What a launcher applies beside its Jobs against what stands in the output: the same content at each session. Values of
 * Secrets are in no output.
 */
export function compareObjects(
  effects: readonly LegacyEffect[],
  standing: readonly Plain[],
  namespaces: Readonly<Record<string, string>>,
): PairResult {
  const results = effects.flatMap((effect) =>
    effect.kind === 'object' ? [compareOne(effect, standing, namespaces)] : [],
  );
  return {
    differences: results.flatMap(({ differences }) => differences),
    assumptions: results.flatMap(({ assumptions }) => assumptions),
  };
}

function compareOne(
  { object, namespace }: ObjectEffect,
  standing: readonly Plain[],
  namespaces: Readonly<Record<string, string>>,
): PairResult {
  const mine = asMap(object);
  const [kind, name] = [String(mine['kind']), String(asMap(mine['metadata'])['name'])];
  if (kind === 'Secret') {
    const keys = [...Object.keys(asMap(mine['data'])), ...Object.keys(asMap(mine['stringData']))];
    return { differences: [], assumptions: [`the Secret ${name} holds ${[...new Set(keys)].join(', ')}`] };
  }
  const wanted = namespaces[namespace] ?? namespace;
  const found = standing.map(asMap).find((other) => {
    const metadata = asMap(other['metadata']);
    return other['kind'] === kind && metadata['name'] === name && metadata['namespace'] === wanted;
  });
  const path = `${kind} ${name}`;
  if (found === undefined) return { differences: [{ path, legacy: 'is applied', argo: '(none)' }], assumptions: [] };
  const differences: Difference[] = [];
  const assumptions: string[] = [];
  for (const difference of plainDifferences(content(mine), content(asMap(found)))) {
    const key = /^data\[?\.?(.+?)\]?$/.exec(difference.path)?.[1];
    const value = difference.legacy;
    const isSecret = key !== undefined && typeof value === 'string' && redactValue(key, value) !== value;
    if (isSecret && difference.argo === undefined)
      assumptions.push(`the pod reads ${key}, which the ConfigMap ${name} held in plain text, from a Secret`);
    else
      differences.push({
        path: `${path}: ${key === undefined ? difference.path : `data[${key}]`}`,
        ...shown(difference),
      });
  }
  return { differences, assumptions };
}

/** What a pod can read of a ConfigMap, and what people sort it by. */
function content({ data, binaryData, metadata }: PlainMap): PlainMap {
  const { labels, annotations } = asMap(metadata);
  return { data: data ?? {}, binaryData: binaryData ?? {}, labels: labels ?? {}, annotations: annotations ?? {} };
}
