import { entryOf, itemsOf, staticText } from '../ir/read-value.ts';
import type { MapValue, Value } from '../ir/value.ts';
import type { JobFlow } from '../report/types.ts';
import type { ConvertedWorkflow } from '../rules/types.ts';

/** Templates call each other; a cycle would be a mistake of ours, and must not hang the report. */
const MAX_DEPTH = 30;

/** Name of a WorkflowTemplate → its templates. */
export type SharedTemplates = ReadonlyMap<string, ReadonlyMap<string, MapValue>>;

/** Where a template is looked up: in the workflow, or in the shared one that it belongs to. */
interface Owner {
  readonly shared?: string;
  readonly bodies: ReadonlyMap<string, MapValue>;
}

interface Drawing {
  readonly shared: SharedTemplates;
  readonly nodes: JobFlow['nodes'][number][];
  readonly edges: JobFlow['edges'][number][];
}

/** The pods that Argo starts and their order, for a picture; steps templates are what their arrows say. */
export function argoFlowOf(workflow: ConvertedWorkflow, shared: SharedTemplates): JobFlow {
  const drawing: Drawing = { shared, nodes: [], edges: [] };
  const own = { bodies: new Map(workflow.templates.map(({ name, body }) => [name, body])) };
  const entry = staticText(entryOf(workflow.spec, 'entrypoint')) ?? 'main';
  const exits = drawTemplate(own, entry, '', '', [], drawing, 0);
  const handler = staticText(entryOf(workflow.spec, 'onExit'));
  const last = exits.at(-1);
  if (handler !== undefined) {
    const first = drawing.nodes.length;
    drawTemplate(own, handler, handler, handler, [], drawing, 0);
    const node = drawing.nodes[first];
    if (node !== undefined && last !== undefined)
      drawing.edges.push({ from: last, to: node.task, kind: 'error', label: 'onExit' });
  }
  return { nodes: drawing.nodes, edges: drawing.edges };
}

/** Draws what a template runs behind the given nodes; returns the nodes that its end waits for. */
function drawTemplate(
  owner: Owner,
  name: string,
  path: string,
  label: string,
  before: readonly string[],
  drawing: Drawing,
  depth: number,
): readonly string[] {
  const body = owner.bodies.get(name);
  const groups = itemsOf(entryOf(body, 'steps'));
  const tasks = itemsOf(entryOf(body, 'dag', 'tasks'));
  if (depth > MAX_DEPTH || (groups.length === 0 && tasks.length === 0))
    return drawNode(
      { task: path, label, template: owner.shared === undefined ? name : `${owner.shared}/${name}` },
      before,
      drawing,
    );
  if (tasks.length > 0) return drawDag(owner, tasks, path, before, drawing, depth);
  return groups.reduce<readonly string[]>(
    (exits, group) => itemsOf(group).flatMap((step) => drawStep(owner, step, path, exits, drawing, depth)),
    before,
  );
}

function drawDag(
  owner: Owner,
  tasks: readonly Value[],
  path: string,
  before: readonly string[],
  drawing: Drawing,
  depth: number,
): readonly string[] {
  const ends = new Map<string, readonly string[]>();
  const waitedFor = new Set<string>();
  for (const task of tasks) {
    const needed = dependencies(task);
    for (const name of needed) waitedFor.add(name);
    const exits = needed.length === 0 ? before : needed.flatMap((name) => ends.get(name) ?? []);
    ends.set(staticText(entryOf(task, 'name')) ?? '', drawStep(owner, task, path, exits, drawing, depth));
  }
  return [...ends].flatMap(([name, exits]) => (waitedFor.has(name) ? [] : exits));
}

/** `depends` names tasks, with `.Succeeded` and the like behind them. */
function dependencies(task: Value): readonly string[] {
  const listed = itemsOf(entryOf(task, 'dependencies')).flatMap((item) => staticText(item) ?? []);
  const written = staticText(entryOf(task, 'depends')) ?? '';
  const named = [...written.matchAll(/[A-Za-z0-9_-]+(?=[.\s)&|]|$)/g)]
    .filter((match) => written[match.index - 1] !== '.')
    .map(([name]) => name);
  return [...new Set([...listed, ...named])];
}

function drawStep(
  owner: Owner,
  step: Value,
  path: string,
  before: readonly string[],
  drawing: Drawing,
  depth: number,
): readonly string[] {
  const name = staticText(entryOf(step, 'name')) ?? '';
  const shared = staticText(entryOf(step, 'templateRef', 'name'));
  const template = staticText(entryOf(step, 'template')) ?? shared ?? name;
  // `main` holds one step that fixes the session: it says nothing in a picture.
  const wraps = path === '' && name === 'run';
  const below = wraps ? '' : path === '' ? name : `${path} / ${name}`;
  if (shared === undefined) return drawTemplate(owner, template, below, below, before, drawing, depth + 1);
  const bodies = drawing.shared.get(shared);
  const called = staticText(entryOf(step, 'templateRef', 'template'));
  return bodies === undefined || called === undefined
    ? drawNode({ task: below, label: below, template }, before, drawing)
    : drawTemplate({ shared, bodies }, called, below, below, before, drawing, depth + 1);
}

function drawNode(node: JobFlow['nodes'][number], before: readonly string[], drawing: Drawing): readonly string[] {
  drawing.nodes.push(node);
  for (const from of before) drawing.edges.push({ from, to: node.task, kind: 'next', label: '' });
  return [node.task];
}
