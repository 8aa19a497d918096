import type { PyExpr, PyStatement } from '../python/syntax.ts';
import { expressionsIn, lastName, plainString, statementsIn } from '../python/walk.ts';
import type { BuildScript } from './build-script.ts';
import { isEnvironmentVariable } from './environment-names.ts';

/**
 * Names under which the build script hands the environment to the templates, beside the variable files:
 * `values['env'] = args.env`, `render(env=env)`, `{'env': env}`.
 */
export function givenEnvironmentNames(script: BuildScript): readonly string[] {
  const names = statementsIn(script.module.body).flatMap((statement) => [
    ...assigned(statement),
    ...expressionsIn(statement).flatMap(handedOver),
  ]);
  return [...new Set(names)].sort();
}

function assigned(statement: PyStatement): readonly string[] {
  if (statement.kind !== 'assign' || !isEnvironment(statement.value)) return [];
  return statement.targets.flatMap((target) => (target.kind === 'item' ? (plainString(target.index) ?? []) : []));
}

const taking: ReadonlySet<string> = new Set(['render', 'generate', 'stream', 'dump', 'update', 'dict', 'setdefault']);

function handedOver(expr: PyExpr): readonly string[] {
  if (expr.kind === 'dict')
    return expr.entries.flatMap(({ key, value }) => (isEnvironment(value) ? (plainString(key) ?? []) : []));
  if (expr.kind !== 'call' || !taking.has(lastName(expr.called) ?? '')) return [];
  return expr.args.flatMap(({ name, value }) => (name !== undefined && isEnvironment(value) ? [name] : []));
}

/** `env`, `args.env`, `options['env']`. */
function isEnvironment(expr: PyExpr): boolean {
  const name = expr.kind === 'item' ? plainString(expr.index) : lastName(expr);
  return name !== undefined && isEnvironmentVariable(name);
}
