import { parseDocument } from 'yaml';
import { diagnose } from '../core/diagnose.ts';
import { checkPlainExpression } from './check-expressions.ts';
import { checkFieldName, checkUnique } from './check-names.ts';
import { checkPod } from './check-pod.ts';
import { checkTags } from './check-tags.ts';
import { type LintContext, scopeOf } from './context.ts';
import { at, itemsOf, type LintNode, nameOf, textOf } from './node.ts';

/** A template that makes a pod, waits or calls out. `inputs` are the names its inputs give to tags. */
export function checkLeaf(
  template: LintNode,
  inputs: ReadonlySet<string>,
  inLoop: boolean,
  context: LintContext,
): void {
  const retried = at(template, 'retryStrategy') !== undefined;
  const names = new Set(inputs);
  for (const name of [
    'pod.name',
    ...(retried
      ? ['retries', 'lastRetry.exitCode', 'lastRetry.status', 'lastRetry.duration', 'lastRetry.message']
      : []),
  ])
    names.add(name);
  for (const [list, kind] of [
    ['artifacts', 'path'],
    ['parameters', 'path'],
  ] as const)
    for (const output of itemsOf(at(template, 'outputs', list))) names.add(`outputs.${list}.${nameOf(output)}.${kind}`);
  checkTags(template, { scope: scopeOf(names, context), inLoop, retried }, context);
  checkImage(template, 'container', context);
  checkImage(template, 'script', context);
  checkPod(template, context.workflowVolumes, context.sink);
  checkScript(template, context);
  checkHttp(at(template, 'http'), context);
  checkResource(at(template, 'resource'), context);
  checkContainerSet(at(template, 'containerSet'), context);
  checkDeadline(template, context);
  const parallelism = at(template, 'parallelism');
  if (parallelism !== undefined)
    context.sink.add(
      diagnose(
        'LINT_CONFLICT',
        { what: 'parallelism, which only steps and DAGs have', where: `template ${nameOf(template)}` },
        { span: parallelism.span },
      ),
    );
  checkArtifactPaths(template, context);
}

function checkImage(template: LintNode, kind: 'container' | 'script', context: LintContext): void {
  const container = at(template, kind);
  if (container?.kind !== 'map' || textOf(at(container, 'image')) !== '') return;
  // A CronWorkflow's templateDefaults do not count for Argo's linter.
  const byDefault = textOf(at(context.spec, 'templateDefaults', kind, 'image'));
  if (byDefault === '')
    context.sink.add(
      diagnose(
        'LINT_MISSING',
        { what: 'image', where: `${kind} of template ${nameOf(template)}` },
        { span: container.span },
      ),
    );
}

function checkScript(template: LintNode, context: LintContext): void {
  const script = at(template, 'script');
  if (script !== undefined && textOf(at(script, 'source')) === '')
    context.sink.add(
      diagnose(
        'LINT_MISSING',
        { what: 'source', where: `script of template ${nameOf(template)}` },
        { span: script.span },
      ),
    );
}

