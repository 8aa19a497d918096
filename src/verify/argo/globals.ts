import type { Start } from '../effect.ts';
import { asList, asMap, asText, type PlainMap } from './data.ts';
import { asGoTime, formatTime } from './times.ts';

export interface WorkflowIdentity {
  readonly name: string;
  readonly namespace: string;
  /** The CronWorkflow or WorkflowTemplate it was made from. */
  readonly source: PlainMap;
}

/** strftime letters that Argo offers below `workflow.creationTimestamp`, and Go's layouts for them. */
const creationFormats: readonly (readonly [string, string])[] = [
  ['Y', '2006'],
  ['m', '01'],
  ['d', '02'],
  ['H', '15'],
  ['M', '04'],
  ['S', '05'],
  ['y', '06'],
  ['B', 'January'],
  ['b', 'Jan'],
  ['A', 'Monday'],
  ['a', 'Mon'],
  ['p', 'PM'],
  ['j', '002'],
  ['I', '03'],
  ['RFC3339', '2006-01-02T15:04:05Z07:00'],
];

/** What `workflow.*` means in one run. `target_date` of the start takes the place of the parameter's value. */
export function workflowGlobals(identity: WorkflowIdentity, spec: PlainMap, start: Start): ReadonlyMap<string, string> {
  const globals = new Map<string, string>([
    ['workflow.name', identity.name],
    ['workflow.namespace', identity.namespace],
    ['workflow.uid', '00000000-0000-0000-0000-000000000000'],
    ['workflow.mainEntrypoint', asText(spec['entrypoint'])],
    ['workflow.serviceAccountName', asText(spec['serviceAccountName'])],
    ['workflow.status', 'Running'],
  ]);
  const created = asGoTime(start.creationTime);
  globals.set('workflow.creationTimestamp', formatTime(created, '2006-01-02 15:04:05 -0700'));
  globals.set('workflow.creationTimestamp.s', String(created.nanos / 1_000_000_000n));
  for (const [name, layout] of creationFormats)
    globals.set(`workflow.creationTimestamp.${name}`, formatTime(created, layout));
  if (start.scheduledTime !== undefined) globals.set('workflow.scheduledTime', start.scheduledTime);
  const parameters = runParameters(spec, start);
  for (const [name, value] of parameters) globals.set(`workflow.parameters.${name}`, value);
  globals.set('workflow.parameters', JSON.stringify([...parameters].map(([name, value]) => ({ name, value }))));
  for (const [key, value] of Object.entries(metadataOf(identity, 'labels', start)))
    globals.set(`workflow.labels.${key}`, value);
  for (const [key, value] of Object.entries(metadataOf(identity, 'annotations', start)))
    globals.set(`workflow.annotations.${key}`, value);
  return globals;
}

function runParameters(spec: PlainMap, start: Start): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const parameter of asList(asMap(spec['arguments'])['parameters']).map(asMap)) {
    const value = parameter['value'] ?? parameter['default'];
    if (value !== undefined && value !== null) parameters.set(asText(parameter['name']), asText(value));
  }
  if (start.targetDate !== undefined) parameters.set('target_date', start.targetDate);
  return parameters;
}

/** Labels and annotations that a Workflow has: its source's `workflowMetadata`, and the controller's. */
function metadataOf(
  identity: WorkflowIdentity,
  field: 'labels' | 'annotations',
  start: Start,
): Readonly<Record<string, string>> {
  const own = asMap(asMap(asMap(identity.source['spec'])['workflowMetadata'])[field]);
  const texts = Object.fromEntries(Object.entries(own).map(([key, value]) => [key, asText(value)]));
  const cron = identity.source['kind'] === 'CronWorkflow' ? asText(asMap(identity.source['metadata'])['name']) : '';
  if (field === 'labels') return cron === '' ? texts : { ...texts, 'workflows.argoproj.io/cron-workflow': cron };
  return start.scheduledTime === undefined
    ? texts
    : { 'workflows.argoproj.io/scheduled-time': start.scheduledTime, ...texts };
}
