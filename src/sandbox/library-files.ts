import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const resolver = createRequire(import.meta.url);

/** The texts the sandbox is loaded with, read from the installed packages `moment` (2.21.0, the version Digdag ships) and `moment-timezone`. */
export function momentSource(): string {
  const source = readFileSync(resolver.resolve('moment/moment.js'), 'utf8');
  // moment asks the clock at each parse, needed or not. Asked only where a text leaves out the date, it tells which results depend on it.
  return source.replace(
    'currentDate = currentDateArray(config);',
    `currentDate = {${[0, 1, 2].map((i) => `get ${i}() { return currentDateArray(config)[${i}]; }`).join(', ')}};`,
  );
}

/** The IANA zone tables in moment-timezone's packed form: the same on every machine, unlike those built into Node. */
export function packedZones(): { readonly zones: readonly string[]; readonly links: readonly string[] } {
  return JSON.parse(readFileSync(resolver.resolve('moment-timezone/data/packed/latest.json'), 'utf8')) as {
    zones: string[];
    links: string[];
  };
}
