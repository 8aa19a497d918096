import { type RepoPath, resolveRepoPath } from '../core/source.ts';
import { staticText } from '../ir/read-value.ts';
import type { Value } from '../ir/value.ts';

export interface MethodCall {
  readonly operator: string;
  readonly command: Value;
  readonly options: ReadonlyMap<string, Value>;
  readonly workdir: string;
}

/** The source of the method that `py>` or `rb>` calls; undefined where it cannot be found. */
export function methodSource(call: MethodCall, read: (path: RepoPath) => string | undefined): string | undefined {
  const method = staticText(call.command);
  if (method === undefined) return undefined;
  const candidates = call.operator === 'py' ? pythonFiles(method) : call.operator === 'rb' ? rubyFiles(call) : [];
  for (const name of candidates) {
    const path = resolveRepoPath(call.workdir, name);
    const text = path === undefined ? undefined : read(path);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** `tasks.report.Report.run` may be a method of a class or a function of a module. */
function pythonFiles(method: string): readonly string[] {
  const words = method.split('.');
  return words
    .map((_, cut) => words.slice(0, words.length - cut).join('/'))
    .flatMap((path) => [`${path}.py`, `${path}/__init__.py`]);
}

function rubyFiles({ options }: MethodCall): readonly string[] {
  const required = staticText(options.get('require'));
  return required === undefined ? [] : [required.replace(/(?:\.rb)?$/, '.rb')];
}
