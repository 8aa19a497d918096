import { evaluateArithmetic } from '../arithmetic.ts';
import { NotInterpretable } from '../not-interpretable.ts';
import { Exit, LoopJump, Return } from '../signals.ts';
import { knownText } from '../streams.ts';
import { getopts } from './getopts.ts';
import { jobs, kill, wait } from './jobs.ts';
import { echo, printf } from './print.ts';
import { durationSeconds, type Program, type ProgramCall, refuse } from './program.ts';
import { readBuiltin } from './read.ts';
import { set } from './set.ts';
import { programs } from './table.ts';
import { test } from './test.ts';

export interface BuiltinCall extends ProgramCall {
  /** Runs words as a command, in the same shell. */
  run(words: readonly string[]): number;
  /** The same, but no function. */
  readonly runProgram: (words: readonly string[]) => number;
  /** Runs text as commands, in the same shell. */
  evaluate(text: string): number;
  /** Runs text as a script of its own. */
  runScript(text: string, script: string, positional: readonly string[]): number;
}

export type Builtin = (call: BuiltinCall) => number;

const succeed: Program = () => 0;

/** What the shell itself does, and the programs that do nothing but start another one. */
export const builtins: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  [':', succeed],
  ['true', succeed],
  ['false', () => 1],
  ['echo', echo],
  ['printf', printf],
  ['test', test],
  ['[', test],
  ['set', set],
  ['read', readBuiltin],
  ['getopts', getopts],
  ['shopt', succeed],
  ['umask', succeed],
  ['wait', wait],
  ['jobs', jobs],
  ['kill', kill],
  ['disown', succeed],
  ['hash', succeed],
  ['ulimit', succeed],
  ['type', whichProgram],
  ['which', whichProgram],
  ['cd', changeFolder],
  ['pwd', printFolder],
  ['export', declare],
  ['readonly', declare],
  ['local', declare],
  ['declare', declare],
  ['typeset', declare],
  ['unset', unset],
  ['shift', shift],
  [
    'exit',
    ({ args, state }) => {
      throw new Exit(statusOf(args[0], state.status));
    },
  ],
  [
    'return',
    ({ args, state }) => {
      throw new Return(statusOf(args[0], state.status));
    },
  ],
  [
    'break',
    ({ args }) => {
      throw new LoopJump('break', Number(args[0] ?? 1));
    },
  ],
  [
    'continue',
    ({ args }) => {
      throw new LoopJump('continue', Number(args[0] ?? 1));
    },
  ],
  ['trap', trap],
  ['eval', ({ args, evaluate }) => evaluate(args.join(' '))],
  ['let', ({ args, state }) => (args.map((text) => evaluateArithmetic(text, state)).at(-1) === 0n ? 1 : 0)],
  ['.', source],
  ['source', source],
  ['exec', exec],
  ['command', command],
  ['builtin', ({ args, run }) => run(args)],
  ['env', env],
  ['nohup', ({ args, run }) => run(args)],
  ['time', ({ args, run }) => run(args)],
  ['timeout', timeout],
  ['sh', shell],
  ['bash', shell],
  ['/bin/sh', shell],
  ['/bin/bash', shell],
]);

function statusOf(word: string | undefined, last: number): number {
  if (word === undefined) return last;
  if (!/^\d+$/.test(word)) throw new NotInterpretable(`exit ${word}`);
  return Number(word) % 256;
}

function changeFolder(call: BuiltinCall): number {
  const { args, state, streams } = call;
  const [folder, ...more] = args.filter((word) => word !== '--');
  if (folder === undefined || folder === '-' || more.length > 0) return refuse(call, args.join(' '));
  const path = state.path(folder);
  if (!state.machine.isFolder(path)) {
    streams.err.write(`cd: ${folder}: No such file or directory\n`);
    return 1;
  }
  state.folder = path;
  return 0;
}

/** `export`, `local` and the like: NAME or NAME=VALUE. */
function declare(call: BuiltinCall): number {
  const { name, args, state } = call;
  const flags = args.filter((word) => word.startsWith('-'));
  if (flags.some((flag) => !/^-[rxgaAi]+$/.test(flag))) return refuse(call, flags.join(' '));
  const array = flags.some((flag) => /[aA]/.test(flag));
  const exported = name === 'export' || flags.some((flag) => flag.includes('x')) || undefined;
  for (const word of args) {
    if (word.startsWith('-')) continue;
    const equals = word.indexOf('=');
    const variable = equals < 0 ? word : word.slice(0, equals);
    if (!/^[A-Za-z_]\w*$/.test(variable)) return refuse(call, word);
    const global = name === 'export' || name === 'readonly' || flags.some((flag) => flag.includes('g'));
    if (!global) state.keepForFrame(variable);
    if (array && equals < 0) {
      state.setItems(
        variable,
        state.frames.length === 0 ? state.items(variable) : new Map(),
        flags.join().includes('A'),
      );
      continue;
    }
    const before = state.get(variable);
    if (equals >= 0) state.set(variable, word.slice(equals + 1), exported);
    else if (before !== undefined && (global || state.frames.length === 0)) state.set(variable, before, exported);
    else if (!global) state.unset(variable);
  }
  return 0;
}

