/** The outside of one call: texts, colour, and where paths start. */
export interface Terminal {
  /** Data. */
  out(text: string): void;
  /** Everything else. */
  err(text: string): void;
  readonly colorOut: boolean;
  readonly colorErr: boolean;
  /** True where progress may be drawn over itself. */
  readonly interactive: boolean;
  readonly columns: number;
  readonly cwd: string;
}

export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  // A reader that went away, such as `head`, is no failure.
  for (const stream of [stdout, stderr]) stream.on('error', ignoreClosedPipe);
  const color = (stream: NodeJS.WriteStream): boolean =>
    (env['NO_COLOR'] ?? '') === '' && ((env['FORCE_COLOR'] ?? '0') !== '0' || stream.isTTY === true);
  return {
    out: (text) => stdout.write(text),
    err: (text) => stderr.write(text),
    colorOut: color(stdout),
    colorErr: color(stderr),
    interactive: stderr.isTTY === true,
    columns: stderr.columns ?? 80,
    cwd: process.cwd(),
  };
}

function ignoreClosedPipe(error: Error): void {
  if (!('code' in error) || error.code !== 'EPIPE') throw error;
}
