import { textOf } from '../../../ir/build-value.ts';
import { staticText } from '../../../ir/read-value.ts';
import type { TextValue } from '../../../ir/value.ts';
import { type Call, type CommandHandler, dropped, type Result } from '../call.ts';
import { done, nothing, opaque, printed, type Status } from '../content.ts';
import type { Shell } from '../shell.ts';
import { cutText, literalText, readableText, shapeOf } from '../text-value.ts';

const nothingToDo: CommandHandler = (shell) => dropped(shell.rule, 'has no effect of its own');

/** `NAME=value` and `NAME` arguments of export, local, declare, readonly. */
function declare(shell: Shell, call: Call, exported: boolean, local = false): Result {
  const associative = call.args.some((arg) => /^-\w*A/.test(shapeOf(arg)));
  for (const arg of call.args) {
    const shape = shapeOf(arg);
    const name = /^([A-Za-z_]\w*)(=)?/.exec(shape);
    if (name === null) continue;
    const key = name[1] ?? '';
    if (local && shell.locals !== undefined && !shell.locals.has(key)) shell.locals.set(key, shell.variables.get(key));
    if (associative) shell.associative.add(key);
    if (associative && !shell.arrays.has(key)) shell.arrays.set(key, new Map());
    else if (name[2] === '=') shell.set(key, cutText(arg, name[0].length), exported);
    else if (exported) shell.exported.add(key);
  }
  return done;
}

function setOptions(shell: Shell, call: Call): Result {
  for (let at = 0; at < call.args.length; at++) {
    const arg = call.args[at];
    const written = arg === undefined ? undefined : staticText(arg);
    if (written === '--') {
      shell.positionals = call.args.slice(at + 1);
      break;
    }
    if (written === undefined || !/^[-+]/.test(written)) {
      shell.positionals = call.args.slice(at);
      break;
    }
    const on = written.startsWith('-');
    const longName = written.endsWith('o') ? staticText(call.args[++at]) : undefined;
    if (/e/.test(written) || longName === 'errexit') shell.options.errexit = on;
    if (/u/.test(written) || longName === 'nounset') shell.options.nounset = on;
    if (/a/.test(written) || longName === 'allexport') shell.options.allexport = on;
  }
  return dropped(shell.rule, 'a failing container fails its step');
}

function statusOf(arg: TextValue | undefined): Status {
  const written = arg === undefined ? '0' : staticText(arg);
  return written === undefined ? 'unknown' : written === '0' ? 'ok' : 'failed';
}

function changeFolder(shell: Shell, call: Call): Result {
  const target = call.args.find((arg) => staticText(arg) !== '--');
  if (target !== undefined) shell.cwd = shell.absolute(target);
  return dropped(shell.rule, 'no folder is needed');
}

/** One turn of getopts; its state is the number of the next argument, in OPTIND, and the letters taken of it. */
function getopts(shell: Shell, call: Call): Result {
  const [specification, name] = call.args.map((arg) => staticText(arg));
  const index = Number(staticText(shell.variables.get('OPTIND')) ?? '1');
  const arg = shell.positionals[index - 1];
  const from = arg?.from ?? { via: 'default' as const, reason: 'getopts' };
  const give = (key: string, value: string): void => shell.set(key, literalText(value, from));
  const goOn = (words: number, letters: number): void => {
    give('OPTIND', String(index + words));
    shell.optionLetters = letters;
  };
  const shape = arg === undefined ? '' : shapeOf(arg);
  if (specification === undefined || name === undefined || arg === undefined || !/^-./.test(shape) || shape === '--') {
    if (shape === '--') goOn(1, 0);
    if (name !== undefined) give(name, '?');
    return { stdout: nothing, status: 'failed' };
  }
  const at = 1 + shell.optionLetters;
  const letter = shape[at] ?? '';
  const place = letter === ':' ? -1 : specification.indexOf(letter);
  const rest = at + 1 < shape.length;
  give(name, place < 0 ? '?' : letter);
  if (place >= 0 && specification[place + 1] === ':') {
    const value = rest ? cutText(arg, at + 1) : shell.positionals[index];
    const silent = specification.startsWith(':');
    goOn(rest || value === undefined ? 1 : 2, 0);
    if (value !== undefined) shell.set('OPTARG', value);
    else {
      give(name, silent ? ':' : '?');
      if (silent) give('OPTARG', letter);
    }
    return done;
  }
  goOn(rest ? 0 : 1, rest ? shell.optionLetters + 1 : 0);
  if (place < 0) give('OPTARG', letter);
  return done;
}