function checkHttp(http: LintNode | undefined, context: LintContext): void {
  if (http === undefined) return;
  if (textOf(at(http, 'url')) === '')
    context.sink.add(diagnose('LINT_MISSING', { what: 'url', where: 'http' }, { span: http.span }));
  const method = at(http, 'method');
  if (method !== undefined && !/^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|TRACE|CONNECT|)$|\{\{/.test(textOf(method)))
    context.sink.add(
      diagnose(
        'LINT_VALUE',
        { field: 'http method', value: textOf(method), want: 'an HTTP method in capitals' },
        { span: method.span },
      ),
    );
  const condition = at(http, 'successCondition');
  if (condition?.kind === 'string' && textOf(condition) !== '')
    checkPlainExpression(textOf(condition), condition.span, context.sink);
}

function checkResource(resource: LintNode | undefined, context: LintContext): void {
  if (resource === undefined) return;
  const action = at(resource, 'action');
  const name = textOf(action);
  if (!name.includes('{{') && !['get', 'create', 'apply', 'delete', 'replace', 'patch'].includes(name))
    context.sink.add(
      diagnose(
        'LINT_VALUE',
        { field: 'resource action', value: name, want: 'get, create, apply, delete, replace or patch' },
        { span: action?.span ?? resource.span },
      ),
    );
  if (name === 'delete' || name === 'get') return;
  const [manifest, from] = [at(resource, 'manifest'), at(resource, 'manifestFrom')];
  if (textOf(manifest) === '' && from === undefined)
    context.sink.add(diagnose('LINT_MISSING', { what: 'manifest', where: 'resource' }, { span: resource.span }));
  if (textOf(manifest) !== '' && from !== undefined)
    context.sink.add(
      diagnose('LINT_CONFLICT', { what: 'both manifest and manifestFrom', where: 'resource' }, { span: resource.span }),
    );
  if (manifest === undefined || textOf(manifest) === '') return;
  const document = parseDocument(textOf(manifest).replace(/\{\{[\s\S]*?\}\}/g, 'x'), { logLevel: 'silent' });
  if (document.errors.length > 0)
    context.sink.add(
      diagnose(
        'LINT_VALUE',
        { field: 'resource manifest', value: textOf(manifest).slice(0, 40), want: 'YAML' },
        { span: manifest.span },
      ),
    );
}

function checkContainerSet(set: LintNode | undefined, context: LintContext): void {
  if (set === undefined) return;
  const containers = itemsOf(at(set, 'containers'));
  if (containers.length === 0)
    context.sink.add(diagnose('LINT_MISSING', { what: 'container', where: 'containerSet' }, { span: set.span }));
  checkUnique('container', containers, context.sink);
  const names = new Set(containers.map(nameOf));
  for (const container of containers) {
    checkFieldName('container', at(container, 'name'), container, context.sink);
    for (const dependency of itemsOf(at(container, 'dependencies')))
      if (!names.has(textOf(dependency)))
        context.sink.add(
          diagnose('LINT_UNDEFINED', { what: 'container', name: textOf(dependency) }, { span: dependency.span }),
        );
  }
  const edges = new Map(
    containers.map((container) => [nameOf(container), itemsOf(at(container, 'dependencies')).map(textOf)] as const),
  );
  if (hasCycle(edges)) context.sink.add(diagnose('LINT_CYCLE', { template: 'containerSet' }, { span: set.span }));
}

export function hasCycle(edges: ReadonlyMap<string, readonly string[]>): boolean {
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]): boolean => {
    if (path.includes(name)) return true;
    if (done.has(name)) return false;
    const found = (edges.get(name) ?? []).some((next) => visit(next, [...path, name]));
    done.add(name);
    return found;
  };
  return [...edges.keys()].some((name) => visit(name, []));
}

const duration = /^[+]?(?:\d+(?:\.\d*)?(?:ns|us|µs|ms|s|m|h))+$/;

function checkDeadline(template: LintNode, context: LintContext): void {
  const timeout = at(template, 'timeout');
  if (
    timeout?.kind === 'string' &&
    textOf(timeout) !== '' &&
    !textOf(timeout).includes('{{') &&
    !duration.test(textOf(timeout))
  )
    context.sink.add(
      diagnose(
        'LINT_VALUE',
        { field: 'timeout', value: textOf(timeout), want: 'a number with a unit, such as 90s or 2h' },
        { span: timeout.span },
      ),
    );
  const deadline = at(template, 'activeDeadlineSeconds');
  if (deadline === undefined) return;
  const text = textOf(deadline);
  if (!text.includes('{{') && (!/^-?\d+$/.test(text) || Number(text) < 0))
    context.sink.add(
      diagnose(
        'LINT_VALUE',
        { field: 'activeDeadlineSeconds', value: text, want: 'a number of seconds' },
        { span: deadline.span },
      ),
    );
}

function checkArtifactPaths(template: LintNode, context: LintContext): void {
  const mounts = new Set(
    itemsOf(at(template, 'container', 'volumeMounts')).map((mount) => textOf(at(mount, 'mountPath'))),
  );
  for (const artifact of itemsOf(at(template, 'inputs', 'artifacts'))) {
    const path = at(artifact, 'path');
    if (textOf(path) === '')
      context.sink.add(
        diagnose('LINT_MISSING', { what: 'path', where: `artifact ${nameOf(artifact)}` }, { span: artifact.span }),
      );
    else if (mounts.has(textOf(path)))
      context.sink.add(
        diagnose('LINT_DUPLICATE', { what: 'mount path', name: textOf(path) }, { span: path?.span ?? artifact.span }),
      );
  }
  for (const artifact of itemsOf(at(template, 'outputs', 'artifacts')))
    if (textOf(at(artifact, 'path')) === '')
      context.sink.add(
        diagnose('LINT_MISSING', { what: 'path', where: `artifact ${nameOf(artifact)}` }, { span: artifact.span }),
      );
}
