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
  const named = (written: string): readonly string[] => {
    const name = written.split('/').at(-1) ?? '';
    if (name === '') return [];
    const ending = own.slice(own.lastIndexOf('.'));
    const shapes = [name, `${name}${ending}`];
    const inFolder = shapes.map((shape) => `${folderOf(own)}/${shape}`.replace(/^\//, ''));
    const found =
      elsewhere(written, own, environments, files) ?? inFolder.find((path) => isFile(path, environments, files));
    return found === undefined ? [] : [found];
  };
  for (const expr of expressions) {
    if (expr.kind !== 'list' || expr.items.length < 2) continue;
    const paths = expr.items.map((item) => named(shapeOf(item) ?? ''));
    const order = paths.flat();
    if (order.length === expr.items.length && order.includes(own)) return order;
  }
  const opened = expressions.flatMap((expr) => {
    const shape = shapeOf(expr);
    return shape !== undefined && /\.(?:ya?ml|json)$/.test(shape) ? named(shape) : [];
  });
  const order = [...new Set(opened)];
  return order.includes(own) ? order : undefined;
}

/** The file whose path ends in what is written, folders included: `ROOT / "vars" / "common.yaml"`, beside `vars/env/{env}.yaml`. */
function elsewhere(
  written: string,
  own: string,
  environments: readonly string[],
  files: ReadonlySet<string>,
): string | undefined {
  const tail = written.replace(/^[./]+/, '');
  if (!tail.includes('/')) return undefined;
  const [first = ''] = environments;
  const [top] = own.split('/');
  const ends = tail.replaceAll('{env}', first);
  const found = [...files]
    .filter((path) => (path === ends || path.endsWith(`/${ends}`)) && path.split('/')[0] === top)
    .map((path) => `${path.slice(0, path.length - ends.length)}${tail}`)
    .filter((path) => isFile(path, environments, files));
  return found.length === 1 ? found[0] : undefined;
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
