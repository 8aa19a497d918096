import type { JobPage, PageGraph } from './data.ts';
import { element, svgElement } from './dom.ts';
import { NODE_HEIGHT, NODE_WIDTH, type PlacedGraph, type PlacedNode, placeGraph } from './graph-layout.ts';
import type { Store } from './store.ts';

interface GraphActions {
  readonly openTask: (task: string) => void;
  readonly openTemplate: (template: string) => void;
}

const MARGIN = 8;

/** Steps before and pods after, one above the other; pointing at one shows its counterparts in the other. */
export function graphView(page: JobPage, store: Store, actions: GraphActions): HTMLElement {
  const words = store.words();
  if (page.before === undefined && page.after === undefined)
    return element('p', { class: 'empty' }, words('graphNone'));
  const partners = partnersOf(page);
  const view = element('div', { class: 'graphs' }, element('p', { class: 'quiet' }, words('graphHint')));
  const show = (keys: ReadonlySet<string> | undefined): void => {
    for (const node of view.querySelectorAll('[data-node]'))
      node.classList.toggle('linked', keys?.has(node.getAttribute('data-node') ?? '') === true);
  };
  const part = (title: string, graph: PageGraph | undefined, side: 'task' | 'template'): HTMLElement | undefined => {
    if (graph === undefined || graph.nodes.length === 0) return undefined;
    const keyOf = (node: PlacedNode): string =>
      side === 'task' ? `task ${node.id}` : `template ${node.template ?? ''}`;
    const drawing = drawn(saying(placeGraph(graph), store), title, keyOf, {
      enter: (node) => show(new Set([keyOf(node), ...(partners.get(keyOf(node)) ?? [])])),
      leave: () => show(undefined),
      open: (node) => (side === 'task' ? actions.openTask(node.id) : actions.openTemplate(node.template ?? '')),
    });
    return element(
      'figure',
      {},
      element('figcaption', {}, title),
      element('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': title }, drawing),
    );
  };
  view.append(
    ...[part(words('graphBefore'), page.before, 'task'), part(words('graphAfter'), page.after, 'template')].filter(
      (figure) => figure !== undefined,
    ),
  );
  return view;
}

/** Labels of edges are texts of the report, those of nodes are names. */
function saying(graph: PlacedGraph, { say }: Store): PlacedGraph {
  return { ...graph, edges: graph.edges.map((edge) => ({ ...edge, label: say(edge.label) })) };
}

function partnersOf({ steps }: JobPage): ReadonlyMap<string, ReadonlySet<string>> {
  const partners = new Map<string, Set<string>>();
  const add = (from: string, to: string): void => {
    partners.set(from, (partners.get(from) ?? new Set()).add(to));
  };
  for (const { task, template } of steps) {
    if (template === '') continue;
    // A handler of the whole workflow becomes a template that calls the shared notification.
    for (const name of template === 'exit-handler' ? [template, 'slack-notify'] : [template]) {
      add(`task ${task}`, `template ${name}`);
      add(`template ${name}`, `task ${task}`);
    }
  }
  return partners;
}

function drawn(
  graph: PlacedGraph,
  title: string,
  keyOf: (node: PlacedNode) => string,
  on: {
    readonly enter: (node: PlacedNode) => void;
    readonly leave: () => void;
    readonly open: (node: PlacedNode) => void;
  },
): SVGElement {
  const edges = graph.edges.map(({ path, kind, label, x, y }) =>
    svgElement(
      'g',
      { class: `edge edge-${kind}` },
      svgElement('path', { d: path, 'marker-end': 'url(#arrow)' }),
      label === '' ? undefined : svgElement('text', { x, y: y - 6, 'text-anchor': 'middle' }, label),
    ),
  );
  const nodes = graph.nodes.map((node) =>
    svgElement(
      'g',
      {
        class: 'node',
        transform: `translate(${node.x},${node.y})`,
        tabindex: 0,
        role: 'button',
        'aria-label': spokenLabel(node.label),
        'data-node': keyOf(node),
        mouseenter: () => on.enter(node),
        mouseleave: () => on.leave(),
        focus: () => on.enter(node),
        blur: () => on.leave(),
        click: () => on.open(node),
        keydown: (event) => {
          if (!(event instanceof KeyboardEvent) || (event.key !== 'Enter' && event.key !== ' ')) return;
          event.preventDefault();
          on.open(node);
        },
      },
      svgElement('title', {}, node.label),
      svgElement('rect', { width: NODE_WIDTH, height: NODE_HEIGHT, rx: 8 }),
      svgElement('text', { x: NODE_WIDTH / 2, y: NODE_HEIGHT / 2 + 4, 'text-anchor': 'middle' }, shortened(node.label)),
    ),
  );
  const width = graph.width + MARGIN * 2;
  const height = graph.height + MARGIN * 2;
  return svgElement(
    'svg',
    { width, height, viewBox: `${-MARGIN} ${-MARGIN} ${width} ${height}`, role: 'group', 'aria-label': title },
    svgElement(
      'defs',
      {},
      svgElement(
        'marker',
        { id: 'arrow', viewBox: '0 0 8 8', refX: 8, refY: 4, markerWidth: 8, markerHeight: 8, orient: 'auto' },
        svgElement('path', { d: 'M0,0 L8,4 L0,8 z' }),
      ),
    ),
    ...edges,
    ...nodes,
  );
}

/** What is read out holds what is seen, so that a step can be named by either. */
function spokenLabel(label: string): string {
  const shown = shortened(label);
  return shown === label ? label : `${shown}: ${label}`;
}

function shortened(label: string): string {
  const last = label.includes(' / ') && label.length > 22 ? `…${label.slice(label.lastIndexOf(' / '))}` : label;
  return last.length > 22 ? `${last.slice(0, 21)}…` : last;
}
