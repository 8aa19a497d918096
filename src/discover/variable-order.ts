import type { Host } from '../core/host.ts';
import { folderOf } from '../core/source.ts';
import type { PyExpr } from '../python/syntax.ts';
import { expressionsIn, lastName, plainString, statementsIn } from '../python/walk.ts';
import type { BuildScript } from './build-script.ts';
import { isEnvironmentVariable } from './environment-names.ts';

/**
 * The variable files in the order in which the build script names them: a list such as `('common', env)`, else the paths
 * it opens one after another. Undefined where it does not name the file of the environment, `own`.
 */
export function variableOrder(
  script: BuildScript,
  own: string,
  environments: readonly string[],
  host: Host,
): readonly string[] | undefined {
  const files = new Set(host.list());
  const expressions = statementsIn(script.module.body).flatMap(expressionsIn);
  const named = (name: string): readonly string[] => {
    if (name === '') return [];
    const ending = own.slice(own.lastIndexOf('.'));
    const shapes = [name, `${name}${ending}`];
    const inFolder = shapes.map((shape) => `${folderOf(own)}/${shape}`.replace(/^\//, ''));
    const found = inFolder.find((path) => isFile(path, environments, files));
    return found === undefined ? [] : [found];
  };
  for (const expr of expressions) {
    if (expr.kind !== 'list' || expr.items.length < 2) continue;
    const paths = expr.items.map((item) => named((shapeOf(item) ?? '').split('/').at(-1) ?? ''));
    const order = paths.flat();
    if (order.length === expr.items.length && order.includes(own)) return order;
  }
  const opened = expressions.flatMap((expr) => {
    const shape = shapeOf(expr);
    return shape !== undefined && /\.(?:ya?ml|json)$/.test(shape) ? named(shape.split('/').at(-1) ?? '') : [];
  });
  const order = [...new Set(opened)];
  return order.includes(own) ? order : undefined;
}

function isFile(shape: string, environments: readonly string[], files: ReadonlySet<string>): boolean {
  return environments.every((name) => files.has(shape.replaceAll('{env}', name)));
}

/** A text or a path with `{env}` for the environment; undefined where something else is put into it. */
function shapeOf(expr: PyExpr): string | undefined {
  switch (expr.kind) {
    case 'string': {
      const pieces = expr.parts.map((part) => (typeof part === 'string' ? part : shapeOf(part)));
      return pieces.includes(undefined) ? undefined : pieces.join('');
    }
    case 'name':
    case 'attribute':
      return isEnvironmentVariable(lastName(expr) ?? '') ? '{env}' : undefined;
    case 'binary': {
      if (expr.op === '%') return filled(plainString(expr.left)?.replace('%s', '{}'), expr.right);
      const right = expr.op === '/' || expr.op === '+' ? shapeOf(expr.right) : undefined;
      const left = shapeOf(expr.left);
      if (right === undefined || (left === undefined && expr.op === '+')) return undefined;
      return expr.op === '+' ? `${left}${right}` : `${left ?? ''}/${right}`;
    }
    case 'call': {
      const [first] = expr.args;
      if (expr.called.kind === 'attribute' && expr.called.name === 'format' && first !== undefined)
        return filled(plainString(expr.called.of), first.value);
      if (lastName(expr.called) !== 'join' || first === undefined) return undefined;
      const last = expr.args.at(-1);
      return last === undefined ? undefined : shapeOf(last.value);
    }
    default:
      return undefined;
  }
}

function filled(format: string | undefined, value: PyExpr): string | undefined {
  const by = shapeOf(value);
  return format === undefined || by === undefined ? undefined : format.replace(/\{\w*\}/, () => by);
}
