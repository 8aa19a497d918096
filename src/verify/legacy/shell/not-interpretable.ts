/** A construct outside the subset: the run ends with it, and proves nothing. Never leaves this folder. */
export class NotInterpretable extends Error {
  readonly construct: string;
  readonly line: number | undefined;

  constructor(construct: string, line?: number) {
    super(construct);
    this.construct = construct;
    this.line = line;
  }
}
