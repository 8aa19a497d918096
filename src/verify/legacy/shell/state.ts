import type { Machine } from './machine.ts';
import { NotInterpretable } from './not-interpretable.ts';
import type { Command } from './syntax.ts';

export interface Variable {
  readonly value: string;
  readonly exported: boolean;
}

export interface Options {
  readonly errexit: boolean;
  readonly nounset: boolean;
  readonly pipefail: boolean;
  readonly errtrace: boolean;
}

const noOptions: Options = { errexit: false, nounset: false, pipefail: false, errtrace: false };

/** One shell process. A subshell works on a copy. */
export class ShellState {
  readonly machine: Machine;
  /** What `$0` says, and where a message about a construct points. */
  readonly script: string;
  readonly variables: Map<string, Variable>;
  readonly functions: Map<string, Command>;
  readonly traps: Map<string, string>;
  positional: readonly string[];
  options: Options;
  folder: string;
  status = 0;
  /** The program whose exit status nobody can know, where the last status is its. */
  statusUnknown: string | undefined;
  line = 1;
  /** When SECONDS was zero. */
  #secondsFrom: number;
  /** One frame per running function: what `local` must put back. */
  readonly frames: Map<string, Variable | undefined>[] = [];

  constructor(
    machine: Machine,
    script: string,
    folder: string,
    variables: Map<string, Variable>,
    positional: readonly string[],
  ) {
    this.machine = machine;
    this.script = script;
    this.folder = folder;
    this.variables = variables;
    this.positional = positional;
    this.functions = new Map();
    this.traps = new Map();
    this.options = noOptions;
    this.#secondsFrom = machine.seconds;
  }

  /** A copy whose changes stay its own; traps are not inherited. */
  fork(): ShellState {
    const copy = new ShellState(this.machine, this.script, this.folder, new Map(this.variables), this.positional);
    for (const [name, body] of this.functions) copy.functions.set(name, body);
    copy.options = this.options;
    copy.#secondsFrom = this.#secondsFrom;
    copy.status = this.status;
    copy.line = this.line;
    copy.frames.push(...this.frames.map((frame) => new Map(frame)));
    return copy;
  }

  get(name: string): string | undefined {
    if (/^[1-9]\d*$/.test(name)) return this.positional[Number(name) - 1];
    switch (name) {
      case '0':
        return this.script;
      case '#':
        return String(this.positional.length);
      case '?':
        if (this.statusUnknown !== undefined) throw new NotInterpretable(`the exit status of ${this.statusUnknown}`);
        return String(this.status);
      case '*':
      case '@':
        return this.positional.length === 0 ? undefined : this.positional.join(' ');
      case '!':
        if (this.machine.assumeSuccess) return '1';
        throw new NotInterpretable('$!');
      case '-':
      case '$':
        throw new NotInterpretable(`$${name}`);
      case 'PWD':
        return this.folder;
      case 'LINENO':
        return String(this.line);
      case 'SECONDS':
        // Who asks the clock may do something else the next time.
        this.machine.version += 1;
        return String(Math.floor(this.machine.seconds - this.#secondsFrom));
      case 'RANDOM':
      case 'BASH_SOURCE':
      case 'FUNCNAME':
      case 'PIPESTATUS':
      case 'EPOCHSECONDS':
        throw new NotInterpretable(`$${name}`);
      default:
        return this.variables.get(name)?.value;
    }
  }

  set(name: string, value: string, exported?: boolean): void {
    const before = this.variables.get(name);
    if (before?.value !== value) this.machine.version += 1;
    if (name === 'SECONDS') this.#secondsFrom = this.machine.seconds - (Number.parseInt(value, 10) || 0);
    this.variables.set(name, { value, exported: exported ?? before?.exported ?? false });
  }

  unset(name: string): void {
    if (this.variables.delete(name)) this.machine.version += 1;
  }

  /** Where `local` is used: the value before comes back when the function ends. */
  keepForFrame(name: string): void {
    const frame = this.frames.at(-1);
    if (frame !== undefined && !frame.has(name)) frame.set(name, this.variables.get(name));
  }

  environment(): Map<string, Variable> {
    return new Map([...this.variables].filter(([, variable]) => variable.exported));
  }

  path(name: string): string {
    return this.machine.absolute(this.folder, name);
  }
}
