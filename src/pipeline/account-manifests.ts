import type { Accounting, Unit } from '../core/accounting.ts';
import type { SourceSpan } from '../core/source.ts';
import type { OperatorTask } from '../ir/graph.ts';
import { entryOf, spanOf, staticText } from '../ir/read-value.ts';
import type { Provenance, Value } from '../ir/value.ts';
import { placeOf } from '../k8s/field-table.ts';
import { isPodDefault } from '../rules/builtin/pod/pod-fields.ts';
import type { AcceptedDifference, ConvertedWorkflow } from '../rules/types.ts';

/**
 * Each leaf of each manifest that a step starts: consumed where the converted workflow holds a value that came from it,
 * dropped where the table of fields or a rule says why the pod does not need it, else unaccounted.
 */
export function accountManifests(workflow: ConvertedWorkflow, accounting: Accounting): void {
  const used = sourcesOf(workflow);
  for (const task of workflow.facts.graph.tasks.values()) {
    if (task.kind !== 'operator') continue;
    for (const effect of task.effects) {
      if (effect.kind === 'job') accountLeaves(effect.manifest, '', { workflow, task, used, accounting });
    }
  }
}

interface LeafContext {
  readonly workflow: ConvertedWorkflow;
  readonly task: OperatorTask;
  readonly used: ReadonlySet<string>;
  readonly accounting: Accounting;
}

function accountLeaves(value: Value, path: string, context: LeafContext): void {
  if (value.kind === 'map')
    for (const [key, entry] of value.entries) accountLeaves(entry, path === '' ? key : `${path}.${key}`, context);
  else if (value.kind === 'list')
    value.items.forEach((item) => accountLeaves(item, `${path}[${staticText(entryOf(item, 'name')) ?? ''}]`, context));
  else accountLeaf(value, path, context);
}

function accountLeaf(value: Value, path: string, { workflow, task, used, accounting }: LeafContext): void {
  const span = spanOf(value.from);
  if (span === undefined) return;
  const unit: Unit = { kind: 'template-leaf', span, label: generalPath(path) };
  accounting.declare(unit, workflow.job);
  if (allSpans(value.from).some((each) => used.has(keyOf(each))))
    accounting.consume(unit, task.launch?.rule ?? `operator-${task.operator}`);
  const difference = workflow.facts.accepted.find((accepted) => covers(accepted, path));
  if (difference !== undefined) accounting.drop(unit, difference.rule, difference.reason);
  if (path === 'metadata.namespace') accounting.consume(unit, 'emit-kustomization');
  if (saysNothing(path, value)) accounting.drop(unit, 'job-fields', 'Kubernetes takes the same where it is absent');
  const place = placeOf(generalPath(path));
  if (path === 'apiVersion' || path === 'kind') accounting.drop(unit, 'job-object', 'the Job object itself is gone');
  else if (place === undefined) accounting.drop(unit, 'job-fields', 'it is no field of Kubernetes');
  else if (place.kind !== 'same' && place.kind !== 'patch')
    accounting.drop(unit, 'job-fields', place.note ?? `becomes ${place.argo ?? 'a field of the workflow'}`);
}

function saysNothing(path: string, value: Value): boolean {
  const field = /^spec\.template\.spec\.(\w+)$/.exec(path)?.[1];
  return (value.kind === 'scalar' && value.value === null) || (field !== undefined && isPodDefault(field, value));
}

/** `spec.template.spec.containers[main].env[A].value` → `spec.template.spec.containers[].env[].value`, as the table writes it. */
function generalPath(path: string): string {
  return path.replaceAll(/\[[^\]]*\]/g, '[]');
}

/** Accepted differences speak of the pod: `containers[main].command`, `shareProcessNamespace`; one about a volume holds for its mounts. */
function covers(accepted: AcceptedDifference, path: string): boolean {
  const inPod = path.startsWith('spec.template.spec.') ? path.slice('spec.template.spec.'.length) : path;
  const volume = /^volumes(\[[^\]]+\])$/.exec(accepted.path)?.[1];
  if (volume !== undefined && inPod.includes(`.volumeMounts${volume}`)) return true;
  return inPod === accepted.path || inPod.startsWith(`${accepted.path}.`) || inPod.startsWith(`${accepted.path}[`);
}

/** Every place in the legacy tree that some value of the converted workflow came from. */
function sourcesOf(workflow: ConvertedWorkflow): ReadonlySet<string> {
  const keys = new Set<string>();
  const seen = new Set<Provenance>();
  const addOrigin = (from: Provenance): void => {
    if (seen.has(from)) return;
    seen.add(from);
    for (const span of allSpans(from)) keys.add(keyOf(span));
  };
  const visit = (value: Value): void => {
    addOrigin(value.from);
    if (value.kind === 'text') for (const part of value.parts) addOrigin(part.from);
    else if (value.kind === 'list') value.items.forEach(visit);
    else if (value.kind === 'map') for (const entry of value.entries.values()) visit(entry);
  };
  for (const { body, alike = [] } of workflow.templates) [body, ...alike].forEach(visit);
  visit(workflow.spec);
  workflow.objects.forEach(visit);
  return keys;
}

function allSpans(from: Provenance): readonly SourceSpan[] {
  switch (from.via) {
    case 'literal':
    case 'export':
      return [from.span];
    case 'jinja':
      return [from.span, ...from.inputs.flatMap(allSpans)];
    case 'include':
      return [from.span, ...allSpans(from.from)];
    case 'rule':
      return from.from.flatMap(allSpans);
    case 'default':
      return [];
  }
}

function keyOf(span: SourceSpan): string {
  return `${span.file}:${span.start.offset}:${span.end.offset}`;
}
