import type { Value } from '../../../ir/value.ts';
import { typedFieldNames } from '../../../k8s/field-table.ts';
import type { PodContext } from './context.ts';

/** Reports run-time text in numbers, booleans and quantities, where Argo's API takes no reference. `value` is the template's body. */
export function reportRuntimeFields(value: Value, path: string, context: PodContext, inTyped = false): void {
  switch (value.kind) {
    case 'scalar':
      return;
    case 'text':
      if (inTyped && value.parts.some((part) => part.kind === 'runtime'))
        context.report('POD_FIELD_RUNTIME', { path }, value);
      return;
    case 'list':
      for (const [at, item] of value.items.entries()) reportRuntimeFields(item, `${path}[${at}]`, context, inTyped);
      return;
    case 'map':
      for (const [key, entry] of value.entries)
        reportRuntimeFields(
          entry,
          path === '' ? key : `${path}.${key}`,
          context,
          inTyped || typedFieldNames().has(key),
        );
  }
}
