// Longer than other files: it runs one grammar, whose commands call each other in every direction.
import { assertNever } from '../../../core/assert-never.ts';
import { evaluateArithmetic } from './arithmetic.ts';
import { assign } from './assign.ts';
import { type Builtin, builtins } from './commands/builtins.ts';
import type { ProgramCall } from './commands/program.ts';
import { programs } from './commands/table.ts';
import { conditionHolds } from './condition.ts';
import { type Expansion, expandPattern, expandText, expandWords } from './expand.ts';
import { NotInterpretable } from './not-interpretable.ts';
import { parseScript } from './parse.ts';
import { matchesPattern } from './pattern.ts';
import { withRedirects } from './redirect.ts';
import { Exit, Forever, LoopJump, Return } from './signals.ts';
import { type ShellFunction, ShellState, type Variable } from './state.ts';
import { Input, knownText, Output, type Streams } from './streams.ts';
import type { Command, List, Word } from './syntax.ts';

/** `$(< file)` prints the file. */
function printing(body: List): List {
  const [only] = body;
  if (body.length !== 1 || only?.kind !== 'simple' || only.words.length + only.assignments.length > 0) return body;
  const { line, redirects } = only;
  if (redirects.length !== 1 || redirects[0]?.kind !== 'read') return body;
  return [{ ...only, words: [{ parts: [{ kind: 'text', text: 'cat', quoted: true }], line }] }];
}

/** What becomes of an exit status: it can end the script, decides something, or does not matter. */
type Use = 'matters' | 'tested' | 'ignored';

const MAX_DEPTH = 100;

export class Interpreter {
  #depth = 0;

