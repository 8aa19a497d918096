import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import { at, type LintMap, type LintNode, nameOf, textOf } from './node.ts';

export type ArgoKind = 'CronWorkflow' | 'Workflow' | 'WorkflowTemplate' | 'ClusterWorkflowTemplate';

export interface ArgoObject {
  readonly kind: ArgoKind;
  readonly name: string;
  readonly namespace: string;
  readonly node: LintMap;
}

const kinds: ReadonlySet<string> = new Set(['CronWorkflow', 'Workflow', 'WorkflowTemplate', 'ClusterWorkflowTemplate']);
/** Objects of other kinds that Argo's linter leaves alone. */
const otherArgoKinds: ReadonlySet<string> = new Set([
  'WorkflowEventBinding',
  'WorkflowTaskSet',
  'WorkflowArtifactGCTask',
  'WorkflowTaskResult',
  'Sensor',
  'EventSource',
  'EventBus',
  'Rollout',
  'Application',
  'AppProject',
]);

/** Argo's objects among the documents; what looks like one and would be skipped is reported. */
export function argoObjects(documents: readonly LintNode[], sink: DiagnosticSink): readonly ArgoObject[] {
  return documents.flatMap((document) => {
    // A document of comments alone.
    if (document.kind === 'null') return [];
    if (document.kind !== 'map') {
      sink.add(diagnose('LINT_NOT_READ', { why: 'it is no object' }, { span: document.span }));
      return [];
    }
    const kind = textOf(at(document, 'kind'));
    if (!kinds.has(kind)) {
      const why = skipped(kind, textOf(at(document, 'apiVersion')), document);
      if (why !== undefined)
        sink.add(diagnose('LINT_NOT_READ', { why }, { span: at(document, 'kind')?.span ?? document.span }));
      return [];
    }
    const metadata = at(document, 'metadata');
    return [
      { kind: kind as ArgoKind, name: nameOf(metadata), namespace: textOf(at(metadata, 'namespace')), node: document },
    ];
  });
}

function skipped(kind: string, apiVersion: string, document: LintMap): string | undefined {
  const near = [...kinds].find((name) => name.toLowerCase() === kind.toLowerCase());
  if (near !== undefined) return `its kind is ${kind}, not ${near}`;
  if (kind === 'List' || (kind.endsWith('List') && at(document, 'items') !== undefined))
    return 'objects inside a list are not read';
  if (kind === '' && (apiVersion.startsWith('argoproj.io/') || at(document, 'spec') !== undefined))
    return 'it has no kind';
  return apiVersion.startsWith('argoproj.io/') && !otherArgoKinds.has(kind) ? `${kind} is no kind of Argo` : undefined;
}

/** The part of an object that holds templates. */
export function workflowSpecOf(object: ArgoObject): LintNode | undefined {
  return object.kind === 'CronWorkflow' ? at(object.node, 'spec', 'workflowSpec') : at(object.node, 'spec');
}
