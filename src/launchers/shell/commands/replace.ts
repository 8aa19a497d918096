import { diagnose } from '../../../core/diagnose.ts';
import { staticText } from '../../../ir/read-value.ts';
import type { TextValue } from '../../../ir/value.ts';
import { type Edit, editText, envsubstEdit } from '../../macros/edit.ts';
import { macroName } from '../../macros/macro-name.ts';
import { readSed } from '../../macros/sed.ts';
import { flagValue, hasFlag, readArguments } from '../arguments.ts';
import type { Call, CommandHandler, Result } from '../call.ts';
import { type Content, nothing } from '../content.ts';
import { readFile } from '../read-file.ts';
import type { Shell } from '../shell.ts';
import { shapeOf } from '../text-value.ts';

/** The content after further edits: of a manifest they are kept until it is applied. */
function editContent(shell: Shell, content: Content, edits: readonly Edit[], call: Call): Content {
  switch (content.kind) {
    case 'manifest':
      return { ...content, edits: [...content.edits, ...edits] };
    case 'text': {
      const shape = shapeOf(content.text);
      const listener = {
        used: () => undefined,
        undefinedName: (macro: string) => {
          if (isOnlyInComments(shape, macro)) return;
          shell.facts.diagnostics.push(
            diagnose('LAUNCHER_MACRO_UNDEFINED', { macro, where: call.source }, { span: call.span, rule: shell.rule }),
          );
        },
      };
      return { kind: 'text', text: edits.reduce((text, edit) => editText(text, edit, listener), content.text) };
    }
    case 'unknown':
      return content;
  }
}

function isOnlyInComments(text: string, macro: string): boolean {
  return text.split('\n').every((line) => !line.includes(macro) || /^\s*#/.test(line));
}

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

/** Renderers that are recognised and not read: what they print is not known. */
const renderer: CommandHandler = (shell, call) => {
  shell.problem(`${call.name} renders the manifest at run time`, call.span);
  return { stdout: { kind: 'unknown', why: `the output of ${call.name}` }, status: 'ok' };
};

/** `yq`, `kustomize edit` and the like change a manifest by its structure. */
const structural: CommandHandler = (shell, call) => {
  const content = call.stdin ?? nothing;
  const touched =
    content.kind === 'manifest' || call.args.some((arg) => shell.files.get(shell.absolute(arg))?.kind === 'manifest');
  if (touched) shell.problem(`${call.name} changes the manifest at run time`, call.span);
  return { stdout: { kind: 'unknown', why: `the output of ${call.name}` }, status: 'ok' };
};

export const replaceCommands: Readonly<Record<string, CommandHandler>> = {
  envsubst,
  erb: renderer,
  gomplate: renderer,
  helm: renderer,
  j2: renderer,
  jinja2: renderer,
  kustomize: renderer,
  perl: structural,
  sed,
  yq: structural,
};
