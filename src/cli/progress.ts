import type { CliContext } from './context.ts';

/** One line on a terminal that says what is being done; nothing elsewhere. */
export interface Progress {
  readonly step: (what: string, done?: number, total?: number) => void;
  /** Takes the line away again. */
  readonly end: () => void;
}

const CLEAR = '\r\u001b[K';

export function progressOf({ terminal, quiet }: CliContext): Progress {
  if (!terminal.interactive || quiet()) return { step: () => undefined, end: () => undefined };
  let shown = '';
  return {
    step: (what, done, total) => {
      const count = done === undefined || total === undefined ? '' : ` ${done}/${total}`;
      const text = `${what}${count} …`.slice(0, Math.max(10, terminal.columns - 1));
      if (text === shown) return;
      shown = text;
      terminal.err(`${CLEAR}${text}`);
    },
    end: () => {
      if (shown !== '') terminal.err(CLEAR);
      shown = '';
    },
  };
}
