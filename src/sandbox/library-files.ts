import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const resolver = createRequire(import.meta.url);

/**
 * The text of moment (2.21.0, the version Digdag ships), with two changes that no expression can see.
 * It must be run where `rememberParsed` of `parsed-prelude.ts` is a global variable.
 */
export function momentSource(): string {
  let source = readFileSync(resolver.resolve('moment/moment.js'), 'utf8');
  for (const [from, to] of changes) {
    if (!source.includes(from)) throw new Error(`moment 2.21.0 has no "${from}"`);
    source = source.replace(from, to);
  }
  return source;
}

const changes: readonly (readonly [string, string])[] = [
  // moment asks the clock at each parse, needed or not. Asked only where a text leaves out the date, it tells which results depend on it.
  [
    'currentDate = currentDateArray(config);',
    `currentDate = {${[0, 1, 2].map((i) => `get ${i}() { return currentDateArray(config)[${i}]; }`).join(', ')}};`,
  ],
  // Expressions parse the same few session times again and again, which costs more than all else that they do.
  [
    'return createLocalOrUTC(input, format, locale, strict, false);',
    `if (typeof input === 'string' && format === undefined && locale === undefined && strict === undefined) {
      return parsed(input, getLocale());
    }
    return createLocalOrUTC(input, format, locale, strict, false);`,
  ],
  [
    'function createLocal (',
    `var parsed = rememberParsed(
      function (text) { return createLocalOrUTC(text, undefined, undefined, undefined, false); },
      function (moment) { return new Moment(moment); }
    );
    function createLocal (`,
  ],
];

/** The IANA zone tables in moment-timezone's packed form: the same on every machine, unlike those built into Node. */
export function packedZones(): { readonly zones: readonly string[]; readonly links: readonly string[] } {
  return JSON.parse(readFileSync(resolver.resolve('moment-timezone/data/packed/latest.json'), 'utf8')) as {
    zones: string[];
    links: string[];
  };
}
