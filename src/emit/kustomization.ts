import type { Value } from '../ir/value.ts';
import { fromPlain, type PlainData } from './plain-value.ts';

const RULE = 'emit-kustomization';

export interface KustomizationParts {
  readonly namespace?: string;
  readonly resources: readonly string[];
  readonly components?: readonly string[];
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
      components: parts.components,
      patches: parts.patches === undefined || parts.patches.length === 0 ? undefined : parts.patches,
    },
    RULE,
  );
}

/** Changes that several overlays make to their own resources. */
export function component(parts: Pick<KustomizationParts, 'components' | 'patches'>): Value {
  return fromPlain(
    {
      apiVersion: 'kustomize.config.k8s.io/v1alpha1',
      kind: 'Component',
      components: parts.components,
      patches: parts.patches,
    },
    RULE,
  );
}