/** Too large a number, and one below 0, shift nothing. */
function shift(shell: Shell, call: Call): Result {
  const [arg] = call.args;
  const count = arg === undefined ? 1 : Number(staticText(arg) ?? Number.NaN);
  if (Number.isNaN(count)) shell.problem('a shift by a number that is known only at run time', call.span);
  if (!Number.isInteger(count) || count < 0 || count > shell.positionals.length)
    return { stdout: nothing, status: 'failed' };
  shell.positionals = shell.positionals.slice(count);
  return done;
}

function include(shell: Shell, call: Call, interpreter: Parameters<CommandHandler>[2]): Result {
  const [path, ...args] = call.args;
  if (path === undefined) return done;
  const saved = shell.positionals;
  if (args.length > 0) shell.positionals = args;
  const result = interpreter.include(shell, path, call);
  shell.positionals = saved;
  if (result !== undefined) return result;
  shell.problem(`the included script ${readableText(path)} is missing`, call.span);
  return { stdout: nothing, status: 'unknown' };
}

export const builtinCommands: Readonly<Record<string, CommandHandler>> = {
  ':': nothingToDo,
  true: nothingToDo,
  false: () => ({ stdout: nothing, status: 'failed' }),
  '.': include,
  source: include,
  cd: changeFolder,
  pushd: changeFolder,
  popd: nothingToDo,
  export: (shell, call) => declare(shell, call, true),
  local: (shell, call) => declare(shell, call, false, true),
  declare: (shell, call) =>
    declare(
      shell,
      call,
      call.args.some((arg) => /^-\w*x/.test(shapeOf(arg))),
      !call.args.some((arg) => /^-\w*g/.test(shapeOf(arg))),
    ),
  typeset: (shell, call) => declare(shell, call, false, true),
  readonly: (shell, call) => declare(shell, call, false),
  unset: (shell, call) => {
    for (const arg of call.args) shell.variables.delete(staticText(arg) ?? '');
    return done;
  },
  set: setOptions,
  shopt: nothingToDo,
  umask: nothingToDo,
  ulimit: nothingToDo,
  hash: nothingToDo,
  type: nothingToDo,
  which: nothingToDo,
  shift,
  getopts,
  exit: (shell, call) => {
    const status = statusOf(call.args[0]);
    shell.flow = { kind: 'exit', status };
    return { stdout: nothing, status };
  },
  return: (shell, call) => {
    const status = statusOf(call.args[0]);
    shell.flow = { kind: 'return', status };
    return { stdout: nothing, status };
  },
  break: (shell, call) => {
    shell.flow = { kind: 'break', levels: Number(staticText(call.args[0]) ?? '1') };
    return done;
  },
  continue: (shell, call) => {
    shell.flow = { kind: 'continue', levels: Number(staticText(call.args[0]) ?? '1') };
    return done;
  },
  trap: (shell, call) => {
    const [action, ...signals] = call.args;
    const written = action === undefined ? undefined : staticText(action);
    if (written !== undefined && signals.some((signal) => /^(EXIT|0)$/.test(staticText(signal) ?? '')))
      shell.exitTrap = written === '-' ? undefined : written;
    return dropped(shell.rule, 'nothing is left behind to clean up');
  },
  wait: (shell, call) => {
    if (call.args.length > 0 && (shell.options.errexit || call.guarded || call.last)) shell.facts.askForStatus();
    shell.facts.waitedFor(
      call.args.length === 0
        ? 'all'
        : call.args.map((_, at) => `process ${call.span.start.offset} ${shell.facts.happenings.length + at}`),
    );
    return dropped(shell.rule, 'has no effect of its own');
  },
  sleep: (shell) => dropped(shell.rule, 'a pause of the launcher'),
  pwd: (shell, call) => printed(literalText(`${shell.cwd}\n`, { via: 'default', reason: call.source })),
  read: (shell, call) => {
    for (const arg of call.args) {
      const name = staticText(arg);
      if (name !== undefined && /^[A-Za-z_]\w*$/.test(name))
        shell.set(name, textOf(opaque(`$${name}`, 'read from the input', arg.from).parts, arg.from));
    }
    return { stdout: nothing, status: 'unknown' };
  },
  eval: (shell, call, interpreter) => {
    const from = call.args[0]?.from ?? { via: 'default' as const, reason: call.source };
    const text = textOf(
      call.args.flatMap((arg, at) =>
        at === 0 ? arg.parts : [{ kind: 'literal' as const, text: ' ', from }, ...arg.parts],
      ),
      from,
    );
    return interpreter.text(shell, text, shell.scriptName, shell.positionals, call);
  },
};
