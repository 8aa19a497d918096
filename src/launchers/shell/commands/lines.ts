import { concat, textOf } from '../../../ir/build-value.ts';
import { staticText } from '../../../ir/read-value.ts';
import type { TextValue } from '../../../ir/value.ts';
import { hasFlag, readArguments, staticFlag } from '../arguments.ts';
import type { Call, CommandHandler, Result } from '../call.ts';
import { type Content, nothing, opaque, printed } from '../content.ts';
import { readFile } from '../read-file.ts';
import type { Shell } from '../shell.ts';
import { charactersOf, piecesOf } from '../text-pieces.ts';
import { literalText, shapeOf, trimEnd } from '../text-value.ts';

type LineFilter = (lines: readonly string[], call: Call) => readonly string[] | undefined;

/** A filter of lines, worked out where its whole input is known. */
function lineFilter(shell: Shell, call: Call, filter: LineFilter, files: readonly TextValue[]): Result {
  const [file] = files;
  const input: Content = file === undefined ? (call.stdin ?? nothing) : readFile(shell, file, call.span);
  const known = input.kind === 'text' ? staticText(input.text) : undefined;
  if (known === undefined || input.kind !== 'text' || files.length > 1) return unknownText(call, input);
  const lines = known === '' ? [] : known.replace(/\n$/, '').split('\n');
  const kept = filter(lines, call);
  return kept === undefined
    ? unknownText(call, input)
    : printed(literalText(kept.map((line) => `${line}\n`).join(''), input.text.from));
}

/** `cut -d X -f N` and `cut -c N`, with ranges; of a date of the session too. */
const cut: CommandHandler = (shell, call) => {
  const args = readArguments(call.args, new Set(['d', 'f', 'c', 'b', 'delimiter', 'fields', 'characters']));
  const delimiter = staticFlag(args, 'd', 'delimiter') ?? '\t';
  const characters = staticFlag(args, 'c', 'characters', 'b');
  const range = /^(\d*)(-?)(\d*)$/.exec(characters ?? staticFlag(args, 'f', 'fields') ?? '?');
  if (range === null) return lineFilter(shell, call, () => undefined, args.positionals);
  const first = Number(range[1] === '' ? 1 : range[1]);
  const last = range[2] === '' ? first : range[3] === '' ? undefined : Number(range[3]);
  const line = args.positionals.length === 0 ? onlyLine(call.stdin) : undefined;
  const whole = line !== undefined && characters === undefined && !shapeOf(line).includes(delimiter);
  // `-s`: a line without the delimiter is left out.
  if (whole && hasFlag(args, 's', 'only-delimited')) return printed(textOf([], line.from));
  const part = line === undefined ? undefined : cutOf(line, first, last, characters === undefined ? delimiter : '');
  if (part !== undefined) return printed(textOf([...part.parts, ...literalText('\n', part.from).parts], part.from));
  return lineFilter(
    shell,
    call,
    (lines) =>
      lines.flatMap((line) => {
        if (characters === undefined && hasFlag(args, 's', 'only-delimited') && !line.includes(delimiter)) return [];
        if (characters !== undefined) return [...line].slice(first - 1, last).join('');
        return line.includes(delimiter)
          ? line
              .split(delimiter)
              .slice(first - 1, last)
              .join(delimiter)
          : line;
      }),
    args.positionals,
  );
};

/** One line with parts known only at run time, without its end. */
function onlyLine(input: Content | undefined): TextValue | undefined {
  if (input?.kind !== 'text' || staticText(input.text) !== undefined) return undefined;
  const line = trimEnd(input.text);
  return shapeOf(line).includes('\n') ? undefined : line;
}

/** Characters, or fields where there is a delimiter. */
function cutOf(line: TextValue, first: number, last: number | undefined, delimiter: string): TextValue | undefined {
  if (delimiter === '') return charactersOf(line, first - 1, last ?? Number.POSITIVE_INFINITY);
  const fields = piecesOf(line, delimiter);
  if (fields === undefined || fields.length === 1) return fields?.[0];
  const kept = fields.slice(first - 1, last);
  return concat(
    kept.flatMap((field, at) => (at === 0 ? [field] : [literalText(delimiter, line.from), field])),
    line.from,
  );
}

const edge =
  (end: 'head' | 'tail'): CommandHandler =>
  (shell, call) => {
    const args = readArguments(call.args, new Set(['n', 'c', 'lines']));
    const count = /^\d+$/.exec(
      staticFlag(args, 'n', 'lines') ?? staticText(call.args[0])?.replace(/^-/, '') ?? '10',
    )?.[0];
    return lineFilter(
      shell,
      call,
      (lines) =>
        count === undefined || args.flags.has('c')
          ? undefined
          : end === 'head'
            ? lines.slice(0, Number(count))
            : lines.slice(-Number(count)),
      args.positionals,
    );
  };

/** `awk '{print $2}'`, with `-F`; any other program is not worked out. */
const awk: CommandHandler = (shell, call) => {
  const args = readArguments(call.args, new Set(['F', 'v', 'f']));
  const [program, ...files] = args.positionals;
  const field = /^\s*\{\s*print\s+\$(\d+|NF)\s*;?\s*\}\s*$/.exec(program === undefined ? '' : shapeOf(program))?.[1];
  const separator = staticFlag(args, 'F');
  return lineFilter(
    shell,
    call,
    (lines) => {
      if (field === undefined || args.flags.has('v')) return undefined;
      return lines.map((line) => {
        const cells = separator === undefined || separator === ' ' ? line.trim().split(/\s+/) : line.split(separator);
        return field === '0' ? line : (cells.at(field === 'NF' ? -1 : Number(field) - 1) ?? '');
      });
    },
    files,
  );
};

/** A filter whose result is not worked out. */
export function unknownText(call: Call, input: Content): Result {
  if (input.kind !== 'text') return { stdout: { kind: 'unknown', why: call.source }, status: 'unknown' };
  const state = input.text.parts.find((part) => part.kind === 'runtime' && part.expr.kind === 'opaque');
  const reason =
    state?.kind === 'runtime' && state.expr.kind === 'opaque' ? state.expr.reason : `the output of ${call.name}`;
  return { stdout: { kind: 'text', text: opaque(call.source, reason, input.text.from) }, status: 'unknown' };
}

/** Filters of lines; each is worked out where its input and its arguments are known. */
export const lineCommands: Readonly<Record<string, CommandHandler>> = {
  awk,
  cut,
  head: edge('head'),
  tail: edge('tail'),
};
