import { parse } from 'yaml';
import { ExpressionError } from '../../../src/argo-expr/outcome.ts';
import { asList, asMap, asText, type PlainMap } from '../../../src/verify/argo/data.ts';
import { processTemplate } from '../../../src/verify/argo/process-template.ts';
import { PlayError } from '../../../src/verify/argo/substitute.ts';
import type { Plain } from '../../../src/verify/effect.ts';
import { compare, type VectorAdapter } from '../adapter.ts';

interface TemplateVector {
  readonly manifest: string;
  readonly template: string;
  readonly globals: Readonly<Record<string, string>>;
  readonly args: Readonly<Record<string, string>>;
  readonly expect: { readonly output?: Plain; readonly error?: string };
}

export const adapter: VectorAdapter = {
  check(vector) {
    const { manifest, template, globals, args, expect } = vector as unknown as TemplateVector;
    const object = asMap(parse(manifest) as Plain);
    const spec =
      object['kind'] === 'CronWorkflow' ? asMap(asMap(object['spec'])['workflowSpec']) : asMap(object['spec']);
    return compare(
      expect.error === undefined ? sorted(expect.output ?? null) : 'error',
      processed(spec, template, globals, args),
    );
  },
};

function processed(
  spec: PlainMap,
  name: string,
  globals: Readonly<Record<string, string>>,
  args: Readonly<Record<string, string>>,
): Plain {
  const parameters = asList(asMap(spec['arguments'])['parameters']).map(asMap);
  const known = new Map<string, string>(
    parameters.flatMap((parameter) =>
      parameter['value'] === undefined
        ? []
        : [[`workflow.parameters.${asText(parameter['name'])}`, asText(parameter['value'])] as const],
    ),
  );
  for (const [key, value] of Object.entries(globals)) known.set(key, value);
  const template = asMap(asList(spec['templates']).find((item) => asMap(item)['name'] === name));
  try {
    return sorted(processTemplate(template, new Map(Object.entries(args)), known).template);
  } catch (error) {
    if (error instanceof PlayError || error instanceof ExpressionError) return 'error';
    throw error;
  }
}

/** Without the empty fields that Argo's types add, keys sorted. */
function sorted(value: Plain): Plain {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as PlainMap).map(([key, item]) => [key, sorted(item)] as const);
  const empty = (key: string, item: Plain): boolean =>
    (key === 'name' && item === '') ||
    (typeof item === 'object' && item !== null && !Array.isArray(item) && Object.keys(item).length === 0);
  return Object.fromEntries(entries.filter(([key, item]) => !empty(key, item)).sort(([a], [b]) => (a < b ? -1 : 1)));
}
