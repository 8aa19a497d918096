import { childrenOf, type ExprNode } from '../argo-expr/ast.ts';
import { checkNatures } from '../argo-expr/check.ts';
import { expandParameters, missingNames } from '../argo-expr/environment.ts';
import { ExpressionError, Refusal } from '../argo-expr/outcome.ts';
import { parseExpression } from '../argo-expr/parser.ts';
import { decideWhen } from '../argo-expr/when.ts';
import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import type { SourceSpan } from '../core/source.ts';
import { type TagScope, tagsOf } from './scope.ts';

/** Roots whose names come to be known when the workflow runs. */
const lateRoots: ReadonlySet<string> = new Set([
  'item',
  'retries',
  'lastRetry',
  'pod',
  'node',
  'outputs',
  'status',
  'resourcesDuration',
  'duration',
  'exitCode',
  'response',
]);

/** Names that text/template has and that sprig's generic functions lack. */
const notInSprig: ReadonlySet<string> = new Set([
  'printf',
  'print',
  'println',
  'env',
  'expandenv',
  'index',
  'html',
  'js',
  'urlquery',
  'and',
  'or',
  'not',
  'eq',
  'ne',
  'lt',
  'gt',
  'len',
]);

/** An expression as it stands in `{{=…}}`: it must parse, know its names, and put no types together that do not fit. */
export function checkExpression(text: string, scope: TagScope, span: SourceSpan, sink: DiagnosticSink): void {
  const problem = expressionProblem(text, scope);
  if (problem !== undefined) sink.add(diagnose('LINT_EXPRESSION', { expression: text.trim(), problem }, { span }));
}

function expressionProblem(text: string, scope: TagScope): string | undefined {
  try {
    const node = parseExpression(text);
    const sprig = sprigNames(node).find((name) => notInSprig.has(name));
    if (sprig !== undefined) return `there is no sprig.${sprig}`;
    const environment = expandParameters(new Map([...scope.names].map((name) => [name, 'x'])));
    const missing = missingNames(node, environment).find((name) => !mayComeLater(name, scope));
    if (missing !== undefined) return `${missing} is not known here`;
    const late = missingNames(node, environment).length > 0;
    if (!late) checkNatures(node, environment);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    if (error instanceof ExpressionError) return error.message;
    throw error;
  }
}

function mayComeLater(name: string, scope: TagScope): boolean {
  const [root = ''] = name.split('.');
  if (lateRoots.has(root) || name.startsWith('sprig.')) return true;
  if (name.startsWith('workflow.parameters')) return scope.anyWorkflowParameter;
  if (
    /^workflow\.(?:(?:labels|annotations|outputs|creationTimestamp)(?:\.|$)|(?:scheduledTime|priority|duration|failures|status)$)/.test(
      name,
    )
  )
    return true;
  if (name === 'workflow' || name === 'inputs' || name === 'inputs.parameters' || name === 'steps' || name === 'tasks')
    return true;
  // Of steps and tasks only the name is known for certain.
  const known = /^(steps|tasks)\.([^.]+)/.exec(name);
  return known !== null && [...scope.names].some((other) => other.startsWith(`${known[0]}.`));
}

function sprigNames(node: ExprNode): readonly string[] {
  const own =
    node.kind === 'member' &&
    node.of.kind === 'identifier' &&
    node.of.name === 'sprig' &&
    node.property.kind === 'string'
      ? [node.property.value]
      : [];
  return [...own, ...childrenOf(node).flatMap(sprigNames)];
}

/** An expression of a field that takes no tags; only its syntax can be judged. */
export function checkPlainExpression(text: string, span: SourceSpan, sink: DiagnosticSink): void {
  try {
    // Tags in it are replaced before it is read.
    parseExpression(text.replace(/\{\{[^}]*\}\}/g, '0'));
  } catch (error) {
    if (error instanceof Refusal) return;
    if (!(error instanceof ExpressionError)) throw error;
    sink.add(diagnose('LINT_EXPRESSION', { expression: text, problem: error.message }, { span }));
  }
}

/** A `when`: what stands around its tags must be a comparison that Argo can read. */
export function checkWhen(text: string, span: SourceSpan, sink: DiagnosticSink): void {
  if (text.trim() === '') return;
  const tags = tagsOf(text);
  if (tags.some((tag) => !tag.closed)) return;
  const sample = text.replace(/\{\{=[\s\S]*?\}\}/g, 'true').replace(/\{\{[\s\S]*?\}\}/g, 'x');
  const decided = decideWhen(sample);
  if (decided.kind !== 'error') return;
  // A tag alone may yield any type; a constant text may not.
  if (decided.message === 'expected a boolean' && tags.length > 0) return;
  if (/cannot be used|no parameter/.test(decided.message) && tags.length > 0) return;
  sink.add(diagnose('LINT_EXPRESSION', { expression: text, problem: decided.message }, { span }));
}
