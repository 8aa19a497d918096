import { textOf } from '../../../ir/build-value.ts';
import { staticText } from '../../../ir/read-value.ts';
import { replaceSession } from '../../../ir/session-text.ts';
import type { Provenance, TextPart, TextValue } from '../../../ir/value.ts';
import type { Call, CommandHandler, Result } from '../call.ts';
import { type Content, nothing, printed } from '../content.ts';
import { readFile } from '../read-file.ts';
import type { Shell } from '../shell.ts';
import { cutText, literalText, shapeOf } from '../text-value.ts';
import { unknownText } from './lines.ts';
import { otherProgram } from './other-program.ts';

function joinWith(args: readonly TextValue[], separator: string, from: Provenance): TextPart[] {
  return args.flatMap((arg, at) =>
    at === 0 ? [...arg.parts] : [{ kind: 'literal' as const, text: separator, from }, ...arg.parts],
  );
}

function echo(call: Call): Result {
  const from: Provenance = call.args[0]?.from ?? { via: 'default', reason: call.source };
  const args = [...call.args];
  let newline = true;
  while (args[0] !== undefined && /^-[neE]+$/.test(shapeOf(args[0])))
    newline = !shapeOf(args.shift() ?? { ...args[0] }).includes('n') && newline;
  return printed(textOf([...joinWith(args, ' ', from), { kind: 'literal', text: newline ? '\n' : '', from }], from));
}

/** `printf FORMAT args`: %s and %d, repeated for further arguments. */
function printf(call: Call): Result {
  const [format, ...args] = call.args;
  const written = format === undefined ? undefined : staticText(format);
  if (format === undefined || written === undefined)
    return { stdout: { kind: 'unknown', why: call.source }, status: 'ok' };
  const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', '"': '"', "'": "'" };
  const parts: TextPart[] = [];
  const slots = (written.match(/%(?!%)/g) ?? []).length;
  const turns = slots === 0 ? 1 : Math.max(1, Math.ceil(args.length / slots));
  let next = 0;
  for (let turn = 0; turn < turns; turn++) {
    for (const token of written.match(/%%|%[-0-9.]*[a-zA-Z]|\\.|[^%\\]+/gs) ?? []) {
      if (token === '%s' || token === '%d' || token === '%b') parts.push(...(args[next++]?.parts ?? []));
      else if (token.startsWith('%') && token !== '%%')
        return { stdout: { kind: 'unknown', why: `printf ${token}` }, status: 'ok' };
      else
        parts.push({
          kind: 'literal',
          text: token === '%%' ? '%' : token.startsWith('\\') ? (escapes[token.slice(1)] ?? token) : token,
          from: format.from,
        });
    }
  }
  return printed(textOf(parts, format.from));
}

function cat(shell: Shell, call: Call): Result {
  const files = call.args.filter((arg) => !/^-\w/.test(shapeOf(arg)));
  if (files.length === 0) return { stdout: call.stdin ?? nothing, status: 'ok' };
  const contents = files.map((file) =>
    shapeOf(file) === '-' ? (call.stdin ?? nothing) : readFile(shell, file, call.span),
  );
  const [only] = contents;
  if (contents.length === 1 && only !== undefined) return { stdout: only, status: 'ok' };
  if (!contents.every((content) => content.kind === 'text'))
    return { stdout: { kind: 'unknown', why: call.source }, status: 'ok' };
  return printed(
    textOf(
      contents.flatMap((content) => (content.kind === 'text' ? content.text.parts : [])),
      call.args[0]?.from ?? { via: 'default', reason: call.source },
    ),
  );
}

/** The arguments behind `--`, or all. */
function operands(call: Call): Call['args'] {
  const [first, ...rest] = call.args;
  return first !== undefined && shapeOf(first) === '--' ? rest : call.args;
}

function basename(call: Call): Result {
  const [path, suffix] = operands(call);
  if (path === undefined) return { stdout: nothing, status: 'failed' };
  const shape = shapeOf(path).replace(/\/+$/, '');
  const start = shape.lastIndexOf('/') + 1;
  const ending = suffix === undefined ? '' : shapeOf(suffix);
  const end =
    ending !== '' && shape.endsWith(ending) && shape.length - ending.length > start
      ? shape.length - ending.length
      : shape.length;
  return printed(cutText(path, start, end));
}

