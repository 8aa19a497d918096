import { z } from 'zod';
import type { Accepted } from '../verify/compare/accepted.ts';
import type { TemplateName } from '../verify/effect.ts';

/** What of an output tree is read here. */
type Reader = { read(path: string): string | undefined };

const mapSchema = z.looseObject({
  origins: z
    .record(z.string(), z.looseObject({ source: z.string().optional(), rule: z.string().optional() }))
    .default({}),
  accepted: z
    .array(z.looseObject({ template: z.string().optional(), path: z.string(), rule: z.string(), reason: z.string() }))
    .default([]),
});

export interface MapOrigin {
  /** `file:line:col` in the legacy tree. */
  readonly source: string;
  readonly rule?: string;
}

/** What `convert` noted beside a file of the output: where each value came from, and what rules changed on purpose. */
export interface OutputMap {
  readonly origins: ReadonlyMap<string, MapOrigin>;
  readonly accepted: readonly (Accepted & { readonly template?: string })[];
}

/** The map of a file of the output; an empty one where there is none, or none that can be read. */
export function outputMap(file: string, host: Reader): OutputMap {
  const text = host.read(`.dig2argo/map/${file}.json`);
  const parsed = mapSchema.safeParse(text === undefined ? {} : jsonIn(text));
  if (!parsed.success) return { origins: new Map(), accepted: [] };
  const { origins, accepted } = parsed.data;
  return {
    origins: new Map(
      // What a rule adds of its own has no source.
      Object.entries(origins).flatMap(([pointer, { source, rule }]): readonly (readonly [string, MapOrigin])[] =>
        source === undefined ? [] : [[pointer, { source, ...(rule === undefined ? {} : { rule }) }]],
      ),
    ),
    accepted: accepted.map(({ template, path, rule, reason }) => ({
      path,
      rule,
      reason,
      ...(template === undefined ? {} : { template }),
    })),
  };
}

/** What rules changed on purpose in the pods of a job, template by template; those of shared templates stand with them. */
export function acceptedIn(
  jobFolder: string,
  environment: string,
  host: Reader,
): (template: TemplateName) => readonly Accepted[] {
  const own = [`${jobFolder}/base/workflow.yaml`, `${jobFolder}/overlays/${environment}/workflow.yaml`].flatMap(
    (file) => outputMap(file, host).accepted,
  );
  return ({ owner, name }) => {
    const shared = owner === undefined ? [] : outputMap(`templates/${owner}.yaml`, host).accepted;
    return [...shared, ...own].filter((each) => each.template === undefined || each.template === name);
  };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
