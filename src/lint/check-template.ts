import { diagnose } from '../core/diagnose.ts';
import { checkDag } from './check-dag.ts';
import { checkPlainExpression } from './check-expressions.ts';
import { checkLeaf } from './check-leaf.ts';
import { checkParameterNames } from './check-names.ts';
import { checkSteps } from './check-steps.ts';
import { checkTags } from './check-tags.ts';
import { isGroup, kindsOf, type LintContext, scopeOf } from './context.ts';
import { at, itemsOf, type LintNode, nameOf, textOf } from './node.ts';

interface TemplatePlace {
  /** Names of inputs that an inline template takes over from the template around it. */
  readonly outer: ReadonlySet<string>;
  readonly inLoop: boolean;
  readonly depth: number;
}

export function checkTemplate(
  template: LintNode,
  context: LintContext,
  place: TemplatePlace = { outer: new Set(), inLoop: false, depth: 0 },
): void {
  const { sink } = context;
  const name = nameOf(template);
  const kinds = kindsOf(template);
  if (kinds.length === 0)
    sink.add(
      diagnose(
        'LINT_MISSING',
        { what: 'container, script, steps, dag or another kind', where: `template ${name}` },
        { span: template.span },
      ),
    );
  if (kinds.length > 1)
    sink.add(
      diagnose('LINT_CONFLICT', { what: kinds.join(' and '), where: `template ${name}` }, { span: template.span }),
    );
  if (place.depth > 1)
    sink.add(
      diagnose(
        'LINT_RISK',
        { what: 'an inline template inside an inline template: Argo allows it once only' },
        { span: template.span },
      ),
    );
  const inputs = inputNames(template, context, place.outer);
  checkRetry(at(template, 'retryStrategy'), context);
  if (!isGroup(template)) {
    checkLeaf(template, inputs, place.inLoop, context);
    checkOutputs(template, inputs, context);
    return;
  }
  checkGroupFields(template, context);
  const inline = (node: LintNode, inLoop: boolean): void =>
    checkTemplate(node, context, { outer: inputs, inLoop, depth: place.depth + 1 });
  const retry = at(template, 'retryStrategy') === undefined ? [] : ['retries'];
  const names = kinds.includes('steps')
    ? checkSteps(template, new Set([...inputs, ...retry]), context, inline)
    : checkDag(template, new Set([...inputs, ...retry]), context, inline);
  checkOutputs(template, names, context);
}

function inputNames(template: LintNode, context: LintContext, outer: ReadonlySet<string>): ReadonlySet<string> {
  const { sink } = context;
  checkParameterNames('input', at(template, 'inputs', 'parameters'), sink);
  checkParameterNames('artifact', at(template, 'inputs', 'artifacts'), sink);
  const names = new Set(outer);
  const parameters = itemsOf(at(template, 'inputs', 'parameters'));
  if (parameters.length > 0) names.add('inputs.parameters');
  for (const parameter of parameters) names.add(`inputs.parameters.${nameOf(parameter)}`);
  for (const artifact of itemsOf(at(template, 'inputs', 'artifacts'))) {
    names.add(`inputs.artifacts.${nameOf(artifact)}`).add(`inputs.artifacts.${nameOf(artifact)}.path`);
    if (isGroup(template) && at(artifact, 'path') !== undefined)
      sink.add(
        diagnose(
          'LINT_CONFLICT',
          { what: 'a path, which only containers and scripts have', where: `artifact ${nameOf(artifact)}` },
          { span: artifact.span },
        ),
      );
    if (at(artifact, 'from') !== undefined)
      sink.add(
        diagnose(
          'LINT_CONFLICT',
          { what: '`from`, which inputs cannot have', where: `artifact ${nameOf(artifact)}` },
          { span: artifact.span },
        ),
      );
  }
  return names;
}

const policies = ['', 'Always', 'OnError', 'OnFailure', 'OnTransientError'];

