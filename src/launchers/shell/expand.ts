import { concat, textOf } from '../../ir/build-value.ts';
import { staticText } from '../../ir/read-value.ts';
import { replaceSession } from '../../ir/session-text.ts';
import type { Provenance, TextPart, TextValue } from '../../ir/value.ts';
import { editText } from '../macros/edit.ts';
import { macroName } from '../macros/macro-name.ts';
import { evaluateArithmetic } from './arithmetic.ts';
import { readArray } from './arrays.ts';
import { opaque } from './content.ts';
import { keptManifest, manifestIn } from './kept-manifest.ts';
import type { Shell } from './shell.ts';
import type { ParameterOperation, ShellNode, Word, WordPart } from './syntax.ts';
import { charactersOf, widthOfText } from './text-pieces.ts';
import { cutText, fieldsOf, literalText, shapeOf } from './text-value.ts';

/** Runs the commands of a substitution and gives what they print, or the path of a file with it. */
export interface Substitution {
  output(shell: Shell, body: readonly ShellNode[], source: string, from: Provenance): TextValue;
  file(shell: Shell, body: readonly ShellNode[], from: Provenance): TextValue;
}

/** One text, without splitting into fields: assignments, redirections, here-documents. */
export function expandText(shell: Shell, word: Word, run: Substitution): TextValue {
  return textOf(
    word.parts.flatMap((part) => expandPart(shell, part, run).parts),
    shell.source.from(word.start, word.end),
  );
}

/** The fields a word becomes among the arguments of a command. */
export function expandFields(shell: Shell, word: Word, run: Substitution): readonly TextValue[] {
  const from = shell.source.from(word.start, word.end);
  const fields: TextPart[][] = [];
  let current: TextPart[] | undefined;
  for (const part of word.parts) {
    const list = part.kind === 'parameter' ? listOf(shell, part) : undefined;
    if (list !== undefined) {
      for (const [at, positional] of list.entries()) {
        if (at > 0) {
          fields.push(current ?? []);
          current = undefined;
        }
        current = [...(current ?? []), ...positional.parts];
      }
      continue;
    }
    const value = expandPart(shell, part, run);
    if (part.quoted || part.kind === 'text') {
      current = [...(current ?? []), ...value.parts];
      continue;
    }
    const shape = shapeOf(value);
    const pieces = fieldsOf(value);
    for (const [at, piece] of pieces.entries()) {
      if (current !== undefined && (at > 0 || /^[ \t\n]/.test(shape))) {
        fields.push(current);
        current = undefined;
      }
      current = [...(current ?? []), ...piece.parts];
    }
    if (current !== undefined && /[ \t\n]$/.test(shape)) {
      fields.push(current);
      current = undefined;
    }
  }
  if (current !== undefined) fields.push(current);
  return fields.map((parts) => textOf(parts, from));
}

/** The values of `"$@"` and of `"${NAME[@]}"`, each a field of its own. */
function listOf(shell: Shell, part: Extract<WordPart, { kind: 'parameter' }>): readonly TextValue[] | undefined {
  if (!part.quoted || part.operation !== undefined) return undefined;
  if (part.name === '@') return shell.positionals;
  const array = part.name.endsWith('[@]') ? readArray(shell, part.name, part.from) : undefined;
  return array?.values;
}

function expandPart(shell: Shell, part: WordPart, run: Substitution): TextValue {
  switch (part.kind) {
    case 'text':
      return literalText(part.text, part.from);
    case 'hole':
      return textOf([part.part], part.part.from);
    case 'parameter':
      return expandParameter(shell, part, run);
    case 'command':
      return run.output(shell, part.body, part.source, part.from);
    case 'process':
      return run.file(shell, part.body, part.from);
    case 'arithmetic':
      return arithmetic(shell, part.source, part.from);
  }
}

function expandParameter(shell: Shell, part: Extract<WordPart, { kind: 'parameter' }>, run: Substitution): TextValue {
  const array = readArray(shell, part.name, part.from);
  if (array !== undefined && part.operation?.op === 'length' && array.kind === 'all')
    return literalText(String(array.values.length), part.from);
  const value =
    array === undefined
      ? (special(shell, part.name, part.from) ??
        (/^[1-9]/.test(part.name) ? shell.positionals[Number(part.name) - 1] : shell.lookup(part.name)))
      : array.values.length === 0
        ? undefined
        : spaced(array.values, part.from);
  if (part.operation !== undefined) return operate(shell, part, value, part.operation, run);
  if (value !== undefined) return /^[A-Za-z_]/.test(part.name) ? calledBy(value, part.name) : value;
  return /^[1-9]/.test(part.name) ? literalText('', part.from) : shell.unset(part.name, part.from);
}

