import type { BackgroundJob } from './background.ts';
import type { Machine } from './machine.ts';
import { NotInterpretable } from './not-interpretable.ts';
import type { Command } from './syntax.ts';

export interface Variable {
  readonly value: string;
  readonly exported: boolean;
  /** The elements of an array; `value` is then that of 0. */
  readonly items?: ReadonlyMap<string, string>;
  /** Any text is a key of the array, not only a number. */
  readonly keyed?: boolean;
}

export interface Options {
  readonly errexit: boolean;
  readonly nounset: boolean;
  readonly pipefail: boolean;
  readonly errtrace: boolean;
}

const noOptions: Options = { errexit: false, nounset: false, pipefail: false, errtrace: false };

export interface ShellFunction {
  readonly body: Command;
  /** The file it was read from. */
  readonly file: string;
}

/** What nobody can know beforehand; where it gets into a Job's pod, nothing is proved. */
export const RANDOM = '<random>';

/** One shell process. A subshell works on a copy. */
export class ShellState {
  readonly machine: Machine;
  /** What `$0` says, and where a message about a construct points. */
  readonly script: string;
  readonly variables: Map<string, Variable>;
  readonly functions: Map<string, ShellFunction>;
  readonly traps: Map<string, string>;
  positional: readonly string[];
  options: Options;
  folder: string;
  status = 0;
  /** The program whose exit status nobody can know, where the last status is its. */
  statusUnknown: string | undefined;
  line = 1;
  /** The file whose commands run: the script, or what it sources. */
  file: string;
  /** Background commands of this process that nobody has waited for, and those someone has. */
  jobs: readonly BackgroundJob[] = [];
  ended: readonly BackgroundJob[] = [];
  lastJob: string | undefined;
  /** The status of each command of the last pipeline. */
  pipeline: readonly number[] = [0];
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
    this.file = script;
    this.folder = folder;
    this.variables = variables;
    this.positional = positional;
    this.functions = new Map();
    this.traps = new Map();
    this.options = noOptions;
    this.#secondsFrom = machine.seconds;
    if (!variables.has('OPTIND')) this.set('OPTIND', '1');
  }

  /** A copy whose changes stay its own; traps are not inherited. */
  fork(): ShellState {
    const copy = new ShellState(this.machine, this.script, this.folder, new Map(this.variables), this.positional);
    for (const [name, body] of this.functions) copy.functions.set(name, body);
    copy.options = this.options;
    copy.status = this.status;
    copy.line = this.line;
    copy.file = this.file;
    copy.jobs = this.jobs;
    copy.lastJob = this.lastJob;
    copy.#secondsFrom = this.#secondsFrom;
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
        return this.lastJob;
      case '-':
        throw new NotInterpretable(`$${name}`);
      case '$':
      case 'RANDOM':
        return RANDOM;
      case 'PWD':
        return this.folder;
      case 'LINENO':
        return String(this.line);
      case 'SECONDS':
        this.machine.version += 1;
        return String(Math.floor(this.machine.seconds - this.#secondsFrom));
      case 'EPOCHSECONDS':
        return String(this.machine.now());
      case 'BASH_SOURCE':
        return this.file;
      case 'PIPESTATUS':
        return String(this.pipeline[0] ?? 0);
      case 'FUNCNAME':
        throw new NotInterpretable(`$${name}`);
      default: {
        const variable = this.variables.get(name);
        return variable?.items === undefined ? variable?.value : variable.items.get('0');
      }
    }
  }

  /** The elements of an array, by key; a plain variable is an array of one. */
  items(name: string): ReadonlyMap<string, string> {
    if (name === 'PIPESTATUS') return new Map(this.pipeline.map((status, at) => [String(at), String(status)]));
    if (name === 'BASH_SOURCE') return new Map([['0', this.file]]);
    const variable = this.variables.get(name);
    if (variable === undefined) return new Map();
    return variable.items ?? new Map([['0', variable.value]]);
  }

  setItems(name: string, items: ReadonlyMap<string, string>, keyed: boolean): void {
    const before = this.variables.get(name);
    this.machine.version += 1;
    const sorted = keyed ? items : new Map([...items].sort(([a], [b]) => Number(a) - Number(b)));
    this.variables.set(name, {
      value: sorted.get('0') ?? '',
      exported: before?.exported ?? false,
      items: sorted,
      ...(keyed ? { keyed } : {}),
    });
  }

  set(name: string, value: string, exported?: boolean): void {
    if (name === 'SECONDS') this.#secondsFrom = this.machine.seconds - (Number.parseInt(value, 10) || 0);
    const before = this.variables.get(name);
    if (before?.items !== undefined) {
      this.setItems(name, new Map([...before.items, ['0', value]]), before.keyed ?? false);
      return;
    }
    if (before?.value !== value) this.machine.version += 1;
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