function checkRetry(retry: LintNode | undefined, context: LintContext): void {
  if (retry === undefined) return;
  const { sink } = context;
  const policy = at(retry, 'retryPolicy');
  if (policy?.kind === 'string' && !policies.includes(textOf(policy)))
    sink.add(
      diagnose(
        'LINT_VALUE',
        { field: 'retryPolicy', value: textOf(policy), want: 'Always, OnFailure, OnError or OnTransientError' },
        { span: policy.span },
      ),
    );
  const limit = at(retry, 'limit');
  if (limit !== undefined && !/^\d+$|\{\{/.test(textOf(limit)))
    sink.add(
      diagnose(
        'LINT_VALUE',
        { field: 'retry limit', value: textOf(limit), want: 'a whole number' },
        { span: limit.span },
      ),
    );
  const expression = at(retry, 'expression');
  if (expression?.kind === 'string' && textOf(expression) !== '')
    checkPlainExpression(textOf(expression), expression.span, sink);
  const backoff = at(retry, 'backoff');
  if (backoff === undefined) return;
  if (textOf(at(backoff, 'duration')) === '')
    sink.add(diagnose('LINT_MISSING', { what: 'duration', where: 'backoff' }, { span: backoff.span }));
  for (const field of ['duration', 'maxDuration', 'cap']) {
    const node = at(backoff, field);
    if (node?.kind === 'string' && !/^\d+$|^(?:\d+(?:\.\d*)?(?:ns|us|µs|ms|s|m|h))+$|\{\{|^$/.test(textOf(node)))
      sink.add(
        diagnose(
          'LINT_VALUE',
          { field: `backoff ${field}`, value: textOf(node), want: 'seconds, or a number with a unit' },
          { span: node.span },
        ),
      );
  }
}

const uselessOnGroups = [
  'sidecars',
  'initContainers',
  'volumes',
  'podSpecPatch',
  'hostAliases',
  'archiveLocation',
  'securityContext',
  'serviceAccountName',
  'priorityClassName',
  'schedulerName',
  'automountServiceAccountToken',
  'daemon',
];

function checkGroupFields(template: LintNode, context: LintContext): void {
  const where = `template ${nameOf(template)}`;
  for (const field of ['timeout', 'activeDeadlineSeconds', 'pendingTimeout']) {
    const node = at(template, field);
    if (node !== undefined && textOf(node) !== '')
      context.sink.add(
        diagnose(
          'LINT_CONFLICT',
          { what: `${field}, which only templates that make a pod have`, where },
          { span: node.span },
        ),
      );
  }
  for (const field of uselessOnGroups) {
    const node = at(template, field);
    if (node !== undefined)
      context.sink.add(
        diagnose(
          'LINT_USELESS',
          { what: `${field} of ${where}`, why: 'steps and DAGs make no pod' },
          { span: node.span },
        ),
      );
  }
}

const sources = ['path', 'jqFilter', 'jsonPath', 'parameter', 'expression'];

function checkOutputs(template: LintNode, names: ReadonlySet<string>, context: LintContext): void {
  const { sink } = context;
  const outputs = at(template, 'outputs');
  checkParameterNames('output', at(outputs, 'parameters'), sink);
  checkParameterNames('artifact', at(outputs, 'artifacts'), sink);
  // Leaves had all their texts looked at already.
  if (outputs !== undefined && isGroup(template))
    checkTags(outputs, { scope: scopeOf(names, context), inLoop: false, retried: true }, context);
  for (const output of itemsOf(at(outputs, 'parameters'))) {
    const from = at(output, 'valueFrom');
    const value = at(output, 'value');
    const where = `output ${nameOf(output)} of template ${nameOf(template)}`;
    if (from === undefined && value === undefined)
      sink.add(diagnose('LINT_MISSING', { what: 'valueFrom', where }, { span: output.span }));
    if (from !== undefined && value !== undefined)
      sink.add(diagnose('LINT_CONFLICT', { what: 'both value and valueFrom', where }, { span: output.span }));
    if (from === undefined) continue;
    const given = sources.filter((field) => textOf(at(from, field)) !== '');
    const wanted = isGroup(template)
      ? ['parameter', 'expression']
      : at(template, 'resource') === undefined
        ? ['path']
        : ['jqFilter', 'jsonPath'];
    const pod =
      isGroup(template) ||
      ['container', 'script', 'containerSet', 'resource'].some((kind) => at(template, kind) !== undefined);
    if (given.length > 1)
      sink.add(diagnose('LINT_CONFLICT', { what: given.join(' and '), where }, { span: from.span }));
    else if (given.length === 0 && at(from, 'supplied') === undefined)
      sink.add(diagnose('LINT_MISSING', { what: wanted.join(' or '), where }, { span: from.span }));
    else if (pod && given.length === 1 && !wanted.includes(given[0] ?? ''))
      sink.add(
        diagnose('LINT_VALUE', { field: where, value: given[0] ?? '', want: wanted.join(' or ') }, { span: from.span }),
      );
    const expression = at(from, 'expression');
    if (expression?.kind === 'string') checkOutputExpression(expression, names, context);
  }
}

function checkOutputExpression(expression: LintNode, names: ReadonlySet<string>, context: LintContext): void {
  const wrapped: LintNode = { kind: 'string', value: `{{=${textOf(expression)}}}`, span: expression.span };
  checkTags(wrapped, { scope: scopeOf(names, context), inLoop: false, retried: true }, context);
}
