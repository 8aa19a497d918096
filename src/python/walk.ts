import type { PyBody, PyExpr, PyStatement } from './syntax.ts';

/** All statements of a body in source order, those of functions, classes and branches included. */
export function statementsIn(body: PyBody): readonly PyStatement[] {
  return body.flatMap((statement) => [statement, ...inner(statement).flatMap(statementsIn)]);
}

function inner(statement: PyStatement): readonly PyBody[] {
  switch (statement.kind) {
    case 'if':
      return [statement.body, statement.otherwise];
    case 'try':
      return [statement.body, ...statement.handlers, statement.last];
    case 'for':
    case 'while':
    case 'with':
    case 'def':
    case 'class':
      return [statement.body];
    default:
      return [];
  }
}

/** The expressions of a statement itself, each before the parts it is made of. */
export function expressionsIn(statement: PyStatement): readonly PyExpr[] {
  return ownExpressions(statement).flatMap(parts);
}

function ownExpressions(statement: PyStatement): readonly PyExpr[] {
  switch (statement.kind) {
    case 'assign':
      return [...statement.targets, statement.value];
    case 'expression':
      return [statement.value];
    case 'return':
      return statement.value === undefined ? [] : [statement.value];
    case 'if':
      return [statement.test];
    case 'for':
      return [statement.of];
    case 'with':
      return statement.items.map((item) => item.value);
    case 'def':
      return statement.decorators;
    default:
      return [];
  }
}

/** An expression and all expressions inside it. */
export function parts(expr: PyExpr): readonly PyExpr[] {
  return [expr, ...children(expr).flatMap(parts)];
}

function children(expr: PyExpr): readonly PyExpr[] {
  switch (expr.kind) {
    case 'string':
      return expr.parts.filter((part) => typeof part !== 'string');
    case 'attribute':
    case 'not':
      return [expr.of];
    case 'item':
      return [expr.of, ...(expr.index === undefined ? [] : [expr.index]), ...(expr.to === undefined ? [] : [expr.to])];
    case 'call':
      return [expr.called, ...expr.args.map((arg) => arg.value)];
    case 'list':
      return expr.items;
    case 'dict':
      return expr.entries.flatMap(({ key, value }) => (key === undefined ? [value] : [key, value]));
    case 'binary':
      return [expr.left, expr.right];
    case 'choice':
      return [expr.test, expr.then, expr.otherwise];
    case 'lambda':
      return [expr.body];
    default:
      return [];
  }
}

/** The text of a string that nothing is put into. */
export function plainString(expr: PyExpr | undefined): string | undefined {
  if (expr?.kind !== 'string') return undefined;
  return expr.parts.every((part) => typeof part === 'string') ? expr.parts.join('') : undefined;
}

/** `Environment` of `jinja2.Environment`, the last name of a chain. */
export function lastName(expr: PyExpr): string | undefined {
  if (expr.kind === 'attribute' || expr.kind === 'name') return expr.name;
  return undefined;
}

/** The entries of `{'a': 1}` and `dict(a=1)`. */
export function mappingOf(expr: PyExpr): readonly (readonly [string, PyExpr])[] {
  if (expr.kind === 'dict')
    return expr.entries.flatMap(({ key, value }) => {
      const name = plainString(key);
      return name === undefined ? [] : [[name, value] as const];
    });
  if (expr.kind !== 'call') return [];
  return expr.args.flatMap(({ name, value }) => {
    if (name === '**' || name === undefined) return mappingOf(value);
    return [[name, value] as const];
  });
}
