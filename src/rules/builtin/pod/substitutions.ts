import { expansionEnd, readCommands } from './shell-commands.ts';

/** A command substitution in shell text: `$(…)` or backticks. */
export interface Substitution {
  readonly start: number;
  readonly end: number;
  /** The command inside; backslashes before backticks and dollars taken off. */
  readonly inner: string;
}

/** The outermost command substitutions that the shell would run, in order; those in single quotes are none. */
export function findSubstitutions(text: string): readonly Substitution[] {
  const found: Substitution[] = [];
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '\\') at += 1;
    else if (char === '#' && !quoted && /(?:^|[\s;&|])$/.test(text.slice(0, at))) {
      const end = text.indexOf('\n', at);
      if (end < 0) return found;
      at = end;
    } else if (char === '"') quoted = !quoted;
    else if (char === "'" && !quoted) {
      const close = text.indexOf("'", at + 1);
      if (close < 0) return found;
      at = close;
    } else if (char === '`' || text.startsWith('$(', at)) {
      if (text.startsWith('$((', at)) {
        at += 2;
        continue;
      }
      const end = expansionEnd(text, at);
      if (end === undefined) return found;
      found.push({ start: at, end, inner: innerText(text.slice(at, end)) });
      at = end - 1;
    }
  }
  return found;
}

/** Calls of a command outside substitutions whose output goes on: into a pipe or a file. */
export function findPipedCalls(text: string, isCall: (source: string) => boolean): readonly Substitution[] {
  const commands = readCommands(text) ?? [];
  return commands.flatMap((command) => {
    const source = text.slice(command.start, command.end);
    const goesOn = command.separator === '|' || command.redirections.length > 0;
    return goesOn && isCall(source) ? [{ start: command.start, end: command.end, inner: source }] : [];
  });
}

function innerText(written: string): string {
  return written.startsWith('`')
    ? written
        .slice(1, -1)
        .replace(/\\([`$\\])/g, '$1')
        .trim()
    : written.slice(2, -1).trim();
}

/** True where the text around an offset only prints: `echo "start $(date)"` to the container's log. */
export function isLogged(text: string, at: number): boolean {
  const before = text.slice(0, at);
  const start = Math.max(...['\n', ';', '&', '|'].map((mark) => before.lastIndexOf(mark))) + 1;
  const line = /^[^\n;]*/.exec(text.slice(start))?.[0] ?? '';
  return /^\s*(?:echo|printf(?!\s+-v)|logger)\b/.test(line) && !/[>|]/.test(line);
}
