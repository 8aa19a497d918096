/** POSIX zone specifications and short names that mean one place. */
const named: Readonly<Record<string, string>> = {
  'JST-9': 'Asia/Tokyo',
  UTC: 'UTC',
  GMT: 'UTC',
  '': 'UTC',
  Japan: 'Asia/Tokyo',
  'Etc/UTC': 'UTC',
};

/** Short names that JavaScript's zone data know and those of Linux do not. */
const notOnLinux = new Set(
  'ACT AET AGT ART AST BET BST CAT CNT CST CTT EAT ECT IET IST JST MIT NET NST PLT PNT PRT PST SST VST'.split(' '),
);

/**
 * The IANA name of the zone that libc takes for a value of `TZ`. Where it finds no such zone it takes UTC without a word, also
 * for a known name in other letters; a name that no program knows is given back as it is.
 */
export function zoneName(written: string): string {
  const name = written.replace(/^:/, '');
  const known = named[name];
  if (known !== undefined) return known;
  const offset = /^(?:[A-Za-z]{3,}|<[-+\w]+>)([-+]?)(\d{1,2})$/.exec(name);
  // POSIX counts hours west of Greenwich, and so do the names of this area.
  if (offset !== null)
    return Number(offset[2]) === 0 ? 'UTC' : `Etc/GMT${offset[1] === '-' ? '-' : '+'}${Number(offset[2])}`;
  return notOnLinux.has(name) || isMiswritten(name) ? 'UTC' : name;
}

function isMiswritten(name: string): boolean {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    return timeZone !== name && timeZone.toLowerCase() === name.toLowerCase();
  } catch {
    return false;
  }
}
