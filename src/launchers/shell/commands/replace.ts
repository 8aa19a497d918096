import { diagnose } from '../../../core/diagnose.ts';
import { staticText } from '../../../ir/read-value.ts';
import type { TextValue } from '../../../ir/value.ts';
import { type Edit, envsubstEdit } from '../../macros/edit.ts';
import { macroName } from '../../macros/macro-name.ts';
import { readSed } from '../../macros/sed.ts';
import { flagValue, hasFlag, readArguments } from '../arguments.ts';
import type { Call, CommandHandler, Result } from '../call.ts';
import { type Content, nothing } from '../content.ts';
import { readFile } from '../read-file.ts';
import type { Shell } from '../shell.ts';
import { shapeOf } from '../text-value.ts';
import { editContent } from './edit-content.ts';
import { forgetFiles } from './other-program.ts';

function sed(shell: Shell, call: Call): Result {
  const inPlace = call.args.some((arg) => /^(-\w*i|--in-place)/.test(shapeOf(arg)));
  const args = readArguments(
    call.args.filter((arg) => !/^(-i$|-i\.|--in-place)/.test(shapeOf(arg))).map(withoutLetterI),
    new Set(['e', 'expression', 'f', 'file', 'l']),
  );
  const expressions = [...(args.flags.get('e') ?? []), ...(args.flags.get('expression') ?? [])];
  const [first, ...others] = args.positionals;
  const scripts = expressions.length > 0 ? expressions : first === undefined ? [] : [first];
  const files = expressions.length > 0 ? args.positionals : others;
  const edits = scripts.flatMap((script) => editsOf(shell, script, call, hasFlag(args, 'E', 'r', 'regexp-extended')));
  if (hasFlag(args, 'f', 'file', 'n')) shell.problem(`sed ${hasFlag(args, 'n') ? '-n' : '-f'}`, call.span);
  if (!inPlace) return { stdout: editContent(shell, inputOf(shell, files, call), edits, call), status: 'ok' };
  for (const file of files)
    shell.files.set(shell.absolute(file), editContent(shell, readFile(shell, file, call.span), edits, call));
  return { stdout: nothing, status: 'ok' };
}

/** `-ie` and `-Ei`: the letter i taken out, so that it does not hide the others. */
function withoutLetterI(arg: TextValue): TextValue {
  const shape = shapeOf(arg);
  if (!/^-[A-Za-z]*i[A-Za-z]*$/.test(shape)) return arg;
  return { ...arg, parts: [{ kind: 'literal', text: shape.replace('i', ''), from: arg.from }] };
}

function inputOf(shell: Shell, files: readonly TextValue[], call: Call): Content {
  const [file] = files;
  if (file === undefined || shapeOf(file) === '-') return call.stdin ?? nothing;
  return files.length === 1 ? readFile(shell, file, call.span) : { kind: 'unknown', why: call.source };
}

function editsOf(shell: Shell, script: TextValue, call: Call, extended: boolean): readonly Edit[] {
  const read = readSed(script, call.span, {
    extended,
    rule: shell.rule,
    macroName: (search) => macroName(search, shell.context.rules),
  });
  if (read.kind === 'problem') {
    shell.problem(read.problem, call.span);
    return [];
  }
  for (const { macro, character } of read.breaks)
    shell.facts.diagnostics.push(
      diagnose('LAUNCHER_MACRO_BREAKS', { macro, character }, { span: call.span, rule: shell.rule }),
    );
  return read.edits;
}

/** `envsubst`, `envsubst '$A $B'`: names of the environment in the input. */
function envsubst(shell: Shell, call: Call): Result {
  const args = readArguments(call.args, new Set(['i', 'o']));
  const format = args.positionals[0];
  const written = format === undefined ? undefined : staticText(format);
  const only =
    written === undefined
      ? undefined
      : new Set([...written.matchAll(/\$\{?([A-Za-z_]\w*)/g)].map((match) => match[1] ?? ''));
  const input = flagValue(args, 'i');
  const content = input === undefined ? (call.stdin ?? nothing) : readFile(shell, input, call.span);
  const edited = editContent(
    shell,
    content,
    only?.size === 0 ? [] : [envsubstEdit(shell.environmentLookup(), only, shell.rule)],
    call,
  );
  const output = flagValue(args, 'o');
  if (output === undefined) return { stdout: edited, status: 'ok' };
  shell.files.set(shell.absolute(output), edited);
  return { stdout: nothing, status: 'ok' };
}

/** `yq`, `jq` and the like change a manifest by its structure. */
export const structural: CommandHandler = (shell, call) => {
  const content = call.stdin ?? nothing;
  const files = call.args.map((arg) => shell.absolute(arg));
  const touched = content.kind === 'manifest' || files.some((path) => shell.files.get(path)?.kind === 'manifest');
  if (touched) shell.problem(`${call.name} changes the manifest at run time`, call.span);
  forgetFiles(shell, call);
  return { stdout: { kind: 'unknown', why: `the output of ${call.name}` }, status: 'ok' };
};

/** `perl -pe 's/…/…/g'`: as sed, with Perl's own patterns; what names a variable of Perl is not understood. */
function perl(shell: Shell, call: Call, interpreter: Parameters<CommandHandler>[2]): Result {
  const flags = call.args.filter((arg) => /^-\w/.test(shapeOf(arg))).map(shapeOf);
  const args = readArguments(
    call.args.map(withoutLetterI).filter((arg) => shapeOf(arg) !== '-' && !/^-(i|i\.\w+)$/.test(shapeOf(arg))),
    new Set(['e', 'M']),
  );
  const scripts = args.flags.get('e') ?? [];
  const substitutes = scripts.every(
    (script) => /^\s*s\W/.test(shapeOf(script)) && !/[$@](?!\W|$)/.test(shapeOf(script)),
  );
  if (!flags.some((flag) => /^-\w*p/.test(flag)) || scripts.length === 0 || !substitutes)
    return structural(shell, call, interpreter);
  const edits = scripts.flatMap((script) => editsOf(shell, script, call, true));
  if (!flags.some((flag) => /^-\w*i/.test(flag)))
    return { stdout: editContent(shell, inputOf(shell, args.positionals, call), edits, call), status: 'ok' };
  for (const file of args.positionals)
    shell.files.set(shell.absolute(file), editContent(shell, readFile(shell, file, call.span), edits, call));
  return { stdout: nothing, status: 'ok' };
}

export const replaceCommands: Readonly<Record<string, CommandHandler>> = {
  envsubst,
  perl,
  sed,
};
