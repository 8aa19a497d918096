import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import { checkArguments, checkInputs } from './check-arguments.ts';
import { checkHooks } from './check-call.ts';
import { checkCron } from './check-cron.ts';
import { checkFields } from './check-fields.ts';
import { checkFieldName, checkLabels, checkMetadata, checkUnique } from './check-names.ts';
import { checkAliases, checkPatch, checkVolumes } from './check-pod.ts';
import { checkTemplate } from './check-template.ts';
import { calledBy, contextOf, type LintContext } from './context.ts';
import { at, itemsOf, type LintNode, nameOf, textOf } from './node.ts';
import { type ArgoObject, workflowSpecOf } from './objects.ts';

/** Everything that can be said of one object beside the others. */
export function checkObject(
  object: ArgoObject,
  objects: readonly ArgoObject[],
  defaultNamespace: string,
  sink: DiagnosticSink,
): void {
  checkFields(object.node, object.kind, '', sink);
  checkMetadata(object.kind, object.node, sink);
  if (object.kind === 'CronWorkflow') checkCron(object.node, sink);
  const context = contextOf(object, objects, defaultNamespace, sink);
  if (context === undefined) {
    if (object.kind === 'CronWorkflow' || object.kind === 'Workflow')
      sink.add(diagnose('LINT_MISSING', { what: 'entrypoint', where: object.kind }, { span: object.node.span }));
    return;
  }
  const reference = at(context.spec, 'workflowTemplateRef');
  if (reference === undefined) checkOwnSpec(context);
  else checkReference(reference, context);
}

/** A workflow that takes everything from a WorkflowTemplate. */
function checkReference(reference: LintNode, context: LintContext): void {
  const { sink, object, spec } = context;
  const name = textOf(at(reference, 'name'));
  const cluster = textOf(at(reference, 'clusterScope')) === 'true';
  const namespace = object.namespace || context.defaultNamespace;
  const owner = context.objects.find(
    (other) =>
      other.name === name &&
      (cluster
        ? other.kind === 'ClusterWorkflowTemplate'
        : other.kind === 'WorkflowTemplate' && other.namespace === namespace),
  );
  if (itemsOf(at(spec, 'templates')).length > 0)
    sink.add(
      diagnose(
        'LINT_CONFLICT',
        { what: 'templates beside workflowTemplateRef', where: object.kind },
        { span: at(spec, 'templates')?.span ?? reference.span },
      ),
    );
  if (owner === undefined) {
    sink.add(diagnose('LINT_UNDEFINED', { what: 'WorkflowTemplate', name }, { span: reference.span }));
    return;
  }
  const own = new Set(itemsOf(at(spec, 'arguments', 'parameters')).map(nameOf));
  const valuesMayMiss = object.kind !== 'CronWorkflow';
  checkArguments(object.kind, at(spec, 'arguments'), true, sink);
  const open = itemsOf(at(workflowSpecOf(owner), 'arguments', 'parameters')).filter(
    (parameter) =>
      at(parameter, 'value') === undefined && at(parameter, 'valueFrom') === undefined && !own.has(nameOf(parameter)),
  );
  for (const parameter of valuesMayMiss ? [] : open)
    sink.add(
      diagnose(
        'LINT_MISSING',
        { what: `value for parameter ${nameOf(parameter)}`, where: object.kind },
        { span: reference.span },
      ),
    );
}

