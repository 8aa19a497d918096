import { staticText } from '../../../ir/read-value.ts';
import type { TextValue } from '../../../ir/value.ts';
import type { Call, CommandHandler, Interpreter, Result } from '../call.ts';
import { done, nothing, type Outcome } from '../content.ts';
import type { Shell } from '../shell.ts';
import { cutText, readableText, shapeOf } from '../text-value.ts';

/** Runs the arguments from an index on as a command of their own. */
function callRest(shell: Shell, call: Call, args: readonly TextValue[], interpreter: Interpreter): Result {
  const [name, ...rest] = args;
  return name === undefined
    ? done
    : interpreter.call(shell, { ...call, name: staticText(name) ?? readableText(name), args: rest });
}

/** Takes off the flags of the prefix command itself; `withValue` are those that take the next argument. */
function afterFlags(args: readonly TextValue[], withValue: RegExp): readonly TextValue[] {
  let at = 0;
  while (at < args.length) {
    const shape = shapeOf(args[at] ?? { kind: 'text', parts: [], from: { via: 'default', reason: '' }, control: [] });
    if (shape === '--') return args.slice(at + 1);
    if (!shape.startsWith('-')) break;
    at += withValue.test(shape) ? 2 : 1;
  }
  return args.slice(at);
}

const prefix =
  (withValue: RegExp): CommandHandler =>
  (shell, call, interpreter) =>
    callRest(shell, call, afterFlags(call.args, withValue), interpreter);

const withoutFunction: CommandHandler = (shell, call, interpreter) =>
  callRest(shell, { ...call, noFunction: true }, afterFlags(call.args, /^$/), interpreter);

/** `env NAME=value … command`. */
const env: CommandHandler = (shell, call, interpreter) => {
  const args = afterFlags(call.args, /^-u$/);
  const end = args.findIndex((arg) => !/^[A-Za-z_]\w*=/.test(shapeOf(arg)));
  const inner = shell.subshell();
  for (const arg of end < 0 ? args : args.slice(0, end)) {
    const at = shapeOf(arg).indexOf('=');
    inner.set(shapeOf(arg).slice(0, at), cutText(arg, at + 1), true);
  }
  return end < 0
    ? { stdout: { kind: 'unknown', why: 'the whole environment' }, status: 'ok' }
    : callRest(inner, call, args.slice(end), interpreter);
};

/** `timeout 3600 command`: bounds the waits inside. */
const timeout: CommandHandler = (shell, call, interpreter) => {
  const args = afterFlags(call.args, /^-[ks]$/);
  const written = staticText(args[0]);
  const waits = shell.facts.waits.length;
  const result = callRest(shell, call, args.slice(1), interpreter);
  const seconds = written === undefined ? undefined : durationSeconds(written);
  for (let at = waits; at < shell.facts.waits.length; at++) {
    const wait = shell.facts.waits[at];
    if (
      wait !== undefined &&
      seconds !== undefined &&
      (wait.timeoutSeconds === undefined || wait.timeoutSeconds > seconds)
    )
      shell.facts.waits[at] = { ...wait, timeoutSeconds: seconds };
  }
  return result;
};

/** Seconds of `90`, `90s`, `1h30m`, as timeout and kubectl write them; negative where there is no limit. */
export function durationSeconds(written: string): number | undefined {
  if (/^-\d+s?$/.test(written)) return -1;
  if (/^\d+(\.\d+)?$/.test(written)) return Number(written);
  if (!/^(\d+(\.\d+)?(ms|d|h|m|s))+$/.test(written)) return undefined;
  const seconds: Readonly<Record<string, number>> = { d: 86400, h: 3600, m: 60, s: 1, ms: 0.001 };
  return [...written.matchAll(/(\d+(?:\.\d+)?)(ms|d|h|m|s)/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (seconds[unit ?? 's'] ?? 1),
    0,
  );
}

/** `bash script args`, `sh -c 'text' args`. */
const runShell: CommandHandler = (shell, call, interpreter) => {
  const flagEnd = call.args.findIndex((arg) => !/^-/.test(shapeOf(arg)));
  const flags = (flagEnd < 0 ? call.args : call.args.slice(0, flagEnd)).map(shapeOf).join(' ');
  const [first, ...rest] = flagEnd < 0 ? [] : call.args.slice(flagEnd);
  if (first === undefined) {
    if (call.stdin?.kind === 'text') return interpreter.text(shell, call.stdin.text, shell.scriptName, [], call);
    shell.problem(`${call.name} runs ${call.stdin?.kind === 'unknown' ? call.stdin.why : 'its input'}`, call.span);
    return { stdout: nothing, status: 'unknown' };
  }
  const strict = /(^| )-\w*e/.test(flags);
  if (/(^| )-\w*c/.test(flags))
    return withErrexit(shell, strict, (inner) =>
      interpreter.text(inner, first, rest[0] ?? shell.scriptName, rest.slice(1), call),
    );
  const result = interpreter.script(shell, first, rest, call);
  if (result !== undefined) return result;
  shell.problem(`the script ${readableText(first)} is missing`, call.span);
  return { stdout: nothing, status: 'unknown' };
};

function withErrexit(shell: Shell, strict: boolean, run: (shell: Shell) => Result): Result {
  const before = shell.options.errexit;
  shell.options.errexit = strict || before;
  const result = run(shell);
  shell.options.errexit = before;
  return result;
}

/** `xargs kubectl …`: the input becomes arguments. */
const xargs: CommandHandler = (shell, call, interpreter): Result => {
  const input: Outcome['stdout'] = call.stdin ?? nothing;
  const extra = input.kind === 'text' ? [input.text] : [];
  return callRest(
    shell,
    { ...call, stdin: undefined },
    [...afterFlags(call.args, /^-[ILnPd]$/), ...extra],
    interpreter,
  );
};

export const prefixCommands: Readonly<Record<string, CommandHandler>> = {
  bash: runShell,
  builtin: withoutFunction,
  command: (shell, call, interpreter) =>
    shapeOf(call.args[0] ?? shell.scriptName) === '-v'
      ? { stdout: nothing, status: 'ok' }
      : withoutFunction(shell, call, interpreter),
  dash: runShell,
  env,
  exec: (shell, call, interpreter) => {
    if (call.args.length === 0) return done;
    const result = callRest(shell, { ...call, last: true }, afterFlags(call.args, /^-a$/), interpreter);
    shell.flow ??= { kind: 'exit', status: result.status };
    return result;
  },
  ionice: prefix(/^-[cn]$/),
  nice: prefix(/^-n$/),
  nohup: prefix(/^$/),
  sh: runShell,
  sudo: prefix(/^-[ug]$/),
  time: prefix(/^$/),
  timeout,
  xargs,
};