/** A run-time part that has no name yet is called by the variable that holds it. */
function calledBy(value: TextValue, name: string): TextValue {
  const named = (part: TextPart): TextPart =>
    part.kind === 'runtime' && part.name === undefined && part.expr.kind !== 'unique' && part.expr.kind !== 'opaque'
      ? { ...part, name }
      : part;
  return { ...value, parts: value.parts.map(named) };
}

function spaced(values: readonly TextValue[], from: Provenance): TextValue {
  return concat(
    values.flatMap((value, at) => (at === 0 ? [value] : [literalText(' ', from), value])),
    from,
  );
}

function special(shell: Shell, name: string, from: Provenance): TextValue | undefined {
  switch (name) {
    case '@':
    case '*':
      return spaced(shell.positionals, from);
    case '#':
      return literalText(String(shell.positionals.length), from);
    case '0':
    case 'BASH_SOURCE':
    case 'BASH_SOURCE[0]':
      return shell.scriptName;
    case '?':
      return lastStatus(shell, from);
    case '$':
      return textOf([{ kind: 'runtime', expr: { kind: 'unique', source: '$$' }, from }], from);
    case '!':
    case '-':
      return opaque(`$${name}`, 'known to the shell alone', from);
    default:
      return undefined;
  }
}

/** The reading follows the way of success; that the wait's own status is kept means that its failure is seen. */
function lastStatus(shell: Shell, from: Provenance): TextValue {
  const wait = shell.facts.waits.at(-1);
  if (shell.afterWait && wait?.failure === 'never') wait.failure = 'at-timeout';
  return literalText('0', from);
}

function operate(
  shell: Shell,
  part: Extract<WordPart, { kind: 'parameter' }>,
  value: TextValue | undefined,
  operation: ParameterOperation,
  run: Substitution,
): TextValue {
  const word = (): TextValue => expandText(shell, operation.word, run);
  const empty = value === undefined || (operation.op.startsWith(':') && shapeOf(value) === '');
  switch (operation.op) {
    case ':-':
    case '-':
      return empty ? word() : value;
    case ':=':
    case '=':
      if (!empty) return value;
      shell.set(part.name, word());
      return word();
    case ':+':
    case '+':
      return empty ? literalText('', part.from) : word();
    case ':?':
    case '?':
      return empty ? shell.unset(part.name, part.from) : value;
  }
  if (value === undefined) return shell.unset(part.name, part.from);
  if (operation.op === 'length') return lengthOf(value, part);
  if (operation.op === ':')
    return (
      sliced(shell, value, word(), part.from) ?? opaque(part.source, 'an expansion that is not understood', part.from)
    );
  return (
    trimmed(
      shell,
      value,
      operation,
      staticText(word()),
      operation.by === undefined ? undefined : expandText(shell, operation.by, run),
    ) ?? opaque(part.source, 'an expansion that is not understood', part.from)
  );
}

function lengthOf(value: TextValue, part: Extract<WordPart, { kind: 'parameter' }>): TextValue {
  const written = staticText(value);
  return written === undefined
    ? opaque(part.source, 'the length of a text that is known only at run time', part.from)
    : literalText(String(written.length), part.from);
}

/** `${TEXT:FROM:LENGTH}`. */
function sliced(shell: Shell, value: TextValue, bounds: TextValue, from: Provenance): TextValue | undefined {
  const [first, second, ...more] = staticText(bounds)?.split(':') ?? [];
  if (first === undefined || more.length > 0) return undefined;
  const start = evaluateArithmetic(shell, first, from);
  const length = second === undefined ? undefined : evaluateArithmetic(shell, second, from);
  const total = widthOfText(value);
  if (total === undefined || start === undefined || (second !== undefined && length === undefined)) return undefined;
  const begin = start < 0 ? total + start : start;
  const end = length === undefined ? total : length < 0 ? total + length : begin + length;
  return begin < 0 ? literalText('', value.from) : charactersOf(value, begin, end);
}

