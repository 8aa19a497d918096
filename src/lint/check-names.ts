import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import { at, itemsOf, type LintNode, nameOf, textOf } from './node.ts';

const fieldName = /^[a-zA-Z0-9][-a-zA-Z0-9]*$/;
const parameterName = /^[-a-zA-Z0-9_]+$/;
const subdomain = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const dnsLabel = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const labelValue = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
const labelKey = /^(?:[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/** Names of templates, steps and tasks. */
export function checkFieldName(what: string, node: LintNode | undefined, owner: LintNode, sink: DiagnosticSink): void {
  const name = textOf(node);
  if (name === '') sink.add(diagnose('LINT_MISSING', { what: 'name', where: what }, { span: owner.span }));
  else if (name.length > 128) report(what, name, 'it is longer than 128 characters');
  else if (!fieldName.test(name)) report(what, name, 'letters, digits and - alone, with a letter or digit first');
  function report(kind: string, value: string, rule: string): void {
    sink.add(diagnose('LINT_NAME', { what: kind, name: value, rule }, { span: node?.span ?? owner.span }));
  }
}

/** Names of a list of parameters or artifacts: there, well formed, no two the same. */
export function checkParameterNames(what: string, list: LintNode | undefined, sink: DiagnosticSink): void {
  const seen = new Set<string>();
  for (const item of itemsOf(list)) {
    const node = at(item, 'name');
    const name = textOf(node);
    const span = node?.span ?? item.span;
    if (name === '') sink.add(diagnose('LINT_MISSING', { what: 'name', where: what }, { span: item.span }));
    else if (!parameterName.test(name))
      sink.add(diagnose('LINT_NAME', { what, name, rule: 'ASCII letters, digits, _ and - alone' }, { span }));
    if (seen.has(name) && name !== '') sink.add(diagnose('LINT_DUPLICATE', { what, name }, { span }));
    seen.add(name);
  }
}

/** No two elements of a list with the same name. */
export function checkUnique(what: string, list: readonly LintNode[], sink: DiagnosticSink, key = 'name'): void {
  const seen = new Set<string>();
  for (const item of list) {
    const node = at(item, key);
    const name = textOf(node);
    if (name !== '' && seen.has(name))
      sink.add(diagnose('LINT_DUPLICATE', { what, name }, { span: node?.span ?? item.span }));
    seen.add(name);
  }
}

/** `metadata` of an object: the name that the API server accepts, label values that it accepts. */
export function checkMetadata(kind: string, object: LintNode, sink: DiagnosticSink): void {
  const metadata = at(object, 'metadata');
  const node = at(metadata, 'name');
  const name = textOf(node);
  const longest = kind === 'CronWorkflow' ? 52 : 63;
  const span = node?.span ?? metadata?.span ?? object.span;
  if (name === '' && at(metadata, 'generateName') === undefined)
    sink.add(diagnose('LINT_MISSING', { what: 'name', where: kind }, { span }));
  else if (name.length > longest)
    sink.add(diagnose('LINT_NAME', { what: kind, name, rule: `it is longer than ${longest} characters` }, { span }));
  else if (name !== '' && !subdomain.test(name))
    sink.add(diagnose('LINT_NAME', { what: kind, name, rule: 'lower-case letters, digits, - and . alone' }, { span }));
  checkLabels(at(metadata, 'labels'), sink);
}

export function checkLabels(labels: LintNode | undefined, sink: DiagnosticSink): void {
  if (labels?.kind !== 'map') return;
  for (const [key, entry] of labels.entries) {
    const value = textOf(entry.value);
    if (!key.includes('{{') && !labelKey.test(key))
      sink.add(
        diagnose('LINT_NAME', { what: 'label', name: key, rule: 'it is no label key' }, { span: entry.keySpan }),
      );
    if (entry.value.kind === 'string' && !value.includes('{{') && !labelValue.test(value))
      sink.add(
        diagnose(
          'LINT_VALUE',
          { field: `label ${key}`, value, want: 'at most 63 letters, digits, -, _ and .' },
          { span: entry.value.span },
        ),
      );
  }
}

export function isDnsLabel(name: string): boolean {
  return dnsLabel.test(name);
}

export function containerName(what: string, container: LintNode, sink: DiagnosticSink): void {
  const name = nameOf(container);
  if (name === '') sink.add(diagnose('LINT_MISSING', { what: 'name', where: what }, { span: container.span }));
  else if (!name.includes('{{') && !isDnsLabel(name))
    sink.add(
      diagnose(
        'LINT_NAME',
        { what, name, rule: 'lower-case letters, digits and - alone' },
        { span: at(container, 'name')?.span ?? container.span },
      ),
    );
}
