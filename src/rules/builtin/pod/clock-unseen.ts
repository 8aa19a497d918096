import { readDateCall } from './clock-date.ts';
import { isLogged } from './substitutions.ts';

/** A look at the clock that no reader understood. */
export interface UnseenClock {
  readonly start: number;
  readonly end: number;
  readonly reason: string;
}

/** `date` where a command may stand, also behind `env`, an assignment or the `$(` of a text for another shell. */
const dateCommand =
  /(?<=^|[\n;&|`{]|[$<]\(\s*\(?\s*|\b(?:then|do|else|env|command|exec|busybox)\s|\s[A-Za-z_]\w*=\S*\s|^[A-Za-z_]\w*=\S*\s|\([A-Za-z_]\w*=\S*\s)[ \t]*(?:\/\S*\/)?g?date(?=[ \t]+[-+\\]|[ \t]*(?:$|[\n;|)`]))/g;

/** Clocks of the shell itself and of awk. */
const otherClocks =
  /\$\{?EPOCH(?:SECONDS|REALTIME)\b|\bprintf\b[^\n]*%\([^)\n]*\)T|\bawk\b[^\n]*\b(?:strftime|systime)\s*\(/g;

/**
 * What asks the clock in a shell text beside the places that were read: never the value itself, only that it is there. A call whose
 * output goes nowhere but into the log asks nothing that matters.
 */
export function findUnseenClocks(
  text: string,
  seen: readonly { readonly start: number; readonly end: number }[],
  zone: string,
): readonly UnseenClock[] {
  const free = (start: number, end: number): boolean =>
    !seen.some((use) => start < use.end && use.start < end) &&
    !isComment(text, start) &&
    !isQuoted(text, start) &&
    !isLogged(text, start);
  const calls = [...text.matchAll(dateCommand)].flatMap((match): readonly UnseenClock[] => {
    const start = match.index + match[0].search(/\S/);
    const [written = ''] = /^[^\n;|&)`]*/.exec(text.slice(start)) ?? [];
    const end = start + written.trimEnd().length;
    if (!free(start, end) || readDateCall(written.trim(), zone)?.kind === 'absolute') return [];
    return isTaken(text, start, end) ? [{ start, end, reason: 'the command around date is not understood' }] : [];
  });
  const others = [...text.matchAll(otherClocks)].flatMap(({ 0: written, index }): readonly UnseenClock[] =>
    free(index, index + written.length)
      ? [{ start: index, end: index + written.length, reason: 'no rule translates it' }]
      : [],
  );
  return [...calls, ...others];
}

function isComment(text: string, at: number): boolean {
  return /(?:^|\s)#[^\n]*$/.test(text.slice(text.lastIndexOf('\n', at - 1) + 1, at));
}

/** Between single quotes, where only the text of another shell is run. */
function isQuoted(text: string, at: number): boolean {
  let open: number | undefined;
  let double = false;
  for (let place = 0; place < at; place += 1) {
    if (text[place] === '\\' && open === undefined) place += 1;
    else if (text[place] === '"' && open === undefined) double = !double;
    else if (text[place] === "'" && !double) open = open === undefined ? place : undefined;
  }
  return open !== undefined && !/(?:\s-[a-z]*c|\beval|\bawk\b[^\n]*)\s*$/.test(text.slice(0, open));
}

/** Whether someone takes what the call prints: a substitution, a pipe, a file, or who calls the function it stands in. */
function isTaken(text: string, start: number, end: number): boolean {
  const before = text.slice(0, start);
  return (
    /(?:[$<]\(|`)[^)`]*$/.test(before) ||
    /^[^\n;&)]*[|>]|^[\s\S]*?\b(?:fi|done|esac)\s*[|>]/.test(text.slice(end)) ||
    /\w\s*\(\)\s*\{[^}]*$/.test(before)
  );
}
