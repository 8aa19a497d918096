import { isAlias, isScalar, type Node } from 'yaml';

/** More nodes than this come of aliases of aliases, not of a manifest. */
const MOST_NODES = 200_000;

/** Follows the aliases of one document, in the order of its text; never into a node that is being read. */
export class YamlAnchors {
  readonly #nodes = new Map<string, Node>();
  readonly #open = new Set<Node>();
  #read = 0;

  /** What `read` makes of the node, or of the node it is an alias of; undefined for an alias of itself or of nothing. */
  follow<T>(node: Node, read: (node: Node) => T): T | undefined {
    const target = isAlias(node) ? this.#nodes.get(node.source) : node;
    this.#read += 1;
    if (target === undefined || this.#open.has(target) || this.#read > MOST_NODES) return undefined;
    if ('anchor' in target && typeof target.anchor === 'string') this.#nodes.set(target.anchor, target);
    if (isScalar(target)) return read(target);
    this.#open.add(target);
    const value = read(target);
    this.#open.delete(target);
    return value;
  }
}
