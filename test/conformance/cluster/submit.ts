import { asList, asMap, asText, type PlainMap } from '../../../src/verify/argo/data.ts';
import type { Plain } from '../../../src/verify/effect.ts';

export interface Submission {
  readonly name: string;
  /** RFC 3339, as the annotation has it; none for a run without a schedule. */
  readonly scheduledTime?: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** The spec of a WorkflowTemplate is copied, not referred to. */
  readonly copied?: boolean;
}

/**
 * The Workflow that `argo submit --from` makes of a CronWorkflow or WorkflowTemplate, as the cron controller does it too.
 * @see argo-workflows workflow/common/convert.go
 */
export function workflowFrom(source: PlainMap, { name, scheduledTime, parameters, copied }: Submission): PlainMap {
  const { apiVersion = null, kind = null, metadata, spec } = source;
  const from = asMap(metadata);
  const own = asMap(asMap(spec)['workflowMetadata']);
  const isCron = kind === 'CronWorkflow';
  const origin = isCron ? 'cron-workflow' : 'workflow-template';
  const body = isCron
    ? asMap(asMap(spec)['workflowSpec'])
    : copied
      ? asMap(spec)
      : { workflowTemplateRef: { name: asText(from['name']) } };
  return {
    apiVersion,
    kind: 'Workflow',
    metadata: {
      name,
      namespace: asText(from['namespace']),
      labels: { ...asMap(own['labels']), [`workflows.argoproj.io/${origin}`]: asText(from['name']) },
      annotations: {
        ...(scheduledTime === undefined ? {} : { 'workflows.argoproj.io/scheduled-time': scheduledTime }),
        ...asMap(own['annotations']),
      },
      ownerReferences: isCron
        ? [{ apiVersion, kind, name: asText(from['name']), uid: asText(from['uid']), controller: true }]
        : [],
    },
    spec: withParameters(body, parameters),
  };
}

function withParameters(spec: PlainMap, values: Readonly<Record<string, string>>): PlainMap {
  const known = asList(asMap(spec['arguments'])['parameters']).map(asMap);
  const parameters: Plain[] = [
    ...known.map((parameter) => {
      const value = values[asText(parameter['name'])];
      return value === undefined ? parameter : { ...parameter, value };
    }),
    ...Object.entries(values)
      .filter(([name]) => !known.some((parameter) => parameter['name'] === name))
      .map(([name, value]) => ({ name, value })),
  ];
  if (parameters.length === 0) return spec;
  return { ...spec, arguments: { ...asMap(spec['arguments']), parameters } };
}
