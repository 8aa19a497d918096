import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import { elementOf, type FieldType, fieldsOf, nearestField } from './fields.ts';
import { entriesOf, itemsOf, type LintNode } from './node.ts';

/** Unknown fields and values of the wrong type, everywhere below an object, `inline` templates included. */
export function checkFields(node: LintNode, type: FieldType, path: string, sink: DiagnosticSink): void {
  if (node.kind === 'null') return;
  const { kind, element } = elementOf(type);
  if (kind === 'list') return checkList(node, element, path, sink);
  if (kind === 'map') return checkMap(node, element, path, sink);
  const fields = fieldsOf(type);
  if (fields === undefined) return checkScalar(node, type, path, sink);
  if (node.kind !== 'map') return wrongType(node, 'a map', path, sink);
  for (const [key, entry] of node.entries) {
    const field = fields.get(key);
    const below = path === '' ? key : `${path}.${key}`;
    if (field !== undefined) checkFields(entry.value, field, below, sink);
    else {
      const near = nearestField(key, fields);
      sink.add(
        diagnose(
          'LINT_UNKNOWN_FIELD',
          { field: key, type: path === '' ? type : path, ...(near === undefined ? {} : { near }) },
          { span: entry.keySpan },
        ),
      );
    }
  }
}

function checkList(node: LintNode, element: FieldType, path: string, sink: DiagnosticSink): void {
  // A group of steps may be written as one step.
  if (node.kind !== 'list') return wrongType(node, 'a list', path, sink);
  itemsOf(node).forEach((item, index) => {
    if (item.kind === 'null' && element !== 'any') wrongType(item, 'a value', `${path}[${index}]`, sink);
    checkFields(item, element, `${path}[${index}]`, sink);
  });
}

function checkMap(node: LintNode, element: FieldType, path: string, sink: DiagnosticSink): void {
  if (node.kind !== 'map') return wrongType(node, 'a map', path, sink);
  for (const [key, entry] of entriesOf(node)) checkFields(entry.value, element, `${path}.${key}`, sink);
}

const quantity = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+|[numkMGTPE]|[KMGTPE]i)?$/;

function checkScalar(node: LintNode, type: FieldType, path: string, sink: DiagnosticSink): void {
  switch (type) {
    case 'any':
      return;
    case 'text':
      // Lists and maps become their JSON text.
      return;
    case 'string':
      return node.kind === 'string' ? undefined : wrongType(node, 'a text', path, sink);
    case 'bool':
      return node.kind === 'bool' ? undefined : wrongType(node, 'true or false', path, sink);
    case 'int':
      return node.kind === 'number' && Number.isInteger(Number(node.value))
        ? undefined
        : wrongType(node, 'a whole number', path, sink);
    case 'number':
      return node.kind === 'number' ? undefined : wrongType(node, 'a number', path, sink);
    case 'intstr':
      return node.kind === 'string' || (node.kind === 'number' && Number.isInteger(Number(node.value)))
        ? undefined
        : wrongType(node, 'a whole number or a text', path, sink);
    case 'quantity':
      if (node.kind === 'number' || (node.kind === 'string' && quantity.test(String(node.value)))) return;
      return wrongType(node, 'a quantity such as 500m or 1Gi', path, sink);
    default:
      throw new Error(`type ${type} is not in the table`);
  }
}

function wrongType(node: LintNode, want: string, path: string, sink: DiagnosticSink): void {
  const kinds = {
    string: 'a text',
    number: 'a number',
    bool: 'true or false',
    null: 'empty',
    list: 'a list',
    map: 'a map',
  } as const;
  const got = node.kind === 'string' ? `the text ${JSON.stringify(node.value)}` : kinds[node.kind];
  sink.add(diagnose('LINT_WRONG_TYPE', { field: path, want, got }, { span: node.span }));
}
