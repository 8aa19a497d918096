import type { DiagnosticSink } from '../core/diagnostic.ts';
import { at, entriesOf, itemsOf, type LintNode, nameOf, textOf } from './node.ts';
import { type ArgoObject, workflowSpecOf } from './objects.ts';
import type { TagScope } from './scope.ts';

/** One object's templates on their way through the checks. */
export interface LintContext {
  readonly object: ArgoObject;
  readonly objects: readonly ArgoObject[];
  readonly spec: LintNode;
  readonly templates: ReadonlyMap<string, LintNode>;
  readonly workflowVolumes: ReadonlySet<string>;
  readonly defaultNamespace: string;
  /** `workflow.*` names; grows by global outputs as templates are met. */
  readonly globals: Set<string>;
  /** Names that the expressions of these templates may leave open: a WorkflowTemplate's users bring their own parameters. */
  readonly isTemplate: boolean;
  readonly sink: DiagnosticSink;
}

export function contextOf(
  object: ArgoObject,
  objects: readonly ArgoObject[],
  defaultNamespace: string,
  sink: DiagnosticSink,
): LintContext | undefined {
  const spec = workflowSpecOf(object);
  if (spec === undefined) return undefined;
  const templates = new Map(itemsOf(at(spec, 'templates')).map((template) => [nameOf(template), template] as const));
  const workflowVolumes = new Set([
    ...itemsOf(at(spec, 'volumes')).map(nameOf),
    ...itemsOf(at(spec, 'volumeClaimTemplates')).map((claim) => nameOf(at(claim, 'metadata'))),
  ]);
  const isTemplate = object.kind === 'WorkflowTemplate' || object.kind === 'ClusterWorkflowTemplate';
  return {
    object,
    objects,
    spec,
    templates,
    workflowVolumes,
    defaultNamespace,
    globals: globalNames(object, spec),
    isTemplate,
    sink,
  };
}

function globalNames(object: ArgoObject, spec: LintNode): Set<string> {
  const names = new Set(
    [
      'name',
      'namespace',
      'mainEntrypoint',
      'serviceAccountName',
      'uid',
      'status',
      'annotations',
      'annotations.json',
      'labels',
      'labels.json',
    ].map((name) => `workflow.${name}`),
  );
  const parameters = itemsOf(at(spec, 'arguments', 'parameters'));
  for (const parameter of parameters) names.add(`workflow.parameters.${nameOf(parameter)}`);
  if (parameters.length > 0) names.add('workflow.parameters').add('workflow.parameters.json');
  if (at(spec, 'priority') !== undefined) names.add('workflow.priority');
  const own =
    object.kind === 'CronWorkflow' ? at(object.node, 'spec', 'workflowMetadata') : at(object.node, 'metadata');
  for (const metadata of [own, at(spec, 'workflowMetadata')]) {
    for (const [key] of entriesOf(at(metadata, 'labels'))) names.add(`workflow.labels.${key}`);
    for (const [key] of entriesOf(at(metadata, 'labelsFrom'))) names.add(`workflow.labels.${key}`);
    for (const [key] of entriesOf(at(metadata, 'annotations'))) names.add(`workflow.annotations.${key}`);
  }
  return names;
}

export function scopeOf(names: Iterable<string>, context: LintContext, anyItem = false): TagScope {
  return { names: new Set([...context.globals, ...names]), anyItem, anyWorkflowParameter: context.isTemplate };
}

export type Called =
  | { readonly kind: 'template'; readonly template: LintNode; readonly place: string }
  /** Its name is known only at run time, or it was reported. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'undefined'; readonly what: string; readonly name: string; readonly span: LintNode['span'] };

/** The template that a step, task or hook names. */
export function calledBy(call: LintNode, context: LintContext): Called {
  const inline = at(call, 'inline');
  if (inline !== undefined) return { kind: 'template', template: inline, place: 'inline' };
  const reference = at(call, 'templateRef');
  if (reference === undefined) return ownTemplate(at(call, 'template'), call, context);
  const [name, template] = [textOf(at(reference, 'name')), textOf(at(reference, 'template'))];
  if (name.includes('{{') || template.includes('{{') || name === '' || template === '') return { kind: 'unknown' };
  const cluster =
    at(reference, 'clusterScope')?.kind === 'bool' &&
    at(reference, 'clusterScope')?.kind !== undefined &&
    textOf(at(reference, 'clusterScope')) === 'true';
  const namespace = context.object.namespace || context.defaultNamespace;
  const owner = context.objects.find(
    (object) =>
      object.name === name &&
      (cluster
        ? object.kind === 'ClusterWorkflowTemplate'
        : object.kind === 'WorkflowTemplate' && object.namespace === namespace),
  );
  if (owner === undefined)
    return {
      kind: 'undefined',
      what: cluster ? 'ClusterWorkflowTemplate' : `WorkflowTemplate in namespace ${JSON.stringify(namespace)}`,
      name,
      span: reference.span,
    };
  const found = itemsOf(at(workflowSpecOf(owner), 'templates')).find((item) => nameOf(item) === template);
  return found === undefined
    ? { kind: 'undefined', what: `template in WorkflowTemplate ${name}`, name: template, span: reference.span }
    : { kind: 'template', template: found, place: `${owner.kind}/${name}` };
}

function ownTemplate(node: LintNode | undefined, call: LintNode, context: LintContext): Called {
  const name = substituted(textOf(node), context);
  if (name === '' || name.includes('{{')) return { kind: 'unknown' };
  const template = context.templates.get(name);
  return template === undefined
    ? { kind: 'undefined', what: 'template', name, span: node?.span ?? call.span }
    : { kind: 'template', template, place: '' };
}

/** A name taken from a parameter is the one that its present value gives. */
function substituted(text: string, context: LintContext): string {
  return text.replace(/\{\{\s*workflow\.parameters\.([-\w]+)\s*\}\}/g, (whole, name: string) => {
    const parameter = itemsOf(at(context.spec, 'arguments', 'parameters')).find((item) => nameOf(item) === name);
    const value = at(parameter, 'value');
    return value === undefined ? whole : textOf(value);
  });
}

const templateKinds = [
  'container',
  'containerSet',
  'steps',
  'script',
  'resource',
  'dag',
  'suspend',
  'data',
  'http',
  'plugin',
] as const;

export function kindsOf(template: LintNode): readonly string[] {
  return templateKinds.filter(
    (kind) =>
      template.kind === 'map' &&
      template.entries.get(kind) !== undefined &&
      template.entries.get(kind)?.value.kind !== 'null',
  );
}

export function isGroup(template: LintNode): boolean {
  return kindsOf(template).some((kind) => kind === 'steps' || kind === 'dag');
}
