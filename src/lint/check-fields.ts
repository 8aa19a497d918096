import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import { elementOf, type FieldType, fieldsOf, nearestField } from './fields.ts';
import { entriesOf, itemsOf, type LintNode } from './node.ts';

/** Unknown fields and values of the wrong type, everywhere below an object, `inline` templates included. */
export function checkFields(node: LintNode, type: FieldType, path: string, sink: DiagnosticSink): void {
  if (node.kind === 'null') return;
  const { kind, element } = elementOf(type);
  const fields = kind === 'single' ? fieldsOf(type) : undefined;
  const wanted =
    kind === 'list' ? 'a list' : kind === 'map' || fields !== undefined ? 'a map' : scalarWanted(node, type);
  if (wanted !== undefined && !isOf(node, wanted)) wrongType(node, wanted, path, sink);
  else if (kind === 'list') checkItems(node, element, path, sink);
  else if (kind === 'map')
    for (const [key, entry] of entriesOf(node)) checkFields(entry.value, element, `${path}.${key}`, sink);
  else if (fields !== undefined) checkEntries(node, fields, path === '' ? type : path, path, sink);
}

function isOf(node: LintNode, wanted: string): boolean {
  return (wanted === 'a list' && node.kind === 'list') || (wanted === 'a map' && node.kind === 'map');
}

function checkItems(node: LintNode, element: FieldType, path: string, sink: DiagnosticSink): void {
  itemsOf(node).forEach((item, index) => {
    if (item.kind === 'null' && element !== 'any') wrongType(item, 'a value', `${path}[${index}]`, sink);
    checkFields(item, element, `${path}[${index}]`, sink);
  });
}

function checkEntries(
  node: LintNode,
  fields: ReadonlyMap<string, FieldType>,
  owner: string,
  path: string,
  sink: DiagnosticSink,
): void {
  for (const [key, entry] of entriesOf(node)) {
    const field = fields.get(key);
    if (field !== undefined) {
      checkFields(entry.value, field, path === '' ? key : `${path}.${key}`, sink);
      continue;
    }
    const near = nearestField(key, fields);
    const args = { field: key, type: owner, ...(near === undefined ? {} : { near }) };
    sink.add(diagnose('LINT_UNKNOWN_FIELD', args, { span: entry.keySpan }));
  }
}

const quantity = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+|[numkMGTPE]|[KMGTPE]i)?$/;

/** What a field of a scalar type wants, if the value is not that. */
function scalarWanted(node: LintNode, type: FieldType): string | undefined {
  const whole = node.kind === 'number' && Number.isInteger(Number(node.value));
  switch (type) {
    case 'any':
    // Lists and maps become their JSON text.
    case 'text':
      return undefined;
    case 'string':
      return node.kind === 'string' ? undefined : 'a text';
    case 'bool':
      return node.kind === 'bool' ? undefined : 'true or false';
    case 'int':
      return whole ? undefined : 'a whole number';
    case 'number':
      return node.kind === 'number' ? undefined : 'a number';
    case 'intstr':
      return whole || node.kind === 'string' ? undefined : 'a whole number or a text';
    case 'quantity':
      if (node.kind === 'number' || (node.kind === 'string' && quantity.test(String(node.value)))) return undefined;
      return 'a quantity such as 500m or 1Gi';
    default:
      throw new Error(`type ${type} is not in the table`);
  }
}

function wrongType(node: LintNode, want: string, path: string, sink: DiagnosticSink): void {
  const kinds = { string: '', number: 'a number', bool: 'true or false', null: 'empty', list: 'a list', map: 'a map' };
  const got = node.kind === 'string' ? `the text ${JSON.stringify(node.value)}` : kinds[node.kind];
  sink.add(diagnose('LINT_WRONG_TYPE', { field: path, want, got }, { span: node.span }));
}
