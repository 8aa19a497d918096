import type { Host } from '../core/host.ts';
import { folderOf, type RepoPath, repoPath, resolveRepoPath } from '../core/source.ts';
import { parsePython } from '../python/parse.ts';
import type { PyBody, PyExpr, PyStatement } from '../python/syntax.ts';
import { lastName, plainString, statementsIn } from '../python/walk.ts';

export interface ScriptModule {
  readonly path: RepoPath;
  readonly text: string;
  readonly body: PyBody;
}

type Def = Extract<PyStatement, { kind: 'def' }>;

export type Meaning = { readonly module: ScriptModule } & (
  | { readonly kind: 'def'; readonly def: Def }
  | { readonly kind: 'value'; readonly value: PyExpr }
);

/** The modules of a build script that lie in the tree, and what their names mean. Nothing is run. */
export class ScriptModules {
  readonly #host: Host;
  readonly #read = new Map<string, ScriptModule | undefined>();

  constructor(host: Host) {
    this.#host = host;
  }

  read(path: RepoPath): ScriptModule | undefined {
    if (this.#read.has(path)) return this.#read.get(path);
    const text = this.#host.read(path);
    const parsed = text === undefined ? undefined : parsePython(text);
    const made = text !== undefined && parsed?.kind === 'module' ? { path, text, body: parsed.body } : undefined;
    this.#read.set(path, made);
    return made;
  }

  /** What a name or `module.name` stands for: a function, or what was assigned; through imports of the tree. */
  meaning(expr: PyExpr, module: ScriptModule, depth = 0): Meaning | undefined {
    if (depth > 8) return undefined;
    if (expr.kind === 'attribute' && expr.of.kind === 'name') {
      const imported = this.#imported(expr.of.name, module);
      return imported?.name === undefined && imported !== undefined
        ? this.#named(expr.name, imported.module, depth + 1)
        : undefined;
    }
    if (expr.kind === 'name') return this.#named(expr.name, module, depth);
    return { kind: 'value', value: expr, module };
  }

  #named(name: string, module: ScriptModule, depth: number): Meaning | undefined {
    for (const statement of statementsIn(module.body)) {
      if (statement.kind === 'def' && statement.name === name) return { kind: 'def', def: statement, module };
      if (statement.kind !== 'assign' || statement.op !== '=') continue;
      if (statement.targets.some((target) => target.kind === 'name' && target.name === name))
        return this.meaning(statement.value, module, depth + 1);
    }
    const imported = this.#imported(name, module);
    if (imported?.name === undefined) return undefined;
    return this.#named(imported.name, imported.module, depth + 1);
  }

  #imported(name: string, module: ScriptModule): { readonly module: ScriptModule; readonly name?: string } | undefined {
    for (const statement of statementsIn(module.body)) {
      if (statement.kind !== 'import') continue;
      for (const { name: written, as } of statement.names) {
        if (as !== name) continue;
        const whole = this.#moduleOf(written, module);
        if (whole !== undefined) return { module: whole };
        const cut = written.lastIndexOf('.');
        const outer = cut < 0 ? undefined : this.#moduleOf(written.slice(0, cut), module);
        if (outer !== undefined) return { module: outer, name: written.slice(cut + 1) };
      }
    }
    return undefined;
  }

  #moduleOf(dotted: string, module: ScriptModule): ScriptModule | undefined {
    const file = dotted.replace(/^\.+/, '').replaceAll('.', '/');
    if (file === '') return undefined;
    const path = resolveRepoPath(folderOf(module.path), `${file}.py`);
    return path === undefined ? undefined : this.read(path);
  }

  /** The path that an expression builds from the place of the script, or from a text that names something in the tree. */
  pathOf(expr: PyExpr, module: ScriptModule): RepoPath | undefined {
    const found = this.#path(expr, module, 0);
    if (found === undefined) return undefined;
    if (found.fixed) return repoPath(found.path);
    return [folderOf(module.path), '']
      .flatMap((folder) => resolveRepoPath(repoPath(folder), found.path) ?? [])
      .find((path) => path === '' || this.#host.list().some((file) => file === path || file.startsWith(`${path}/`)));
  }

  #path(expr: PyExpr, module: ScriptModule, depth: number): { fixed: boolean; path: string } | undefined {
    if (depth > 12) return undefined;
    const text = plainString(expr);
    if (text !== undefined) return text.startsWith('/') ? undefined : { fixed: false, path: text };
    const join = (pieces: readonly PyExpr[]): { fixed: boolean; path: string } | undefined => {
      const [first, ...rest] = pieces.map((piece) => this.#path(piece, module, depth + 1));
      return rest.reduce((base, piece) => {
        if (base === undefined || piece === undefined || piece.fixed) return piece?.fixed === true ? piece : undefined;
        const path = base.fixed ? resolveRepoPath(repoPath(base.path), piece.path) : `${base.path}/${piece.path}`;
        return path === undefined ? undefined : { fixed: base.fixed, path };
      }, first);
    };
    const parent = (of: PyExpr): { fixed: boolean; path: string } | undefined => {
      const base = this.#path(of, module, depth + 1);
      return base?.fixed === true ? { fixed: true, path: folderOf(repoPath(base.path)) } : undefined;
    };
    switch (expr.kind) {
      case 'name': {
        if (expr.name === '__file__') return { fixed: true, path: module.path };
        const meaning = this.meaning(expr, module);
        return meaning?.kind === 'value' && meaning.value !== expr
          ? this.#path(meaning.value, meaning.module, depth + 1)
          : undefined;
      }
      case 'attribute':
        return expr.name === 'parent' ? parent(expr.of) : undefined;
      case 'binary':
        return expr.op === '/' ? join([expr.left, expr.right]) : undefined;
      case 'call': {
        const name = lastName(expr.called);
        const args = expr.args.map((arg) => arg.value);
        const [first] = args;
        if (name === 'join' || name === 'joinpath')
          return join(name === 'joinpath' && expr.called.kind === 'attribute' ? [expr.called.of, ...args] : args);
        if (name === 'dirname' && first !== undefined) return parent(first);
        if (first !== undefined && ['str', 'Path', 'abspath', 'realpath', 'fspath', 'normpath'].includes(name ?? ''))
          return this.#path(first, module, depth + 1);
        if (expr.called.kind === 'attribute' && ['resolve', 'absolute', 'as_posix'].includes(expr.called.name))
          return this.#path(expr.called.of, module, depth + 1);
        return undefined;
      }
      default:
        return undefined;
    }
  }
}
