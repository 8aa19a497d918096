import { escapeRegExp } from '../../core/escape-regexp.ts';
import type { SourceSpan } from '../../core/source.ts';
import type { TextPart, TextValue } from '../../ir/value.ts';
import { HOLE, slice, type TextWithHoles, withHoles } from '../shell/text-with-holes.ts';
import type { Edit, ReplacementPiece } from './edit.ts';

type ReplaceEdit = Extract<Edit, { kind: 'replace' }>;

export type SedScript =
  | { readonly kind: 'edits'; readonly edits: readonly Edit[]; readonly breaks: readonly SedBreak[] }
  | { readonly kind: 'problem'; readonly problem: string };

/** A value that would end or change the sed command: the launcher fails or writes something else. */
interface SedBreak {
  readonly macro: string;
  readonly character: string;
}

/** Reads `s` commands of a sed script. Anything else is a problem. */
export function readSed(
  script: TextValue,
  fallback: SourceSpan,
  options: { readonly extended: boolean; readonly rule: string; macroName(search: string): string },
): SedScript {
  const source = withHoles(script, fallback);
  const edits: Edit[] = [];
  const breaks: SedBreak[] = [];
  for (let at = 0; at < source.text.length; ) {
    const head = /^[\s;]*/.exec(source.text.slice(at))?.[0].length ?? 0;
    at += head;
    if (at >= source.text.length) break;
    if (source.text[at] === '#') {
      const end = source.text.indexOf('\n', at);
      at = end < 0 ? source.text.length : end;
      continue;
    }
    const command = readCommand(source, at);
    if (typeof command === 'string') return { kind: 'problem', problem: command };
    at = command.end;
    const edit = toEdit(source, command, options);
    if (typeof edit === 'string') return { kind: 'problem', problem: edit };
    edits.push(edit);
    breaks.push(...breaksOf(source, command, edit.macro));
  }
  return { kind: 'edits', edits, breaks };
}

interface SedCommand {
  readonly delimiter: string;
  readonly search: readonly [number, number];
  readonly by: readonly [number, number];
  readonly flags: string;
  readonly end: number;
}

function readCommand(source: TextWithHoles, start: number): SedCommand | string {
  const delimiter = source.text[start + 1] ?? '';
  if (source.text[start] !== 's' || delimiter === '' || delimiter === '\n' || delimiter === '\\')
    return `the sed command ${readable(source.text.slice(start, start + 20))} is not understood`;
  const middle = endOfField(source.text, start + 2, delimiter);
  const end = endOfField(source.text, middle + 1, delimiter);
  if (middle >= source.text.length || end >= source.text.length)
    return `unterminated s command ${readable(source.text.slice(start, start + 20))}`;
  const flags = /^[a-zA-Z0-9]*/.exec(source.text.slice(end + 1))?.[0] ?? '';
  if (!/^[gI]*$/.test(flags)) return `the flags ${flags} of a sed command are not understood`;
  return { delimiter, search: [start + 2, middle], by: [middle + 1, end], flags, end: end + 1 + flags.length };
}

function endOfField(text: string, start: number, delimiter: string): number {
  let bracket = false;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (char === '\\') at++;
    else if (char === '[') bracket = true;
    else if (char === ']') bracket = false;
    else if (char === delimiter && !(bracket && text.indexOf(']', at) > 0)) return at;
  }
  return text.length;
}

function toEdit(
  source: TextWithHoles,
  command: SedCommand,
  options: { readonly extended: boolean; readonly rule: string; macroName(search: string): string },
): ReplaceEdit | string {
  const searchParts = slice(source, ...command.search);
  if (searchParts.some((part) => part.kind === 'runtime'))
    return 'a sed command searches for a text that is known only at run time';
  const written = searchParts
    .map((part) => (part.kind === 'runtime' ? '' : part.text))
    .join('')
    .replaceAll(`\\${command.delimiter}`, command.delimiter);
  const search = toRegExp(written, options.extended, `gm${command.flags.includes('I') ? 'i' : ''}`);
  if (search === undefined) return `the pattern ${written} is not understood`;
  return {
    kind: 'replace',
    search,
    by: replacement(source, command),
    all: command.flags.includes('g'),
    macro: options.macroName(written),
    rule: options.rule,
  };
}