  /** A whole script in a process of its own, with its EXIT trap. */
  runProcess(text: string, state: ShellState, streams: Streams, use: Use = 'matters'): number {
    return this.#process(
      () => {
        const list = parseScript(text);
        return this.list(list, state, streams, use);
      },
      state,
      streams,
    );
  }

  #process(body: () => number, state: ShellState, streams: Streams): number {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new NotInterpretable('so deep a nesting of processes');
    const ended = (run: () => number): number => {
      try {
        return run();
      } catch (signal) {
        if (signal instanceof Exit) return signal.status;
        throw signal;
      }
    };
    try {
      state.status = ended(body);
      const trap = state.traps.get('EXIT');
      if (trap === undefined || trap === '') return state.status;
      state.traps.delete('EXIT');
      const before = state.status;
      // Without an exit of its own the trap leaves the status as it was.
      return ended(() => {
        this.list(parseScript(trap), state, streams, 'matters');
        return before;
      });
    } finally {
      this.#depth -= 1;
    }
  }

  list(list: List, state: ShellState, streams: Streams, use: Use): number {
    let status = 0;
    for (const command of list) {
      status = this.#command(command, state, streams, use);
      state.status = status;
    }
    return status;
  }

  #command(command: Command, state: ShellState, streams: Streams, use: Use): number {
    state.machine.step();
    switch (command.kind) {
      case 'simple':
        state.line = command.line;
        return this.#checked(this.#simple(command, state, streams, use), state, streams, use);
      case 'pipeline':
        state.line = command.line;
        return this.#pipeline(command, state, streams, use);
      case 'and-or':
        return this.#andOr(command, state, streams, use);
      case 'if':
        return this.#if(command, state, streams, use);
      case 'loop':
        return this.#loop(command, state, streams, use);
      case 'counting-loop':
        return this.#countingLoop(command, state, streams, use);
      case 'for':
        return this.#for(command, state, streams, use);
      case 'case':
        return this.#case(command, state, streams, use);
      case 'background':
        state.line = command.line;
        this.#background(command.command, state, streams);
        return 0;
      case 'group':
        return this.list(command.body, state, streams, use);
      case 'subshell':
        return this.#checked(this.#subshell(command.body, state, streams, use), state, streams, use);
      case 'function':
        state.functions.set(command.name, { body: command.body, file: state.file });
        return 0;
      case 'condition':
        state.line = command.line;
        return this.#checked(
          conditionHolds(command.words, this.#expansion(state, streams)) ? 0 : 1,
          state,
          streams,
          use,
        );
      case 'arithmetic': {
        state.line = command.line;
        const value = evaluateArithmetic(expandText(command.source, this.#expansion(state, streams)), state);
        return this.#checked(value === 0n ? 1 : 0, state, streams, use);
      }
      case 'redirected':
        return (
          withRedirects(command.redirects, streams, this.#expansion(state, streams), (inner) =>
            this.#command(command.command, state, inner, use),
          ) ?? this.#checked(1, state, streams, use)
        );
      default:
        return assertNever(command);
    }
  }

  #expansion(state: ShellState, streams: Streams): Expansion {
    return {
      state,
      substitute: (body, from) => {
        const out = new Output();
        const inner = from.fork();
        // bash forgets -e in a substitution.
        inner.options = { ...inner.options, errexit: false };
        const status = this.#process(
          () => this.list(printing(body), inner, { ...streams, out }, 'matters'),
          inner,
          streams,
        );
        from.status = status;
        from.statusUnknown = inner.statusUnknown;
        return knownText(out.content);
      },
      process: (body, writes, from) => {
        if (writes) {
          if (!onlyKeepsText(body)) throw new NotInterpretable('>(…) that does more than keep text');
          return '/dev/null';
        }
        const out = new Output();
        const inner = from.fork();
        this.#process(() => this.list(body, inner, { ...streams, out }, 'ignored'), inner, streams);
        const path = state.machine.temporary();
        state.machine.write(path, out.content);
        return path;
      },
    };
  }

  #background(command: Command, state: ShellState, streams: Streams): void {
    const inner = state.fork();
    inner.jobs = [];
    const run = (): number => this.#process(() => this.#command(command, inner, streams, 'matters'), inner, streams);
    const done = state.machine.beside(run);
    const pid = String(1000 + done.lane);
    const unknown = inner.statusUnknown === undefined ? {} : { statusUnknown: inner.statusUnknown };
    state.jobs = [...state.jobs, { pid, ...done, ...unknown }];
    state.lastJob = pid;
  }

  /** What `set -e` and `trap … ERR` do about a failure. */
  #checked(status: number, state: ShellState, streams: Streams, use: Use): number {
    state.status = status;
    if (status === 0 || use !== 'matters') return status;
    const trap = state.traps.get('ERR');
    if (trap !== undefined && (state.frames.length === 0 || state.options.errtrace)) {
      state.traps.delete('ERR');
      this.list(parseScript(trap), state, streams, 'matters');
      state.traps.set('ERR', trap);
      state.status = status;
    }
    if (state.options.errexit) throw new Exit(status);
    return status;
  }

  #subshell(body: List, state: ShellState, streams: Streams, use: Use): number {
    const inner = state.fork();
    return this.#process(() => this.list(body, inner, streams, use), inner, streams);
  }

  #pipeline(command: Extract<Command, { kind: 'pipeline' }>, state: ShellState, streams: Streams, use: Use): number {
    const inside: Use = command.negated ? 'tested' : use;
    const statuses: number[] = [];
    let input = streams.in;
    const [only] = command.commands;
    if (command.commands.length === 1 && only !== undefined) statuses.push(this.#command(only, state, streams, inside));
    else
      for (const [at, part] of command.commands.entries()) {
        const last = at === command.commands.length - 1;
        const out = last ? streams.out : new Output();
        statuses.push(this.#subshell([part], state, { ...streams, in: input, out }, inside));
        input = new Input(out.content);
      }
    const failed = state.options.pipefail ? statuses.findLast((status) => status !== 0) : statuses.at(-1);
    const status = failed ?? 0;
    state.pipeline = statuses;
    if (command.negated) return status === 0 ? 1 : 0;
    return command.commands.length === 1 ? status : this.#checked(status, state, streams, use);
  }

  #andOr(command: Extract<Command, { kind: 'and-or' }>, state: ShellState, streams: Streams, use: Use): number {
    const right = command.right;
    const word = right.kind === 'simple' ? right.words[0]?.parts[0] : undefined;
    const harmless = command.operator === '||' && word?.kind === 'text' && (word.text === 'true' || word.text === ':');
    const status = this.#command(command.left, state, streams, harmless ? 'ignored' : 'tested');
    state.status = status;
    if ((status === 0) === (command.operator === '||')) return status;
    return this.#command(right, state, streams, use);
  }

  #if(command: Extract<Command, { kind: 'if' }>, state: ShellState, streams: Streams, use: Use): number {
    for (const branch of command.branches) {
      if (this.list(branch.test, state, streams, 'tested') === 0) return this.list(branch.body, state, streams, use);
    }
    return command.otherwise === undefined ? 0 : this.list(command.otherwise, state, streams, use);
  }

  #loop(command: Extract<Command, { kind: 'loop' }>, state: ShellState, streams: Streams, use: Use): number {
    const { machine } = state;
    let status = 0;
    for (;;) {
      const before = { version: machine.version, seconds: machine.seconds };
      const holds = this.list(command.test, state, streams, 'tested') === 0;
      if (holds === command.until) return status;
      const turn = this.#turn(command.body, state, streams, use);
      if (turn.over) return turn.status;
      status = turn.status;
      // Time has passed, nothing else has changed: no later turn can differ from this one.
      if (machine.seconds > before.seconds && machine.version === before.version) throw new Forever();
    }
  }

  #countingLoop(
    command: Extract<Command, { kind: 'counting-loop' }>,
    state: ShellState,
    streams: Streams,
    use: Use,
  ): number {
    const value = (word: Word, empty: bigint): bigint => {
      const text = expandText(word, this.#expansion(state, streams));
      return text.trim() === '' ? empty : evaluateArithmetic(text, state);
    };
    value(command.first, 0n);
    let status = 0;
    while (value(command.test, 1n) !== 0n) {
      state.machine.step();
      const turn = this.#turn(command.body, state, streams, use);
      status = turn.status;
      if (turn.over) return status;
      value(command.next, 0n);
    }
    return status;
  }

  #for(command: Extract<Command, { kind: 'for' }>, state: ShellState, streams: Streams, use: Use): number {
    const values =
      command.words === undefined ? state.positional : expandWords(command.words, this.#expansion(state, streams));
    let status = 0;
    for (const value of values) {
      state.set(command.name, value);
      const turn = this.#turn(command.body, state, streams, use);
      status = turn.status;
      if (turn.over) return status;
    }
    return status;
  }

  #turn(
    body: List,
    state: ShellState,
    streams: Streams,
    use: Use,
  ): { readonly over: boolean; readonly status: number } {
    try {
      return { over: false, status: this.list(body, state, streams, use) };
    } catch (signal) {
      if (!(signal instanceof LoopJump)) throw signal;
      if (signal.levels > 1) throw new LoopJump(signal.kind, signal.levels - 1);
      return { over: signal.kind === 'break', status: 0 };
    }
  }

  #case(command: Extract<Command, { kind: 'case' }>, state: ShellState, streams: Streams, use: Use): number {
    const expansion = this.#expansion(state, streams);
    const text = expandText(command.word, expansion);
    const arm = command.arms.find(({ patterns }) =>
      patterns.some((pattern) => matchesPattern(text, expandPattern(pattern, expansion))),
    );
    return arm === undefined ? 0 : this.list(arm.body, state, streams, use);
  }

  #simple(command: Extract<Command, { kind: 'simple' }>, state: ShellState, streams: Streams, use: Use): number {
    const expansion = this.#expansion(state, streams);
    const words = expandWords(command.words, expansion);
    if (words.length === 0) {
      // The status of an assignment is that of its last substitution.
      const substitutes = [...command.assignments.map(({ value }) => value), ...command.words].some(({ parts }) =>
        parts.some((part) => part.kind === 'command'),
      );
      for (const assignment of command.assignments) assign(assignment, expansion);
      const status = substitutes ? state.status : 0;
      if (!substitutes) state.statusUnknown = undefined;
      return withRedirects(command.redirects, streams, expansion, () => status) ?? 1;
    }
    const given = command.assignments.map(({ name, value, index, items, append }): readonly [string, Variable] => {
      if (index !== undefined || items !== undefined || append === true)
        throw new NotInterpretable('an array or += before a command');
      return [name, { value: expandText(value, expansion), exported: true }];
    });
    state.statusUnknown = undefined;
    const status =
      withRedirects(command.redirects, streams, expansion, (inner) => this.run(words, state, inner, use, given)) ?? 1;
    state.pipeline = [status];
    for (const array of command.arrays ?? []) assign(array, expansion);
    return status;
  }

  /** One command by its words: function, builtin, program, script of the tree, or something unknown. */
  run(
    words: readonly string[],
    state: ShellState,
    streams: Streams,
    use: Use,
    given: readonly (readonly [string, Variable])[] = [],
    functions = true,
  ): number {
    const [name = '', ...args] = words;
    const before = given.map(([key]) => [key, state.variables.get(key)] as const);
    for (const [key, variable] of given) state.variables.set(key, variable);
    try {
      const called = functions ? state.functions.get(name) : undefined;
      if (called !== undefined) return this.#call(called, args, state, streams, use);
      const builtin = builtins.get(name);
      if (builtin !== undefined) return this.#builtin(builtin, name, args, state, streams, use);
      const call: ProgramCall = { name, args, streams, state };
      const status = programs.get(installed.test(name) ? name.replace(/^.*\//, '') : name)?.(call);
      if (status !== undefined && status !== 'unknown') return status;
      return this.#script(words, state, streams, use) ?? unknownProgram(words, state, streams, use);
    } finally {
      for (const [key, variable] of before) {
        if (variable === undefined) state.variables.delete(key);
        else state.variables.set(key, variable);
      }
    }
  }

  #builtin(
    builtin: Builtin,
    name: string,
    args: readonly string[],
    state: ShellState,
    streams: Streams,
    use: Use,
  ): number {
    return builtin({
      name,
      args,
      streams,
      state,
      run: (words) => this.run(words, state, streams, use),
      runProgram: (words) => this.run(words, state, streams, use, [], false),
      evaluate: (text) => this.list(parseScript(text), state, streams, use),
      runScript: (text, script, positional) => this.#newProcess(text, script, positional, state, streams),
    });
  }

  #call({ body, file }: ShellFunction, args: readonly string[], state: ShellState, streams: Streams, use: Use): number {
    const { positional: outer, file: outerFile } = state;
    state.file = file;
    const frame = new Map<string, Variable | undefined>();
    state.positional = args;
    state.frames.push(frame);
    if (state.frames.length > MAX_DEPTH) throw new NotInterpretable('so deep a nesting of functions');
    try {
      return this.#command(body, state, streams, use);
    } catch (signal) {
      if (!(signal instanceof Return)) throw signal;
      return this.#checked(signal.status, state, streams, use);
    } finally {
      state.frames.pop();
      state.positional = outer;
      state.file = outerFile;
      for (const [key, variable] of frame) {
        if (variable === undefined) state.variables.delete(key);
        else state.variables.set(key, variable);
      }
    }
  }

  /** A shell script of the tree; undefined where the path names none. */
  #script(words: readonly string[], state: ShellState, streams: Streams, use: Use): number | undefined {
    const [name = '', ...args] = words;
    if (!name.includes('/')) return undefined;
    const content = state.machine.read(state.path(name));
    if (content === undefined) return undefined;
    const text = knownText(content);
    const first = /^#!\s*(\S+)(?:\s+(\S+))?(.*)/.exec(text);
    const shell = first === null ? 'sh' : ((first[1]?.endsWith('/env') ? first[2] : first[1]) ?? '');
    if (!/(?:^|\/)(?:ba|da|)sh$/.test(shell)) return unknownProgram(words, state, streams, use);
    const flags = first?.[1]?.endsWith('/env') ? '' : (first?.[2] ?? '');
    return this.#newProcess(
      flags.startsWith('-') ? `set ${flags}\n${text.replace(/^.*\n/, '')}` : text,
      name,
      args,
      state,
      streams,
    );
  }

  #newProcess(
    text: string,
    script: string,
    positional: readonly string[],
    state: ShellState,
    streams: Streams,
  ): number {
    const inner = new ShellState(state.machine, script, state.folder, state.environment(), positional);
    try {
      return this.runProcess(text, inner, streams);
    } catch (error) {
      throw error instanceof NotInterpretable && error.line === undefined
        ? new NotInterpretable(`${error.construct} in ${script}`, inner.line)
        : error;
    }
  }
}

/** Where programs of the system are, under their own names. */
const installed = /^\/(?:usr\/)?(?:local\/)?s?bin\/[^/]+$/;

const textPrograms: ReadonlySet<string> = new Set(['awk', 'cat', 'grep', 'logger', 'sed', 'tee', 'ts']);

/** Programs that only pass text on. */
function onlyKeepsText(body: List): boolean {
  return body.every((command) => {
    if (command.kind === 'pipeline') return onlyKeepsText(command.commands);
    const word = command.kind === 'simple' ? command.words[0]?.parts[0] : undefined;
    return word?.kind === 'text' && textPrograms.has(word.text);
  });
}

/** A program nobody here knows: it is an effect, and neither its output nor its status is known. */
function unknownProgram(words: readonly string[], state: ShellState, streams: Streams, use: Use): number {
  const [name = ''] = words;
  const decides = !state.machine.assumeSuccess;
  if (use === 'tested' && decides) throw new NotInterpretable(`the exit status of ${name}`);
  streams.out.writeUnknown(name);
  state.machine.record({ kind: 'call', words });
  if (decides) state.statusUnknown = name;
  return 0;
}
