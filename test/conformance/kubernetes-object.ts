import { parse } from 'yaml';
import { z } from 'zod';

const head = z.looseObject({
  kind: z.string(),
  metadata: z
    .looseObject({ name: z.string().default(''), namespace: z.string().default('') })
    .default({ name: '', namespace: '' }),
});

/** One object of a build, with its text as kustomize printed it. */
export interface KubernetesObject {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly text: string;
  readonly value: unknown;
}

/** Splits what kustomize prints; it separates objects with a line `---`. */
export function parseObjects(stream: string): readonly KubernetesObject[] {
  return stream
    .split(/^---\n/m)
    .filter((text) => text.trim() !== '')
    .map((text) => {
      const value: unknown = parse(text, { version: '1.1' });
      const { kind, metadata } = head.parse(value);
      return { kind, namespace: metadata.namespace, name: metadata.name, text: text.trimEnd(), value };
    });
}
