import { itemsOf, staticText } from '../../../ir/read-value.ts';
import type { Value } from '../../../ir/value.ts';
import type { ScalarKind, TypeField } from '../../../k8s/field-table.ts';
import type { PodContext } from './context.ts';

/** Reports values of a type that the API server refuses: a number as the value of a variable, a map where a text is wanted. */
export function reportWrongTypes(value: Value, field: TypeField, path: string, context: PodContext): void {
  const check = (each: Value, at: string): void => {
    const want = wanted(field.scalar);
    if (want !== undefined && !fits(each, field.scalar)) context.report('POD_FIELD_SHAPE', { path: at, want }, each);
  };
  if (field.shape === 'value') check(value, path);
  else if (field.shape === 'list') for (const item of itemsOf(value)) check(item, `${path}[]`);
  else if (value.kind === 'map') for (const [key, entry] of value.entries) check(entry, `${path}.${key}`);
}

function wanted(scalar: ScalarKind): string | undefined {
  switch (scalar) {
    case 'string':
      return 'a text; a number or a word such as true needs quotes';
    case 'integer':
      return 'a whole number';
    case 'boolean':
      return 'true or false';
    case 'quantity':
      return 'a quantity such as 500m or 1Gi';
    default:
      return undefined;
  }
}

/** What is known only at run time fits everywhere; the text of a number or boolean may come from a macro, which becomes one. */
function fits(value: Value, scalar: ScalarKind): boolean {
  if (value.kind === 'map' || value.kind === 'list') return false;
  if (value.kind === 'scalar' && value.value === null) return true;
  const text = value.kind === 'text' ? staticText(value) : undefined;
  if (value.kind === 'text' && text === undefined) return true;
  switch (scalar) {
    case 'string':
      return text !== undefined;
    case 'integer':
      return text === undefined ? typeof read(value) !== 'boolean' : /^-?\d+$/.test(text);
    case 'boolean':
      return text === undefined ? typeof read(value) === 'boolean' : /^(?:true|false)$/.test(text);
    case 'quantity':
      return typeof read(value) !== 'boolean';
    default:
      return true;
  }
}

function read(value: Value): unknown {
  return value.kind === 'scalar' ? value.value : undefined;
}
