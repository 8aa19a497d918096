/** The reason that marks an expression whose name nothing sets: Digdag fails every task that sees it. */
export function unknownName(name: string): string {
  return `no parameter ${name} is known here`;
}

export function isUnknownName(reason: string): boolean {
  return /^no parameter .* is known here$/.test(reason);
}

/** The reason that marks a text as read from the clock of the worker when the launcher ran. */
export const WORKER_CLOCK = "the worker's clock";
/** The reason that marks a text as read from the clock when the templates were rendered. */
export const BUILD_CLOCK = 'the clock at the time of rendering';
