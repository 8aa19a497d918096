import type { Host } from '../core/host.ts';
import { type RepoPath, repoPath } from '../core/source.ts';
import type { PyArgument, PyExpr } from '../python/syntax.ts';
import { expressionsIn, lastName, mappingOf, statementsIn } from '../python/walk.ts';
import { type ScriptModule, ScriptModules } from './script-modules.ts';
import { type ScriptName, scriptNames } from './script-names.ts';

/** What the team's own build script says about its templates. It is read, never run. */
export interface BuildScript {
  readonly module: ScriptModule;
  /** Keyword arguments of the Environment, and attributes set on it later. */
  readonly options: ReadonlyMap<string, PyExpr>;
  readonly searchPath: readonly RepoPath[];
  readonly names: readonly ScriptName[];
}

/** The first program that makes a Jinja2 environment; tests and vendored code come after what is nearer to the root. */
export function findBuildScript(host: Host): BuildScript | undefined {
  const modules = new ScriptModules(host);
  const scripts = host
    .list()
    .filter((path) => path.endsWith('.py') && /\bjinja2\b[\s\S]*\bEnvironment\(/.test(host.read(path) ?? ''));
  for (const path of scripts) {
    const module = modules.read(repoPath(path));
    if (module !== undefined) return readBuildScript(module, modules);
  }
  return undefined;
}

function readBuildScript(module: ScriptModule, modules: ScriptModules): BuildScript {
  const options = new Map<string, PyExpr>();
  const searchPath: RepoPath[] = [];
  const environments = new Set<string>();
  for (const statement of statementsIn(module.body)) {
    for (const expr of expressionsIn(statement)) {
      if (expr.kind !== 'call') continue;
      const called = lastName(expr.called) ?? '';
      if (/Environment$/.test(called))
        for (const arg of expr.args) for (const [key, value] of spread(arg, module, modules)) options.set(key, value);
      if (called === 'FileSystemLoader') searchPath.push(...loaderPaths(expr.args[0]?.value, module, modules));
    }
    if (statement.kind !== 'assign') continue;
    const [target] = statement.targets;
    if (target?.kind === 'name' && isEnvironment(statement.value)) environments.add(target.name);
    if (target?.kind === 'attribute' && target.of.kind === 'name' && environments.has(target.of.name))
      options.set(target.name, statement.value);
  }
  return { module, options, searchPath: [...new Set(searchPath)], names: scriptNames(module, modules) };
}

function isEnvironment(expr: PyExpr): boolean {
  return expr.kind === 'call' && /Environment$/.test(lastName(expr.called) ?? '');
}

/** `**options` where the mapping is written in the tree. */
function spread(arg: PyArgument, module: ScriptModule, modules: ScriptModules): readonly (readonly [string, PyExpr])[] {
  if (arg.name === undefined) return [];
  if (arg.name !== '**') return [[arg.name, arg.value]];
  const meaning = modules.meaning(arg.value, module);
  return meaning?.kind === 'value' ? mappingOf(meaning.value) : [];
}

function loaderPaths(expr: PyExpr | undefined, module: ScriptModule, modules: ScriptModules): readonly RepoPath[] {
  if (expr === undefined) return [];
  const meaning = modules.meaning(expr, module);
  const value = meaning?.kind === 'value' ? meaning.value : expr;
  const items = value.kind === 'list' ? value.items : [expr];
  return items.flatMap((item) => modules.pathOf(item, module) ?? []);
}