function dirname(call: Call): Result {
  const [path] = operands(call);
  if (path === undefined) return { stdout: nothing, status: 'failed' };
  const slash = shapeOf(path).lastIndexOf('/');
  if (slash > 0) return printed(cutText(path, 0, slash));
  return printed(textOf([{ kind: 'literal', text: slash === 0 ? '/' : '.', from: path.from }], path.from));
}

/** `realpath FILE`, `readlink -f FILE`: no link is known of. */
function absolutePath(shell: Shell, call: Call): Result {
  const paths = call.args.filter((arg) => !/^-/.test(shapeOf(arg)));
  const [path] = paths;
  const flags = call.args.filter((arg) => !paths.includes(arg)).map(shapeOf);
  if (path === undefined || paths.length > 1 || !flags.every((flag) => /^-(?:[efmsq]+|-canonicalize\S*)$/.test(flag)))
    return otherProgram(shell, call);
  return printed(literalText(`${shell.absolute(path)}\n`, path.from));
}

/** `tr -d X` and `tr A B` on what is known, and on session texts as arithmetic. */
function tr(call: Call): Result {
  const input: Content = call.stdin ?? nothing;
  const args = call.args.map((arg) => staticText(arg));
  const known = input.kind === 'text' ? staticText(input.text) : undefined;
  const [from, to] = args;
  if (known !== undefined && input.kind === 'text' && args.length === 2 && from !== undefined && to !== undefined) {
    const result = translated(known, from, to);
    return result === undefined ? unknownText(call, input) : printed(literalText(result, input.text.from));
  }
  const remove = args[0] === '-d' ? args[1] : undefined;
  if (input.kind !== 'text' || remove === undefined || !/^[^\\[\]]+$/.test(remove)) return unknownText(call, input);
  const parts = input.text.parts.map((part): TextPart => {
    if (part.kind === 'literal')
      return { ...part, text: [...part.text].filter((char) => !remove.includes(char)).join('') };
    if (part.kind === 'runtime' && part.expr.kind === 'session') {
      const ast = [...remove].reduce((of, search) => replaceSession(of, search, '', true), part.expr.ast);
      return { ...part, expr: { kind: 'session', ast } };
    }
    return part;
  });
  const kept = parts.every((part) => part.kind !== 'variable' || ![...remove].some((char) => part.text.includes(char)));
  return kept ? printed(textOf(parts, input.text.from)) : unknownText(call, input);
}

/** The text with each character of one set replaced by its neighbour in the other; a short second set repeats its last. */
function translated(text: string, from: string, to: string): string | undefined {
  const [left, right] = [characters(from), characters(to)];
  if (left === undefined || right === undefined || right.length === 0) return undefined;
  return [...text]
    .map((char) => (left.includes(char) ? (right[left.indexOf(char)] ?? right.at(-1) ?? '') : char))
    .join('');
}

/** The characters of a set as `tr` reads it: `a-z`, `[:upper:]`, `\\n`. */
function characters(set: string): readonly string[] | undefined {
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  const written = set
    .replace('[:upper:]', 'A-Z')
    .replace('[:lower:]', 'a-z')
    .replace('[:digit:]', '0-9')
    .replace(/\\n/g, '\n');
  if (/\[[:=]|\\/.test(written)) return undefined;
  const expanded = written.replace(/([a-z])-([a-z])|([A-Z])-([A-Z])|(\d)-(\d)/g, (range) => {
    const alphabet = /\d/.test(range) ? '0123456789' : /[a-z]/.test(range) ? letters : letters.toUpperCase();
    return alphabet.slice(alphabet.indexOf(range[0] ?? ''), alphabet.indexOf(range[2] ?? '') + 1);
  });
  return [...expanded];
}

const filter: CommandHandler = (_shell, call) => unknownText(call, call.stdin ?? nothing);

export const textCommands: Readonly<Record<string, CommandHandler>> = {
  basename: (_shell, call) => basename(call),
  readlink: absolutePath,
  realpath: absolutePath,
  cat,
  dirname: (_shell, call) => dirname(call),
  echo: (_shell, call) => echo(call),
  grep: filter,
  egrep: filter,
  printf: (_shell, call) => printf(call),
  sort: filter,
  tr: (_shell, call) => tr(call),
  wc: filter,
};
