import type { Value } from '../ir/value.ts';
import { fromPlain, type PlainData } from './plain-value.ts';

const RULE = 'emit-kustomization';

export interface KustomizationParts {
  readonly namespace?: string;
  readonly resources: readonly string[];
  readonly patches?: readonly PlainData[];
}

/** @see https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/ */
export function kustomization(parts: KustomizationParts): Value {
  return fromPlain(
    {
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      namespace: parts.namespace,
      resources: parts.resources,
      patches: parts.patches === undefined || parts.patches.length === 0 ? undefined : parts.patches,
    },
    RULE,
  );
}
