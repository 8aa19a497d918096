import type { DigTask } from '../dig/types.ts';
import { entryOf } from '../ir/read-value.ts';
import type { Value } from '../ir/value.ts';
import type { Scope } from './scope.ts';

/** Options that operators read from all parameters they see, not from their own keys alone. */
const inheritable: Readonly<Record<string, readonly string[]>> = {
  http: [
    'method',
    'content',
    'content_format',
    'content_type',
    'headers',
    'query',
    'store_content',
    'timeout',
    'retry',
  ],
  mail: ['subject', 'to', 'cc', 'bcc', 'from', 'html', 'body', 'attach_files'],
  py: ['python'],
  rb: ['ruby', 'require'],
  sh: ['shell'],
};

/**
 * Options that a task has from the parameters around it: `_export: {to: …}`, and below that `_export: {mail: {to: …}}`.
 * @see Digdag's `mergeDefault(getNestedOrGetEmpty("mail"))` in the factories of operators
 */
export function inheritedOptions(task: DigTask, scope: Scope): readonly (readonly [string, Value])[] {
  const operator = task.operator?.type ?? '';
  const names = Object.hasOwn(inheritable, operator) ? (inheritable[operator] ?? []) : [];
  if (names.length === 0) return [];
  const visible = scope.values();
  return names.flatMap((name): (readonly [string, Value])[] => {
    const value = visible.get(name) ?? entryOf(visible.get(operator), name);
    return value === undefined || task.local.some(({ key }) => key === name) ? [] : [[name, value]];
  });
}
