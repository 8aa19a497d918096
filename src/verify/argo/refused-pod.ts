import type { Plain } from '../effect.ts';
import { asMap, asText } from './data.ts';

const labelValue = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

/**
 * Why the API server refuses a pod: a label or a selector whose value is none, such as a tag that nothing replaced. The
 * controller's check of a workflow does not look there.
 */
export function refusedPod(pod: Plain): string | undefined {
  const { metadata, spec } = asMap(pod);
  for (const [field, values] of [
    ['metadata.labels', asMap(metadata)['labels']],
    ['spec.nodeSelector', asMap(spec)['nodeSelector']],
  ] as const) {
    const bad = Object.values(asMap(values)).find((value) => !labelValue.test(asText(value)));
    if (bad !== undefined) return `${field}: Invalid value: ${JSON.stringify(asText(bad))}`;
  }
  return undefined;
}
