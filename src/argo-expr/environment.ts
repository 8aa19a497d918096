import { childrenOf, type ExprNode } from './ast.ts';
import { type GoValue, stringValue } from './value.ts';

/** Names that Argo adds to every expression's environment. */
const argoFunctions: ReadonlySet<string> = new Set(['asInt', 'asFloat', 'jsonpath', 'toJson', 'sprig']);

/**
 * Nested maps from flat names. A name that is also the prefix of another is dropped, as Argo does: `workflow.creationTimestamp`
 * is a map in expressions.
 * @see argo-workflows util/expand, util/expr/env
 */
export function expandParameters(params: ReadonlyMap<string, string>): Extract<GoValue, { kind: 'map' }> {
  const names = [...params.keys()].sort();
  const kept = names.filter((name, index) => !(names[index + 1] ?? '').startsWith(`${name}.`));
  const root = new Map<string, GoValue>();
  for (const name of kept) place(root, name.split('.'), stringValue(params.get(name) ?? ''));
  return { kind: 'map', entries: root };
}

function place(root: Map<string, GoValue>, path: readonly string[], value: GoValue): void {
  let map = root;
  for (const part of path.slice(0, -1)) {
    const known = map.get(part);
    const child = new Map<string, GoValue>(known?.kind === 'map' ? known.entries : []);
    map.set(part, { kind: 'map', entries: child });
    map = child;
  }
  map.set(path.at(-1) ?? '', value);
}

/**
 * Names that the expression needs and the environment lacks: identifiers, and paths that neither `??` nor `?.` guards.
 * @see argo-workflows util/template/expression_template.go, getIdentifiers
 */
export function missingNames(root: ExprNode, environment: GoValue): readonly string[] {
  const guarded = guardedMembers(root);
  const missing: string[] = [];
  const visit = (node: ExprNode): void => {
    for (const child of childrenOf(node)) visit(child);
    const path =
      node.kind === 'identifier'
        ? [node.name]
        : node.kind === 'member' && !guarded.has(node)
          ? memberPath(node)
          : undefined;
    if (path !== undefined && !hasPath(environment, path)) missing.push(path.join('.'));
  };
  visit(root);
  return missing;
}

function guardedMembers(root: ExprNode): ReadonlySet<ExprNode> {
  const guarded = new Set<ExprNode>();
  const mark = (node: ExprNode): void => {
    if (node.kind === 'member') guarded.add(node);
    for (const child of childrenOf(node)) mark(child);
  };
  const visit = (node: ExprNode): void => {
    if (node.kind === 'binary' && node.op === '??') mark(node.left);
    if (node.kind === 'member' && node.optional && node.of.kind === 'member') guarded.add(node.of);
    for (const child of childrenOf(node)) visit(child);
  };
  visit(root);
  return guarded;
}

function memberPath(node: Extract<ExprNode, { kind: 'member' }>): readonly string[] | undefined {
  const parts: string[] = [];
  let at: ExprNode = node;
  while (at.kind === 'member') {
    if (at.optional || at.property.kind !== 'string') return undefined;
    parts.unshift(at.property.value);
    at = at.of;
  }
  return at.kind === 'identifier' ? [at.name, ...parts] : undefined;
}

function hasPath(environment: GoValue, path: readonly string[]): boolean {
  const [first = '', ...rest] = path;
  if (argoFunctions.has(first)) return true;
  let at = memberOf(environment, first);
  for (const part of rest) at = at === undefined ? undefined : memberOf(at, part);
  return at !== undefined;
}

function memberOf(value: GoValue, name: string): GoValue | undefined {
  if (value.kind !== 'map') return undefined;
  return value.entries.get(name);
}
