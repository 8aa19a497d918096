import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import { formatPosition } from '../core/source.ts';
import type { DigTask } from '../dig/types.ts';
import type { TaskId, UnknownName } from '../ir/graph.ts';
import { isUnknownName } from '../ir/opaque-reasons.ts';
import { entriesOf, partsOf, spanOf } from '../ir/read-value.ts';
import type { Value } from '../ir/value.ts';
import { inheritedOptions } from './inherited-options.ts';
import type { Scope } from './scope.ts';

/** A task's own keys, its environment under `_env.<name>`, and what its operator takes from the parameters around it. */
export function optionsOf(task: DigTask, scope: Scope): readonly (readonly [string, Value])[] {
  const environment = task.env === undefined ? [] : entriesOf(scope.value(task.env));
  return [
    ...task.local.map(({ key, value }) => [key, scope.value(value)] as const),
    ...environment.map(([key, value]) => [`_env.${key}`, value] as const),
    ...inheritedOptions(task, scope),
  ];
}

/** Says where the text of an expression, and not its value, reaches a step. */
export function reportUnevaluated(task: DigTask, id: TaskId, scope: Scope, sink: DiagnosticSink): void {
  const command = task.operator?.command;
  const nodes = [...task.local.map(({ value }) => value), ...[command, task.env].filter((node) => node !== undefined)];
  for (const node of nodes)
    for (const name of scope.unevaluatedIn(node))
      sink.add(diagnose('GRAPH_NESTED_EXPRESSION', { task: id, name }, { span: node.span }));
}

/** The names in a value that nothing sets, by where they stand. */
export function unknownNames(value: Value, task: TaskId): readonly (readonly [position: string, name: UnknownName])[] {
  return partsOf(value).flatMap((part): (readonly [string, UnknownName])[] => {
    if (part.kind !== 'runtime' || part.expr.kind !== 'opaque' || !isUnknownName(part.expr.reason)) return [];
    // `typeof` may ask for any name.
    if (/\btypeof\b/.test(part.expr.source)) return [];
    const span = spanOf(part.from);
    return span === undefined ? [] : [[formatPosition(span), { task, expression: part.expr.source, span }]];
  });
}
