import type { Config } from '../config/schema.ts';
import type { Host } from '../core/host.ts';
import { folderOf, type RepoPath } from '../core/source.ts';
import type { Guess } from './project.ts';

type Jinja = Config['jinja'];

export interface JinjaGuess {
  readonly jinja: Jinja;
  readonly guesses: readonly Guess[];
}

const flags = ['trim_blocks', 'lstrip_blocks', 'keep_trailing_newline'] as const;
const undefinedKinds: readonly (readonly [RegExp, NonNullable<Jinja['undefined']>])[] = [
  [/\bStrictUndefined\b/, 'strict'],
  [/\bChainableUndefined\b/, 'chainable'],
  [/\bDebugUndefined\b/, 'debug'],
];

/** Options of the template engine, as the team's own build script sets them, and the folder that includes start from. */
export function guessJinja(jinja: Jinja, templates: readonly RepoPath[], host: Host): JinjaGuess {
  const guesses: Guess[] = [];
  const made: Partial<Jinja> = {};
  const script = host
    .list()
    .find((path) => path.endsWith('.py') && /\bjinja2\b[\s\S]*\bEnvironment\(/.test(host.read(path) ?? ''));
  const text = script === undefined ? '' : (host.read(script) ?? '').replaceAll(/#.*$/gm, '');
  const guess = (key: string, value: string, seen: string): void => {
    guesses.push({
      key: `jinja.${key}`,
      what: `jinja.${key}`,
      guess: value,
      seen,
      check: 'is this how the manifests are rendered today?',
    });
  };
  for (const flag of flags) {
    const value = new RegExp(`\\b${flag}\\s*=\\s*(True|False)\\b`).exec(text)?.[1];
    if (jinja[flag] !== undefined || value === undefined) continue;
    made[flag] = value === 'True';
    guess(flag, String(value === 'True'), `set in ${script}`);
  }
  const kind = undefinedKinds.find(([pattern]) => pattern.test(text.replaceAll(/^\s*(?:from|import)\b.*$/gm, '')))?.[1];
  if (jinja.undefined === undefined && kind !== undefined) {
    made.undefined = kind;
    guess('undefined', kind, `set in ${script}`);
  }
  const path = jinja.search_path === undefined ? searchPath(templates, host) : undefined;
  if (path !== undefined) {
    made.search_path = [path];
    guess('search_path', path === '' ? '.' : path, 'the files that templates include and import lie there');
  }
  return { jinja: { ...jinja, ...made }, guesses };
}

/** The folder in which every included file is found; undefined where the folders of the templates do, or no folder does. */
function searchPath(templates: readonly RepoPath[], host: Host): string | undefined {
  const files = new Set(host.list());
  const names = new Set(
    templates.flatMap((path) =>
      [...(host.read(path) ?? '').matchAll(/\{%-?\s*(?:include|import|from|extends)\s+['"]([^'"]+)['"]/g)].map(
        (match) => match[1] ?? '',
      ),
    ),
  );
  const folders = new Set(templates.map(folderOf));
  const holds = (folder: string, name: string): boolean => files.has(folder === '' ? name : `${folder}/${name}`);
  if ([...names].every((name) => [...folders].some((folder) => holds(folder, name)))) return undefined;
  const candidates = [...new Set([...folders].flatMap(ancestors))].sort((a, b) => b.length - a.length);
  return candidates.find((folder) => [...names].every((name) => holds(folder, name)));
}

function ancestors(folder: string): readonly string[] {
  return folder === '' ? [''] : [folder, ...ancestors(folderOf(folder))];
}
