/** Ends the reading of a script; caught by `parseShell`, never seen outside. */
export class ShellSyntaxError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}