/** `#`, `%`, `/` and case changes, where the parts that are known decide the result. */
function trimmed(
  shell: Shell,
  value: TextValue,
  operation: ParameterOperation,
  pattern: string | undefined,
  by: TextValue | undefined,
): TextValue | undefined {
  if (pattern === undefined) return undefined;
  const shape = shapeOf(value);
  const written = staticText(value);
  switch (operation.op) {
    case '#':
    case '##': {
      const match = new RegExp(`^(?:${globSource(pattern, operation.op === '#')})`, 's').exec(shape);
      return match === null ? value : cutText(value, match[0].length);
    }
    case '%':
    case '%%':
      for (
        let at = operation.op === '%' ? shape.length : 0;
        at >= 0 && at <= shape.length;
        at += operation.op === '%' ? -1 : 1
      ) {
        if (new RegExp(`^(?:${globSource(pattern, false)})$`, 's').test(shape.slice(at))) return cutText(value, 0, at);
      }
      return value;
    case '/':
    case '//': {
      if (written === undefined || (by !== undefined && staticText(by) === undefined))
        return sessionReplace(value, operation, pattern, by) ?? partsReplaced(shell, value, operation, pattern, by);
      const replacement = by === undefined ? '' : staticText(by);
      return replacement === undefined
        ? undefined
        : literalText(
            written.replace(
              new RegExp(globSource(pattern, false), operation.op === '//' ? 'gs' : 's'),
              () => replacement,
            ),
            value.from,
          );
    }
    case '^^':
    case ',,':
      return written === undefined
        ? undefined
        : literalText(operation.op === '^^' ? written.toUpperCase() : written.toLowerCase(), value.from);
    default:
      return undefined;
  }
}

/** `${DATE//-/}` of a session date is itself arithmetic on the session. */
function sessionReplace(
  value: TextValue,
  operation: ParameterOperation,
  pattern: string,
  by: TextValue | undefined,
): TextValue | undefined {
  const [only] = value.parts;
  const replacement = by === undefined ? '' : staticText(by);
  if (
    value.parts.length !== 1 ||
    only?.kind !== 'runtime' ||
    only.expr.kind !== 'session' ||
    replacement === undefined ||
    /[*?[\\]/.test(pattern)
  )
    return undefined;
  return textOf(
    [
      {
        ...only,
        expr: {
          kind: 'session',
          ast: replaceSession(only.expr.ast, pattern, replacement, operation.op === '//'),
        },
      },
    ],
    value.from,
  );
}

/** `${TEXT//__DATE__/$DATE}` of a text with run-time parts, none of which the pattern touches. */
function partsReplaced(
  shell: Shell,
  value: TextValue,
  operation: ParameterOperation,
  pattern: string,
  by: TextValue | undefined,
): TextValue | undefined {
  // A pattern of plain characters cannot reach into a part that is known only at run time, unless that part alone holds them.
  if (/[*?[\\]/.test(pattern) || pattern === '') return undefined;
  const manifest = manifestIn(shell, value);
  // Of a manifest nobody can say which place is the first.
  if (manifest !== undefined && operation.op === '/') return undefined;
  if (
    manifest === undefined &&
    value.parts.some((part) => part.kind === 'runtime') &&
    !/^\W.*\W$|^__.*__$/s.test(pattern)
  )
    return undefined;
  const edit = {
    kind: 'replace' as const,
    search: new RegExp(globSource(pattern, false), 'gs'),
    by: [{ kind: 'parts' as const, parts: by?.parts ?? [] }],
    all: operation.op === '//',
    macro: macroName(pattern, shell.context.rules),
    rule: '',
  };
  if (manifest !== undefined)
    return keptManifest(shell, { ...manifest, edits: [...manifest.edits, edit] }, operation.op + pattern, value.from);
  return editText(value, edit, { used: () => undefined, undefinedName: () => undefined });
}

/** A shell pattern as a regular expression. */
export function globSource(pattern: string, shortest: boolean): string {
  return pattern.replace(/\\(.)|\*|\?|\[!|[.+^$(){}|\\]/gs, (token, escaped: string | undefined) => {
    if (token === '*') return shortest ? '.*?' : '.*';
    if (token === '?') return '.';
    if (token === '[!') return '[^';
    return `\\${escaped ?? token}`;
  });
}

function arithmetic(shell: Shell, source: string, from: Provenance): TextValue {
  const result = evaluateArithmetic(shell, source, from);
  return result === undefined
    ? opaque(`$((${source}))`, 'arithmetic on what is known only at run time', from)
    : literalText(String(result), from);
}