function unset(call: BuiltinCall): number {
  for (const word of call.args) {
    if (word === '-f') return refuse(call, '-f');
    if (word !== '-v') call.state.unset(word);
  }
  return 0;
}

function shift({ args, state }: BuiltinCall): number {
  const count = Number(args[0] ?? 1);
  if (!Number.isInteger(count) || count < 0 || count > state.positional.length) return 1;
  state.positional = state.positional.slice(count);
  state.machine.version += 1;
  return 0;
}

/** Signals never come; only EXIT and ERR can happen. */
function trap(call: BuiltinCall): number {
  const [action, ...events] = call.args;
  if (action === undefined || action === '-p' || events.length === 0) return refuse(call, call.args.join(' '));
  for (const event of events) {
    const name = event === '0' ? 'EXIT' : event.replace(/^SIG/, '');
    if (!['EXIT', 'ERR', 'INT', 'TERM', 'HUP', 'QUIT', 'PIPE'].includes(name)) return refuse(call, event);
    if (action === '-') call.state.traps.delete(name);
    else call.state.traps.set(name, action);
  }
  return 0;
}

function source(call: BuiltinCall): number {
  const [file = '', ...args] = call.args;
  const { state } = call;
  const content = state.machine.read(state.path(file));
  if (content === undefined || args.length > 0) return refuse(call, file);
  const outer = state.file;
  state.file = file;
  try {
    return call.evaluate(knownText(content));
  } catch (signal) {
    if (signal instanceof Return && state.frames.length === 0) return signal.status;
    throw signal;
  } finally {
    state.file = outer;
  }
}

function exec(call: BuiltinCall): number {
  // Where its output goes from here on is seen by no one, but by who reads that file: an empty one.
  if (call.args.length === 0) return 0;
  throw new Exit(call.run(call.args));
}

function command(call: BuiltinCall): number {
  const [first = '', ...rest] = call.args;
  if (first === '-v' || first === '-V') return whichProgram({ ...call, args: rest });
  if (first.startsWith('-')) return refuse(call, first);
  return call.runProgram(call.args);
}

/** Where a program is. Which ones the worker has is known of those that the script could not do without. */
function whichProgram(call: BuiltinCall): number {
  const { state, streams } = call;
  const names = call.args.filter((word) => !/^-[aptP]$/.test(word));
  for (const name of names) {
    if (!state.functions.has(name) && !builtins.has(name) && !programs.has(name)) return refuse(call, name);
    streams.out.write(`${programs.has(name) ? '/usr/bin/' : ''}${name}\n`);
  }
  return names.length === 0 ? 1 : 0;
}

function env(call: BuiltinCall): number {
  const { args, state, run } = call;
  const first = args.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word));
  if (first < 0 || args[first]?.startsWith('-') === true) return refuse(call, args.join(' '));
  const before = new Map(state.variables);
  for (const word of args.slice(0, first))
    state.set(word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1), true);
  try {
    return run(args.slice(first));
  } finally {
    state.variables.clear();
    for (const [name, variable] of before) state.variables.set(name, variable);
  }
}

/** `timeout DURATION COMMAND`: ends what takes longer. */
function timeout(call: BuiltinCall): number {
  const [duration = '', ...words] = call.args;
  const limit = durationSeconds(duration) ?? refuse(call, duration);
  const { machine } = call.state;
  const start = machine.seconds;
  const status = call.run(words);
  if (limit === 0 || machine.seconds - start <= limit) return status;
  machine.seconds = start + limit;
  return 124;
}

function shell(call: BuiltinCall): number {
  const [first = '', ...rest] = call.args;
  const option = /^-([eux]*)(c?)$/.exec(first);
  const prefix = option?.[1] ? `set -${option[1]}\n` : '';
  if (option?.[2] === 'c') {
    const [text = '', script = 'sh', ...positional] = rest;
    return call.runScript(prefix + text, script, positional);
  }
  const [file, ...args] = option === null ? call.args : rest;
  if (file?.startsWith('-') === true) return refuse(call, file);
  if (file === undefined) return call.runScript(prefix + knownText(call.streams.in.readAll()), 'sh', []);
  const content = call.state.machine.read(call.state.path(file));
  if (content === undefined) {
    call.streams.err.write(`${file}: No such file or directory\n`);
    return 127;
  }
  return call.runScript(prefix + knownText(content), file, args);
}

function printFolder({ state, streams }: BuiltinCall): number {
  streams.out.write(`${state.folder}\n`);
  return 0;
}
