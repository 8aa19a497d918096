import type { Clash, PathStep } from './types.ts';

const reasons: Readonly<Record<Clash['reason'], string>> = {
  structure: 'the structure differs',
  'optional-part': 'one has a part that the other lacks',
  'list-length': 'one list is longer',
  tag: 'what differs holds an Argo tag, which would be read in another scope',
  'fixed-field': 'Argo reads this field before it substitutes parameters',
  'secret-name': 'names of Secrets are never parameters unless dedup.secrets lists them',
  quantity: 'the amounts have no common unit, or are no amounts of a container',
  'caller-field': 'its workflow cannot say this field for it: other steps of it say something else, or nothing',
  security: 'rights and identity of a pod are never parameters',
};

export function clashText(reason: Clash['reason']): string {
  return reasons[reason];
}

/** `container.env[TABLE].value`. */
export function pathText(path: readonly PathStep[]): string {
  return path.map((step, at) => (step.item ? `[${step.key}]` : at === 0 ? step.key : `.${step.key}`)).join('');
}
