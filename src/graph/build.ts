import { folderOf } from '../core/source.ts';
import { byDefault } from '../ir/build-value.ts';
import { type TaskGraph, taskId } from '../ir/graph.ts';
import { GraphBuilder } from './graph-builder.ts';
import type { Place } from './place.ts';
import { Scope } from './scope.ts';
import type { GraphInput } from './types.ts';

/** A compiled workflow of one environment as a graph of typed tasks: parameters resolved, called files inlined, effects read. */
export function buildGraph(input: GraphInput): TaskGraph {
  const { workflow } = input;
  const builder = new GraphBuilder(input, new Map(), input.sink);
  const scope = Scope.start(
    (written, from, values) => input.services.readText(written, from, values, workflow.timezone),
    input.parameters,
    byDefault('parameter given at start'),
  );
  const place: Place = {
    scope: scope.withExports(workflow.exports),
    path: [workflow.name],
    fullName: workflow.root.fullName,
    workdir: folderOf(workflow.file),
    calls: [workflow.file],
  };
  const root = builder.addTask(workflow.root, place);
  const sla = input.sla === undefined ? undefined : builder.withSlaTask(input.sla, workflow, place);
  return {
    job: workflow.name,
    environment: input.environment,
    timezone: workflow.timezone,
    root: root ?? taskId(workflow.root.fullName),
    tasks: builder.tasks,
    ...(builder.unknown.size === 0 ? {} : { unknown: [...builder.unknown.values()] }),
    ...(input.schedule === undefined ? {} : { schedule: input.schedule }),
    ...(sla === undefined ? {} : { sla }),
    span: workflow.root.span,
    ...(workflow.headComment === undefined ? {} : { comment: workflow.headComment }),
  };
}
