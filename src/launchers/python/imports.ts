import type { Provenance } from '../../ir/value.ts';
import { literalText } from '../shell/text-value.ts';
import type { PyReader } from './evaluate.ts';
import type { PyModule, PyValue } from './value.ts';

/** What an import brings in: names of the project's own modules, else a name of a library. */
export function importedNames(
  reader: PyReader,
  name: string,
  as: string,
  module: PyModule,
): readonly (readonly [string, PyValue])[] {
  const absolute = absoluteName(name, module, reader.step.workdir);
  const pieces = absolute.split('.');
  const last = pieces.at(-1) ?? '';
  const own = reader.module(pieces.slice(0, -1).join('.'));
  if (own !== undefined && last === '*') return [...own.names];
  const found = own?.names.get(last);
  if (found !== undefined) return [[as, found]];
  const whole = reader.module(absolute);
  return [[as, whole === undefined ? { kind: 'library', name: absolute } : { kind: 'dict', entries: whole.names }]];
}

/** `.common` in `tasks/kube.py` is `tasks.common`. */
function absoluteName(name: string, module: PyModule, workdir: string): string {
  const dots = /^\.+/.exec(name)?.[0].length ?? 0;
  if (dots === 0) return name;
  const folder = module.path.slice(0, Math.max(0, module.path.lastIndexOf('/')));
  const packages = (workdir === '' ? folder : folder.slice(workdir.length + 1))
    .split('/')
    .filter((part) => part !== '');
  return [...packages.slice(0, packages.length - dots + 1), ...name.slice(dots).split('.')].join('.');
}

/** Names that Python itself gives. */
export function builtin(name: string, module: PyModule, from: Provenance): PyValue | undefined {
  if (name === '__file__') return { kind: 'text', text: literalText(`/${module.path}`, from) };
  return /^(?:str|int|float|bool|open|dict|list|len|print|format|super|isinstance|getattr|range)$/.test(name)
    ? { kind: 'library', name: `builtins.${name}` }
    : undefined;
}
