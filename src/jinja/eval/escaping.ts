import type { For, If, Statement } from '../ast.ts';
import { bare, tag, union } from '../tags/tracker.ts';
import { PyDict } from '../values/dict.ts';
import { Namespace } from '../values/namespace.ts';
import { type Labels, PyList } from '../values/value.ts';
import { expressionTree, namespaceTargets, partsOf, statementsBelow, targetNames } from '../walk.ts';
import type { Frame } from './frame.ts';
import { missing } from './scope.ts';

/** What a statement may change that outlives it. */
interface Escapes {
  readonly names: ReadonlySet<string>;
  /** Namespace variable → attributes assigned. */
  readonly attributes: ReadonlyMap<string, ReadonlySet<string>>;
  /** Variables on which a method that changes its object is called. */
  readonly mutated: ReadonlySet<string>;
}

const mutators: ReadonlySet<string> = new Set([
  'append',
  'extend',
  'insert',
  'pop',
  'remove',
  'clear',
  'reverse',
  'sort',
  'update',
  'setdefault',
  'popitem',
]);
const known = new WeakMap<If | For, Escapes>();

/**
 * After an `if` or `for` with tagged condition: whatever its bodies may set depends on the condition, also when they
 * did not run. Without this `{% if env == 'prd' %}{% set n = 2 %}{% endif %}{{ n }}` would print an untagged n.
 */
export function spread(node: If | For, labels: Labels, frame: Frame): void {
  const escapes = escapesOf(node);
  for (const name of escapes.names) {
    const slot = frame.scope.get(name);
    if (slot === missing) {
      frame.scope.set(name, tag(frame.runtime.undefined({ name }), labels));
      continue;
    }
    const tagged = tag(slot, labels);
    frame.scope.set(name, tagged);
    if (frame.toplevel) frame.context.vars.set(name, tagged);
  }
  for (const [name, attributes] of escapes.attributes) {
    const slot = frame.scope.get(name);
    const namespace = slot === missing ? undefined : bare(slot);
    if (!(namespace instanceof Namespace)) continue;
    for (const attribute of attributes) {
      const value = namespace.attributes.get(attribute);
      if (value !== undefined) namespace.attributes.set(attribute, tag(value, labels));
    }
  }
  for (const name of escapes.mutated) {
    const slot = frame.scope.get(name);
    const container = slot === missing ? undefined : bare(slot);
    if (container instanceof PyList || container instanceof PyDict) container.shape = union(container.shape, labels);
  }
}

function escapesOf(node: If | For): Escapes {
  const cached = known.get(node);
  if (cached !== undefined) return cached;
  const names = new Set<string>();
  const attributes = new Map<string, Set<string>>();
  const mutated = new Set<string>();
  if (node.kind === 'if')
    for (const branch of [...node.branches.map((one) => one.body), node.otherwise]) collectNames(branch, names);
  for (const statement of statementsBelow([node])) {
    for (const part of partsOf(statement)) {
      if (part.kind === 'target')
        for (const target of namespaceTargets(part.node))
          attributes.set(target.name, (attributes.get(target.name) ?? new Set()).add(target.attribute));
      if (part.kind !== 'expression') continue;
      for (const expression of expressionTree(part.node)) {
        if (
          expression.kind !== 'call' ||
          expression.callee.kind !== 'attribute' ||
          !mutators.has(expression.callee.name)
        )
          continue;
        if (expression.callee.of.kind === 'name') mutated.add(expression.callee.of.name);
      }
    }
  }
  const escapes: Escapes = { names, attributes, mutated };
  known.set(node, escapes);
  return escapes;
}

/** Names assigned in the frame itself: not inside loops, macros and other frames of their own. */
function collectNames(body: readonly Statement[], names: Set<string>): void {
  for (const statement of body) {
    if (statement.kind === 'set' || statement.kind === 'set-block')
      for (const name of targetNames(statement.target)) names.add(name);
    else if (statement.kind === 'macro') names.add(statement.name);
    else if (statement.kind === 'import') names.add(statement.target);
    else if (statement.kind === 'from') for (const [, alias] of statement.names) names.add(alias);
    else if (statement.kind === 'if') {
      for (const branch of statement.branches) collectNames(branch.body, names);
      collectNames(statement.otherwise, names);
    }
  }
}
