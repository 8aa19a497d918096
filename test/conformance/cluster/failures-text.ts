import { asList, asMap, asText, isList, isMap } from '../../../src/verify/argo/data.ts';
import type { Plain } from '../../../src/verify/effect.ts';

/** `{{workflow.failures}}`: a JSON list, quoted as a JSON text. */
const failuresText = /"\[\{\\"displayName\\":(?:[^"\\]|\\.)*\}\]"/g;

/**
 * A value with each list of failures in it in one form. The controller lists every failed node, groups and steps too, in
 * no order, with times and names of pods; what is kept is what it says of the nodes in `pods`, by display name.
 */
export function withPlainFailures(value: Plain, pods: ReadonlySet<string>): Plain {
  if (isList(value)) return value.map((item) => withPlainFailures(item, pods));
  if (isMap(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withPlainFailures(item, pods)]));
  if (typeof value !== 'string') return value;
  return value.replaceAll(failuresText, (quoted) => {
    const failures = asList(JSON.parse(JSON.parse(quoted) as string) as Plain).map(asMap);
    const kept = failures
      .filter(({ displayName }) => pods.has(asText(displayName)))
      .map(({ displayName, message, templateName, phase }) => [displayName, phase, templateName, message].join(' '));
    return `[${kept.sort().join('; ')}]`;
  });
}
