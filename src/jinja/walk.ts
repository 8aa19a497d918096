import { assertNever } from '../core/assert-never.ts';
import type { Arguments, Body, Expression, Statement, Target } from './ast.ts';

/** The expressions directly below an expression, in the order Jinja2 visits them. */
export function childrenOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'const':
    case 'name':
      return [];
    case 'tuple':
    case 'list':
    case 'concat':
      return node.items;
    case 'dict':
      return node.pairs.flat();
    case 'condition':
      return present([node.test, node.then, node.otherwise]);
    case 'or':
    case 'and':
    case 'binary':
      return [node.left, node.right];
    case 'not':
    case 'negative':
    case 'positive':
      return [node.operand];
    case 'compare':
      return [node.first, ...node.rest.map(([, operand]) => operand)];
    case 'attribute':
      return [node.of];
    case 'item':
      return [node.of, node.key];
    case 'slice':
      return present([node.start, node.stop, node.step]);
    case 'call':
      return [node.callee, ...argumentsOf(node.args)];
    case 'filter':
    case 'test':
      return present([node.of, ...argumentsOf(node.args)]);
    default:
      return assertNever(node);
  }
}

function argumentsOf(args: Arguments): readonly Expression[] {
  return present([...args.positional, ...args.named.map(([, value]) => value), args.star, args.doubleStar]);
}

function present<T>(items: readonly (T | undefined)[]): readonly T[] {
  return items.filter((item): item is T => item !== undefined);
}

/** One child of a statement. */
export type Part =
  | { readonly kind: 'expression'; readonly node: Expression }
  | { readonly kind: 'target'; readonly node: Target }
  | { readonly kind: 'parameter'; readonly name: string }
  | { readonly kind: 'body'; readonly body: Body };

const expression = (node: Expression): Part => ({ kind: 'expression', node });
const body = (statements: Body): Part => ({ kind: 'body', body: statements });

/** The parts of a statement in the order Jinja2 visits them. */
export function partsOf(node: Statement): readonly Part[] {
  switch (node.kind) {
    case 'output':
      return node.items.flatMap((item) => (item.kind === 'print' ? [expression(item.value)] : []));
    case 'if':
      return [...node.branches.flatMap((branch) => [expression(branch.test), body(branch.body)]), body(node.otherwise)];
    case 'for':
      return [
        { kind: 'target', node: node.target },
        expression(node.iterable),
        body(node.body),
        body(node.otherwise),
        ...(node.test === undefined ? [] : [expression(node.test)]),
      ];
    case 'with':
      return [
        ...node.targets.map((target): Part => ({ kind: 'target', node: target })),
        ...node.values.map(expression),
        body(node.body),
      ];
    case 'autoescape':
      return [expression(node.value), body(node.body)];
    case 'block':
      return [body(node.body)];
    case 'extends':
    case 'include':
    case 'import':
    case 'from':
      return [expression(node.template)];
    case 'macro':
    case 'call-block':
      return [
        ...(node.kind === 'call-block' ? [expression(node.call)] : []),
        ...node.parameters.map((parameter): Part => ({ kind: 'parameter', name: parameter.name })),
        ...present(node.parameters.map((parameter) => parameter.fallback)).map(expression),
        body(node.body),
      ];
    case 'filter-block':
      return [body(node.body), expression(node.filter)];
    case 'set':
      return [{ kind: 'target', node: node.target }, expression(node.value)];
    case 'set-block':
      return [
        { kind: 'target', node: node.target },
        ...(node.filter === undefined ? [] : [expression(node.filter)]),
        body(node.body),
      ];
    case 'do':
      return [expression(node.value)];
    case 'break':
    case 'continue':
      return [];
    default:
      return assertNever(node);
  }
}

/** Every statement below, in document order. */
export function* statementsBelow(statements: Body): Generator<Statement> {
  for (const statement of statements) {
    yield statement;
    for (const part of partsOf(statement)) if (part.kind === 'body') yield* statementsBelow(part.body);
  }
}

/** Every expression below a body, nested ones included. */
export function* expressionsBelow(statements: Body): Generator<Expression> {
  for (const statement of statementsBelow(statements)) {
    for (const part of partsOf(statement)) if (part.kind === 'expression') yield* expressionTree(part.node);
  }
}

export function* expressionTree(node: Expression): Generator<Expression> {
  yield node;
  for (const child of childrenOf(node)) yield* expressionTree(child);
}

export function targetNames(target: Target): readonly string[] {
  switch (target.kind) {
    case 'name':
      return [target.name];
    case 'namespace':
      return [];
    case 'tuple':
      return target.items.flatMap(targetNames);
  }
}

export function namespaceTargets(target: Target): readonly Extract<Target, { kind: 'namespace' }>[] {
  switch (target.kind) {
    case 'name':
      return [];
    case 'namespace':
      return [target];
    case 'tuple':
      return target.items.flatMap(namespaceTargets);
  }
}

/** Which of `names` the body reads before assigning them; blocks are templates of their own. */
export function findUndeclared(statements: Body, names: readonly string[]): ReadonlySet<string> {
  const sought = new Set(names);
  const found = new Set<string>();
  const visitExpression = (node: Expression): void => {
    if (node.kind === 'name' && sought.has(node.name)) found.add(node.name);
    for (const child of childrenOf(node)) visitExpression(child);
  };
  const visit = (list: Body): void => {
    for (const statement of list) {
      if (statement.kind === 'block') continue;
      for (const part of partsOf(statement)) {
        if (part.kind === 'expression') visitExpression(part.node);
        else if (part.kind === 'target') for (const name of targetNames(part.node)) sought.delete(name);
        else if (part.kind === 'parameter') sought.delete(part.name);
        else visit(part.body);
      }
    }
  };
  visit(statements);
  return found;
}
