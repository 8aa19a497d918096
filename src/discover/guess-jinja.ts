import type { Config } from '../config/schema.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import type { Host } from '../core/host.ts';
import { folderOf, formatPosition, type RepoPath } from '../core/source.ts';
import type { BuildScript } from './build-script.ts';
import type { Guess } from './project.ts';
import { missingBodies, reportUnread } from './script-bodies.ts';
import type { ScriptName } from './script-names.ts';
import { scriptSettings } from './script-settings.ts';

type Jinja = Config['jinja'];

export interface JinjaGuess {
  readonly jinja: Jinja;
  readonly guesses: readonly Guess[];
}

/** Options of the template engine, as the team's own build script sets them, and the folder that includes start from. */
export function guessJinja(
  jinja: Jinja,
  templates: readonly RepoPath[],
  script: BuildScript | undefined,
  host: Host,
  sink: DiagnosticSink,
): JinjaGuess {
  const guesses: Guess[] = [];
  const settings = script === undefined ? {} : scriptSettings(script, sink);
  const made: Partial<Jinja> = {};
  const guess = (
    key: string,
    value: string,
    seen: string,
    check = 'is this how the manifests are rendered today?',
  ): void => void guesses.push({ key: `jinja.${key}`, what: `jinja.${key}`, guess: value, seen, check });
  for (const [key, value] of Object.entries(settings)) {
    if (Object.entries(jinja).some(([given, present]) => given === key && present !== undefined)) continue;
    Object.assign(made, { [key]: value });
    guess(key, Array.isArray(value) ? value.map(shownPath).join(' ') : String(value), `set in ${script?.module.path}`);
  }
  const path =
    jinja.search_path === undefined && made.search_path === undefined ? searchPath(templates, host) : undefined;
  if (path !== undefined) {
    made.search_path = [path];
    guess('search_path', shownPath(path), 'the files that templates include and import lie there');
  }
  const bodies = script === undefined ? [] : missingBodies(script, jinja);
  const clocks = new Map(
    bodies.flatMap((each) => {
      const expression = clockOf(each, host);
      return expression === undefined ? [] : [[each, expression] as const];
    }),
  );
  for (const [{ name, span }, expression] of clocks) {
    made.clocks = { ...jinja.clocks, ...made.clocks, [name]: expression };
    const check = 'is the date of the session meant, rather than that of the build?';
    guess(`clocks.${name}`, expression, `set in ${formatPosition(span)}`, check);
  }
  for (const { what, name, span, body } of bodies) {
    if (body.kind === 'unread') continue;
    const table: 'filters' | 'tests' | 'globals' = `${what}s`;
    made[table] = { ...jinja[table], ...made[table], [name]: body.text };
    guess(
      `${table}.${name}`,
      body.text,
      `defined in ${formatPosition(span)}`,
      'does this JavaScript give what the Python does, also for booleans, None and whole floats (2.0)?',
    );
  }
  const whole = { ...jinja, ...made };
  reportUnread(
    bodies.filter((each) => each.body.kind === 'unread' && !clocks.has(each)),
    templates,
    host,
    sink,
  );
  return { jinja: whole, guesses };
}

/** The Python expression of a global that is taken from the clock. */
function clockOf({ what, span, body }: ScriptName, host: Host): string | undefined {
  if (what !== 'global' || body.kind !== 'unread') return undefined;
  const text = (host.read(span.file) ?? '').slice(span.start.offset, span.end.offset);
  return /^[\w.(\s-]*\b(?:date|datetime|dt)\.(?:now|utcnow|today)\b[^\n]*$/.test(text) ? text : undefined;
}

function shownPath(path: unknown): string {
  return path === '' ? '.' : String(path);
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
