import type { Expression, ParsedTemplate } from './ast.ts';
import { filterNames } from './filters/index.ts';
import { testNames } from './tests/index.ts';
import { childrenOf, partsOf, statementsBelow } from './walk.ts';

/** `printed`: the slice is all that a print tag holds. */
export type ConstantSlice = 'printed' | 'inside';

const known = new WeakMap<ParsedTemplate, ReadonlyMap<Expression, ConstantSlice>>();

/**
 * Slices that Jinja2 computes while it compiles: there its own getitem turns a TypeError into undefined. That happens
 * where the whole printed expression is constant, and where a constant expression around the slice has a result that
 * can be written down.
 */
export function constantSlices(template: ParsedTemplate): ReadonlyMap<Expression, ConstantSlice> {
  const found = known.get(template) ?? collect(template);
  known.set(template, found);
  return found;
}

function collect(template: ParsedTemplate): ReadonlyMap<Expression, ConstantSlice> {
  const found = new Map<Expression, ConstantSlice>();
  for (const statement of statementsBelow(template.body)) {
    for (const part of partsOf(statement))
      if (part.kind === 'expression') visit(part.node, statement.kind === 'output' ? 'printed' : undefined, found);
  }
  return found;
}

/** `place` is undefined where the undefined that a slice may become would not be written down. */
function visit(node: Expression, place: ConstantSlice | undefined, found: Map<Expression, ConstantSlice>): void {
  const constant = place === 'inside' || isConstant(node);
  if (constant && place !== undefined && node.kind === 'item' && node.key.kind === 'slice') found.set(node, place);
  const passesOn = node.kind === 'item' || node.kind === 'attribute';
  for (const child of childrenOf(node)) visit(child, constant ? (passesOn ? place : 'inside') : undefined, found);
}

/** Whether Jinja2's optimizer computes the expression: nothing it evaluates may depend on the rendering. */
export function isConstant(node: Expression): boolean {
  switch (node.kind) {
    case 'name':
    case 'call':
      return false;
    case 'filter':
      if (!filterNames.has(node.name) || contextFilters.has(node.name)) return false;
      break;
    case 'test':
      if (!testNames.has(node.name)) return false;
      break;
    case 'condition': {
      const test = literal(node.test);
      if (test !== undefined) return isConstant((test ? node.then : node.otherwise) ?? nothing);
      if (node.otherwise === undefined) return false;
      break;
    }
    case 'and':
    case 'or': {
      const left = literal(node.left);
      if (left !== undefined && left === (node.kind === 'or')) return true;
      break;
    }
  }
  return childrenOf(node).every(isConstant);
}

const contextFilters: ReadonlySet<string> = new Set(['map', 'select', 'reject', 'selectattr', 'rejectattr', 'random']);
const nothing: Expression = { kind: 'name', name: '', line: 0 };

/** Truth of a literal; undefined for everything else. */
function literal(node: Expression): boolean | undefined {
  if (node.kind !== 'const') return undefined;
  const { value } = node;
  return value === null || typeof value !== 'object' ? Boolean(value) : undefined;
}
