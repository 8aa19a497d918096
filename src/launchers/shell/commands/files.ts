import { textOf } from '../../../ir/build-value.ts';
import { type Call, type CommandHandler, dropped, type Result } from '../call.ts';
import { done, nothing, opaque, printed } from '../content.ts';
import { readFile } from '../read-file.ts';
import type { Shell } from '../shell.ts';
import { literalText, shapeOf } from '../text-value.ts';
import { date } from './clock.ts';

const NO_FILES = 'the workflow needs no temporary files';

function mktemp(shell: Shell, call: Call): Result {
  const path = `/tmp/launcher-${shell.files.size + 1}`;
  shell.files.set(path, nothing);
  return {
    ...printed(literalText(`${path}\n`, { via: 'default', reason: call.source })),
    fate: { kind: 'dropped', rule: shell.rule, reason: NO_FILES },
  };
}

function copy(shell: Shell, call: Call): Result {
  const [source, target] = call.args.filter((arg) => !/^-\w/.test(shapeOf(arg)));
  if (source !== undefined && target !== undefined) {
    const content = readFile(shell, source, call.span);
    const to = shell.absolute(target);
    shell.files.set(to, content);
    shell.files.set(`${to}/${shapeOf(source).split('/').at(-1) ?? ''}`, content);
  }
  return dropped(shell.rule, NO_FILES);
}

function tee(shell: Shell, call: Call): Result {
  for (const arg of call.args)
    if (!shapeOf(arg).startsWith('-') && !shapeOf(arg).startsWith('/dev/'))
      shell.files.set(shell.absolute(arg), call.stdin ?? nothing);
  return { stdout: call.stdin ?? nothing, status: 'ok' };
}

const noFiles: CommandHandler = (shell) => dropped(shell.rule, NO_FILES);

export const fileCommands: Readonly<Record<string, CommandHandler>> = {
  chmod: noFiles,
  cp: copy,
  date,
  git: () => ({ stdout: nothing, status: 'ok' }),
  mkdir: noFiles,
  mktemp,
  mv: copy,
  rm: noFiles,
  rmdir: noFiles,
  seq: (_shell, call) => ({ stdout: { kind: 'unknown', why: call.source }, status: 'ok' }),
  hostname: (_shell, call) =>
    printed(opaque(call.source, 'the worker itself', call.args[0]?.from ?? { via: 'default', reason: call.source })),
  uuidgen: (_shell, call) =>
    printed(
      textOf(
        [
          {
            kind: 'runtime',
            expr: { kind: 'unique', source: call.source },
            from: { via: 'default', reason: call.source },
          },
        ],
        { via: 'default', reason: call.source },
      ),
    ),
  tee,
  touch: () => done,
};