/** A basic regular expression (or, for `-E`, an extended one) as JavaScript has it. */
function toRegExp(written: string, extended: boolean, flags: string): RegExp | undefined {
  let pattern = '';
  for (let at = 0; at < written.length; at++) {
    const char = written[at] ?? '';
    const next = written[at + 1] ?? '';
    if (char === '\\') {
      at++;
      if (/[1-9]/.test(next)) pattern += `\\${next}`;
      else if (!extended && '(){}+?|'.includes(next)) pattern += next;
      else if ('nt'.includes(next)) pattern += `\\${next}`;
      else if ('bBwWsS'.includes(next)) pattern += `\\${next}`;
      else if (next === '<' || next === '>') pattern += '\\b';
      else pattern += escapeRegExp(next);
    } else if (char === '[') {
      const end = written.indexOf(']', written[at + 1] === '^' ? at + 3 : at + 2);
      if (end < 0) return undefined;
      pattern += `[${written
        .slice(at + 1, end)
        .replaceAll('\\', '\\\\')
        .replaceAll('[:digit:]', '0-9')
        .replaceAll('[:space:]', '\\s')}]`;
      at = end;
    } else if (!extended && '(){}+?|'.includes(char)) pattern += `\\${char}`;
    else if (
      extended &&
      '{}'.includes(char) &&
      !/^\{\d+(,\d*)?\}/.test(written.slice(at)) &&
      !/\{\d+(,\d*)?$/.test(written.slice(0, at))
    )
      pattern += `\\${char}`;
    else if (char === '*' && (at === 0 || written.slice(0, at) === '^')) pattern += '\\*';
    else if (char === '^' && at > 0 && !extended) pattern += '\\^';
    else if (char === '$' && at < written.length - 1 && !extended) pattern += '\\$';
    else pattern += char === '/' ? '\\/' : char;
  }
  try {
    return new RegExp(pattern, flags);
  } catch {
    return undefined;
  }
}

function replacement(source: TextWithHoles, command: SedCommand): readonly ReplacementPiece[] {
  const pieces: ReplacementPiece[] = [];
  const [start, end] = command.by;
  const literal = (text: string, at: number): void =>
    void pieces.push({ kind: 'parts', parts: [{ kind: 'literal', text, from: source.from(at, at + 1) }] });
  for (let at = start; at < end; ) {
    const char = source.text[at] ?? '';
    if (source.holes.has(at)) {
      pieces.push({ kind: 'parts', parts: slice(source, at, at + 1) });
      at++;
    } else if (char === '&') {
      pieces.push({ kind: 'group', index: 0 });
      at++;
    } else if (char === '\\') {
      const next = source.text[at + 1] ?? '';
      if (/[0-9]/.test(next)) pieces.push({ kind: 'group', index: Number(next) });
      else literal(next === 'n' ? '\n' : next, at);
      at += 2;
    } else {
      const stop = nextSpecial(source, at, end);
      literal(source.text.slice(at, stop), at);
      at = stop;
    }
  }
  return pieces;
}

function nextSpecial(source: TextWithHoles, start: number, end: number): number {
  let at = start;
  while (at < end && !source.holes.has(at) && source.text[at] !== '&' && source.text[at] !== '\\') at++;
  return at;
}

function breaksOf(source: TextWithHoles, command: SedCommand, macro: string): readonly SedBreak[] {
  return slice(source, ...command.by).flatMap((part) => {
    const written = knownText(part);
    return [command.delimiter, '&', '\\', '\n']
      .filter((character) => part.kind !== 'literal' && written.includes(character))
      .map((character) => ({ macro, character }));
  });
}

/** What is known of a part's text: of a formatted time its literal characters. */
function knownText(part: TextPart): string {
  if (part.kind !== 'runtime') return part.text;
  if (part.expr.kind !== 'session' || part.expr.ast.kind !== 'format') return '';
  return part.expr.ast.pattern.map((piece) => (piece.kind === 'literal' ? piece.text : '')).join('');
}

function readable(text: string): string {
  return text.replaceAll(HOLE, '…').trim();
}
