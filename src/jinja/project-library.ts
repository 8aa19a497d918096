import type { Config } from '../config/schema.ts';
import { createSandbox } from '../sandbox/sandbox.ts';
import { customLibrary } from './custom.ts';
import { builtIn, joinLibraries, type Library } from './library.ts';

/** What the templates of a project can call. The sandbox exists only where the configuration has functions of its own. */
export async function projectLibrary(jinja: Config['jinja']): Promise<Library> {
  const own = [jinja.filters, jinja.tests, jinja.globals].some((bodies) => Object.keys(bodies ?? {}).length > 0);
  return own ? joinLibraries(builtIn, customLibrary(jinja, await createSandbox())) : builtIn;
}
