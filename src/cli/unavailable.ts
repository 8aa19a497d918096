/** What the command line knows and this version cannot do yet; the one list of it. */
const reasons = {
  dedup: 'the search for near-identical jobs',
  'convert --dedup': 'merging near-identical jobs',
} as const;

export type Unavailable = keyof typeof reasons;

export const unavailable: readonly Unavailable[] = ['dedup', 'convert --dedup'];

/** What the user reads instead of a result. */
export function unavailableText(what: Unavailable): string {
  return `error: \`dig2argo ${what}\` (${reasons[what]}) is not available in this version\n`;
}

/** Ends the help of a command that is not there yet. */
export const unavailableNote = '\nNot available in this version: the command only says so, and exits with 2.\n';
