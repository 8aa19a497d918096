import { asList, asMap, asText, isMap, type PlainMap } from '../../../src/verify/argo/data.ts';
import { type NodePlace, nodePlace } from './node-path.ts';

interface Node {
  readonly place: NodePlace;
  readonly isPod: boolean;
  readonly inExitHandler: boolean;
  readonly children: readonly string[];
}

/**
 * For each pod of a run, by its path, the pods that the controller let end before it: read off the graph of nodes that
 * the Workflow's status holds.
 */
export function podsBefore(workflow: PlainMap): ReadonlyMap<string, ReadonlySet<string>> {
  const nodes = nodesOf(workflow);
  const next = new Map<string, Set<string>>();
  const follow = (earlier: string, later: string): void => {
    next.set(earlier, (next.get(earlier) ?? new Set()).add(later));
  };
  for (const [id, node] of nodes) for (const child of node.children) follow(id, child);
  for (const [, attempts] of retriesOf(workflow)) {
    // Attempts are children of one node; each starts after the one before, and so does what that one held.
    for (const [at, attempt] of attempts.entries()) {
      const later = attempts[at + 1];
      if (later === undefined) continue;
      for (const id of [attempt, ...inside(workflow, attempt)]) follow(id, later);
    }
  }
  for (const [id, node] of nodes) {
    // What follows a node that is a group follows everything in the group.
    const own = new Set(inside(workflow, id));
    if (own.size === 0) continue;
    for (const child of node.children) if (!own.has(child)) for (const part of own) follow(part, child);
  }
  const before = new Map<string, Set<string>>();
  const pods = [...nodes].filter(([, node]) => node.isPod);
  for (const [, node] of pods) before.set(node.place.path, new Set());
  for (const [id, node] of pods) {
    for (const reached of reachable(id, next)) {
      const other = nodes.get(reached);
      if (other?.isPod === true) before.get(other.place.path)?.add(node.place.path);
    }
    if (node.inExitHandler) continue;
    for (const [, other] of pods) if (other.inExitHandler) before.get(other.place.path)?.add(node.place.path);
  }
  return before;
}

function nodesOf(workflow: PlainMap): ReadonlyMap<string, Node> {
  const name = asText(asMap(workflow['metadata'])['name']);
  return new Map(
    statusNodes(workflow).map(([id, node]) => {
      const template = asText(node['templateName']) || asText(asMap(node['templateRef'])['template']);
      const nodeName = asText(node['name']);
      const isOnExit = nodeName.startsWith(`${name}.onExit`);
      return [
        id,
        {
          place: nodePlace(nodeName, name, template),
          isPod: node['type'] === 'Pod',
          inExitHandler: isOnExit,
          children: asList(node['children']).map(asText),
        },
      ];
    }),
  );
}

function statusNodes(workflow: PlainMap): readonly (readonly [string, PlainMap])[] {
  return Object.entries(asMap(asMap(workflow['status'])['nodes'])).map(([id, node]) => [id, asMap(node)] as const);
}

function retriesOf(workflow: PlainMap): ReadonlyMap<string, readonly string[]> {
  return new Map(
    statusNodes(workflow)
      .filter(([, node]) => node['type'] === 'Retry')
      .map(([id, node]) => [id, asList(node['children']).map(asText)] as const),
  );
}

/** Everything that runs inside a node, at any depth. */
function inside(workflow: PlainMap, boundary: string): readonly string[] {
  return statusNodes(workflow)
    .filter(([id, node]) => isMap(node) && node['boundaryID'] === boundary && id !== boundary)
    .flatMap(([id]) => [id, ...inside(workflow, id)]);
}

function reachable(from: string, next: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  const seen = new Set<string>();
  const open = [...(next.get(from) ?? [])];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...(next.get(id) ?? []));
  }
  return seen;
}