function checkOwnSpec(context: LintContext): void {
  const { spec, sink, object } = context;
  const templates = itemsOf(at(spec, 'templates'));
  for (const template of templates) checkFieldName('template', at(template, 'name'), template, sink);
  checkUnique('template', templates, sink);
  checkArguments(object.kind, at(spec, 'arguments'), object.kind !== 'CronWorkflow', sink);
  checkEntry('entrypoint', context);
  checkEntry('onExit', context);
  checkHooks(at(spec, 'hooks'), context);
  if (textOf(at(spec, 'onExit')) !== '' && at(spec, 'hooks', 'exit') !== undefined)
    sink.add(
      diagnose(
        'LINT_USELESS',
        { what: 'hooks.exit', why: 'onExit takes its place' },
        { span: at(spec, 'hooks', 'exit')?.span ?? spec.span },
      ),
    );
  const strategy = at(spec, 'podGC', 'strategy');
  if (
    strategy?.kind === 'string' &&
    !['', 'OnPodCompletion', 'OnPodSuccess', 'OnWorkflowCompletion', 'OnWorkflowSuccess'].includes(textOf(strategy))
  )
    sink.add(
      diagnose(
        'LINT_VALUE',
        {
          field: 'podGC strategy',
          value: textOf(strategy),
          want: 'OnPodCompletion, OnPodSuccess, OnWorkflowCompletion or OnWorkflowSuccess',
        },
        { span: strategy.span },
      ),
    );
  checkVolumes(itemsOf(at(spec, 'volumes')), sink);
  checkPatch(at(spec, 'podSpecPatch'), sink);
  checkAliases(at(spec, 'hostAliases'), sink);
  checkLabels(at(spec, 'podMetadata', 'labels'), sink);
  checkLabels(at(spec, 'workflowMetadata', 'labels'), sink);
  checkLabels(at(object.node, 'spec', 'workflowMetadata', 'labels'), sink);
  checkRecursion(context);
  // Global outputs of steps are known once all callers were read; two rounds make the order of templates not matter.
  collectGlobals(context);
  const inMain = templatesBelow(textOf(at(spec, 'entrypoint')), context);
  for (const template of templates) {
    const globals = new Set(context.globals);
    if (textOf(at(spec, 'onExit')) !== '' && !inMain.has(nameOf(template))) globals.add('workflow.failures');
    checkTemplate(template, { ...context, globals });
  }
}

function checkEntry(field: 'entrypoint' | 'onExit', context: LintContext): void {
  const { spec, sink, object } = context;
  const node = at(spec, field);
  const name = textOf(node);
  if (name === '') {
    if (field === 'entrypoint' && !context.isTemplate)
      sink.add(diagnose('LINT_MISSING', { what: 'entrypoint', where: object.kind }, { span: spec.span }));
    return;
  }
  const call: LintNode = {
    kind: 'map',
    entries: new Map([['template', { keySpan: node?.span ?? spec.span, value: node ?? spec }]]),
    span: node?.span ?? spec.span,
  };
  const called = calledBy(call, context);
  if (called.kind === 'undefined')
    sink.add(diagnose('LINT_UNDEFINED', { what: 'template', name }, { span: called.span }));
  if (called.kind !== 'template' || context.isTemplate) return;
  const needs = new Set(itemsOf(at(called.template, 'inputs', 'parameters')).map(nameOf));
  const given = itemsOf(at(spec, 'arguments', 'parameters')).filter((parameter) => needs.has(nameOf(parameter)));
  const artifacts = itemsOf(at(spec, 'arguments', 'artifacts'));
  checkInputs(
    call,
    called,
    {
      kind: 'map',
      entries: new Map([
        ['parameters', { keySpan: call.span, value: { kind: 'list', items: given, span: call.span } }],
        ['artifacts', { keySpan: call.span, value: { kind: 'list', items: artifacts, span: call.span } }],
      ]),
      span: call.span,
    },
    sink,
  );
}

function callsOf(template: LintNode): readonly LintNode[] {
  const steps = itemsOf(at(template, 'steps')).flatMap((group) => (group.kind === 'list' ? group.items : [group]));
  return [...steps, ...itemsOf(at(template, 'dag', 'tasks'))];
}

function templatesBelow(name: string, context: LintContext): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (at_: string): void => {
    const template = context.templates.get(at_);
    if (template === undefined || found.has(at_)) return;
    found.add(at_);
    for (const call of callsOf(template)) visit(textOf(at(call, 'template')));
  };
  visit(name);
  return found;
}

/** A template that reaches itself with no `when` on the way never ends. */
function checkRecursion(context: LintContext): void {
  for (const [name, template] of context.templates) {
    const seen = new Set<string>();
    const reaches = (from: LintNode): boolean =>
      callsOf(from).some((call) => {
        const next = textOf(at(call, 'template'));
        if (textOf(at(call, 'when')) !== '' || next === '') return false;
        if (next === name) return true;
        const target = context.templates.get(next);
        if (target === undefined || seen.has(next)) return false;
        seen.add(next);
        return reaches(target);
      });
    if (reaches(template))
      context.sink.add(
        diagnose('LINT_CYCLE', { template: name }, { span: at(template, 'name')?.span ?? template.span }),
      );
  }
}

function collectGlobals(context: LintContext): void {
  for (const template of context.templates.values()) {
    for (const list of ['parameters', 'artifacts'] as const) {
      for (const output of itemsOf(at(template, 'outputs', list))) {
        const global = textOf(at(output, 'globalName'));
        if (global !== '') context.globals.add(`workflow.outputs.${list}.${global}`);
      }
    }
  }
}
