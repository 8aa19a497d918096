import type { Config } from '../config/schema.ts';
import type { Host } from '../core/host.ts';
import { resolveRepoPath } from '../core/source.ts';
import { createSandbox } from '../sandbox/sandbox.ts';
import { customLibrary } from './custom.ts';
import { builtIn, joinLibraries, type Library } from './library.ts';
import { presetLibrary } from './presets/library.ts';

/** What the templates of a project can call. The sandbox exists only where the configuration has functions of its own. */
export async function projectLibrary(jinja: Config['jinja'], host: Host): Promise<Library> {
  const own = [jinja.filters, jinja.tests, jinja.globals].some((bodies) => Object.keys(bodies ?? {}).length > 0);
  const preset = presetLibrary(jinja.preset, {
    env: new Map(Object.entries(jinja.env ?? {})),
    read: (name) => readBelow(name, jinja.search_path ?? [''], host),
  });
  const custom = own ? [customLibrary(jinja, await createSandbox(undefined, 'current'))] : [];
  return joinLibraries(builtIn, preset, ...custom);
}

/** `lookup('file', name)` looks in the folders of the templates and in `files` beside them. */
function readBelow(name: string, folders: readonly string[], host: Host): string | undefined {
  for (const folder of folders.flatMap((each) => [each, `${each}/files`])) {
    const path = resolveRepoPath(folder, name);
    const text = path === undefined ? undefined : host.read(path);
    if (text !== undefined) return text;
  }
  return undefined;
}
