import { sortedBy } from '../core/order.ts';
import { byRule, list, map, text } from '../ir/build-value.ts';
import type { Task, TaskGraph, TaskId } from '../ir/graph.ts';
import { partsOf } from '../ir/read-value.ts';
import type { MapValue } from '../ir/value.ts';
import type { ConvertedWorkflow, Template } from '../rules/types.ts';
import type { ConvertedJobs } from './members.ts';
import { callingTemplate, mapCalls, withCalled } from './template-calls.ts';
import type { Member } from './types.ts';

export const CALL_RULE = 'flow-call';

/** What a `call>` of one job runs: templates that belong to the called file, which another job may call too. */
export interface CalledPart {
  /** The called file, seen from the folder of the calling workflow. */
  readonly file: string;
  /** Its body is `templates`, a list of them under names by position: what each environment calls them decides nothing. */
  readonly member: Member;
  /** Environment → the names of the templates in that workflow, each before what it calls. */
  readonly names: ReadonlyMap<string, readonly string[]>;
  /** Environment → those of them that are called from outside. */
  readonly entries: ReadonlyMap<string, readonly string[]>;
}

/** Every `call>` of the jobs; those of one file of which no template of its own is left are missing. */
export function calledParts(jobs: ConvertedJobs, reference: string): readonly CalledPart[] {
  return [...jobs].flatMap(([job, environments]) => {
    const parts = new Map<TaskId, Map<string, Found>>();
    // The reference environment gives the shared template its text, and so the lines that it comes from.
    for (const [environment, workflow] of sortedBy(environments, ([name]) => (name === reference ? '' : name)))
      for (const [body, found] of partsOfWorkflow(workflow)) {
        const known = parts.get(body) ?? new Map<string, Found>();
        parts.set(body, known.set(environment, found));
      }
    return [...parts].flatMap(([body, found]): CalledPart[] => {
      const files = new Set([...found.values()].map((each) => each.file));
      const [file] = files;
      if (file === undefined || files.size > 1) return [];
      const bodies = new Map([...found].map(([environment, each]) => [environment, byPosition(each.templates)]));
      const names = new Map(
        [...found].map(([environment, each]) => [environment, each.templates.map((template) => template.name)]),
      );
      const entries = new Map([...found].map(([environment, each]) => [environment, each.entries]));
      return [
        { file, member: { id: `${job} ${body}`, job, template: body, bodies, inputs: new Map() }, names, entries },
      ];
    });
  });
}

interface Found {
  readonly file: string;
  readonly entries: readonly string[];
  readonly templates: readonly Template[];
}

function partsOfWorkflow({ templates, facts }: ConvertedWorkflow): readonly (readonly [TaskId, Found])[] {
  const { graph } = facts;
  return [...graph.tasks.values()].flatMap((task): (readonly [TaskId, Found])[] => {
    if (task.kind !== 'call' || task.body === undefined) return [];
    const inside = tasksBelow(task.body, graph);
    const own = templates.filter((template) => inside.has(template.task)).map(({ name }) => name);
    const called = new Set(own.flatMap((name) => withCalled([name], templates).slice(1)));
    // The steps of the file, and what its `_error` runs: that is a hook of the step which calls them.
    const entries = own.filter((name) => !called.has(name));
    const file = fileFrom(graph, graph.tasks.get(task.body));
    if (entries.length === 0 || file === undefined) return [];
    const part = withCalled(entries, templates).flatMap(
      (name) => templates.find((template) => template.name === name) ?? [],
    );
    return isMovable(part, graph) ? [[task.body, { file, entries, templates: part }]] : [];
  });
}

/**
 * A launcher's file that is called to start one Job is no shared work: the manifest is. And what reads the parameters of its
 * workflow, or its failures, can be read in that workflow alone.
 */
function isMovable(part: readonly Template[], graph: TaskGraph): boolean {
  const [only] = part;
  const task = only === undefined || part.length > 1 ? undefined : graph.tasks.get(only.task);
  if (task?.kind === 'operator' && task.effects.some((effect) => effect.kind === 'job')) return false;
  return part.every(({ body }) =>
    partsOf(body).every((each) => each.kind !== 'literal' || !/workflow\.(parameters|failures)/.test(each.text)),
  );
}

function tasksBelow(root: TaskId, graph: TaskGraph): ReadonlySet<TaskId> {
  const found = new Set<TaskId>();
  const visit = (id: TaskId | undefined): void => {
    const task = id === undefined ? undefined : graph.tasks.get(id);
    if (task === undefined || found.has(task.id)) return;
    found.add(task.id);
    for (const child of [...childrenOf(task), task.onError, task.onCheck]) visit(child);
  };
  visit(root);
  return found;
}

function childrenOf(task: Task): readonly (TaskId | undefined)[] {
  switch (task.kind) {
    case 'group':
      return task.children;
    case 'loop':
    case 'call':
      return [task.body];
    case 'branch':
      return [task.then, task.otherwise];
    case 'operator':
    case 'require':
      return [];
  }
}

/** The files that a workflow calls, each with those that it calls itself. */
export function calledFiles(graph: TaskGraph): readonly { readonly file: string; readonly inner: readonly string[] }[] {
  const fileOf = (task: Task | undefined): string | undefined =>
    task?.kind === 'call' && task.body !== undefined ? fileFrom(graph, graph.tasks.get(task.body)) : undefined;
  return [...graph.tasks.values()].flatMap((task) => {
    const file = fileOf(task);
    if (file === undefined || task.kind !== 'call' || task.body === undefined) return [];
    const inner = [...tasksBelow(task.body, graph)].flatMap((id) => fileOf(graph.tasks.get(id)) ?? []);
    return [{ file, inner: inner.filter((each) => each !== file) }];
  });
}

/** `lib/load.dig`; undefined for a file outside of the project's folder. */
function fileFrom(graph: TaskGraph, body: Task | undefined): string | undefined {
  const folder = graph.span.file.slice(0, graph.span.file.lastIndexOf('/') + 1);
  const file = body?.span.file;
  return file?.startsWith(folder) === true ? file.slice(folder.length) : undefined;
}

/** The name of a called file's template at a position. */
export function positionName(at: number): string {
  return `part-${at}`;
}

function byPosition(templates: readonly Template[]): MapValue {
  const positions = new Map(templates.map(({ name }, at) => [name, positionName(at)]));
  return templateList(templates.map(({ body }, at) => [positionName(at), withNames(body, positions)]));
}

/** A body that calls templates by other names. */
export function withNames(body: MapValue, names: ReadonlyMap<string, string>): MapValue {
  return mapCalls(body, (call, template) => {
    const name = names.get(template);
    return name === undefined ? call : callingTemplate(call, name);
  });
}

export function templateList(templates: readonly (readonly [string, MapValue])[]): MapValue {
  const from = byRule(CALL_RULE);
  const items = templates.map(([name, body]) => map([['name', text(name, from)], ...body.entries], body.from));
  return map([['templates', list(items, from)]], from);
}
