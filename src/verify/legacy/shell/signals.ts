/** Control flow of a script on its way out of nested commands. Never leaves this folder. */
export class Exit {
  readonly status: number;
  constructor(status: number) {
    this.status = status;
  }
}

export class Return {
  readonly status: number;
  constructor(status: number) {
    this.status = status;
  }
}

export class LoopJump {
  readonly kind: 'break' | 'continue';
  readonly levels: number;
  constructor(kind: 'break' | 'continue', levels: number) {
    this.kind = kind;
    this.levels = levels;
  }
}

/** The script waits for something that never comes. */
export class Forever {}
