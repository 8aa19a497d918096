import { type Document, parseAllDocuments } from 'yaml';
import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import { indexLines, type LineIndex, type SourceFile, wholeFile } from '../core/source.ts';
import { Comments } from './comments.ts';
import type { Dialect } from './dialect.ts';
import { repairIndents, unrepaired } from './indent-repair.ts';
import type { Lexeme } from './lexemes.ts';
import { badCharacter, refusedSyntax } from './strictness.ts';

export interface ParsedYaml {
  readonly documents: readonly Document.Parsed[];
  readonly source: SourceFile;
  /** What the parser saw: the ranges of its nodes count here, `lines` maps them to the file. */
  readonly text: string;
  readonly lines: LineIndex;
  readonly comments: Comments;
}

/** The syntax of a file, without the meaning of its scalars; undefined (and one diagnostic, the first) where it is broken. */
export function parseYaml(source: SourceFile, dialect: Dialect, sink: DiagnosticSink): ParsedYaml | undefined {
  const mark = source.text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  const original = shifted(indexLines(source), mark);
  const written = source.text.slice(mark);
  const character = badCharacter(written, original);
  if (character !== undefined) {
    sink.add(character);
    return undefined;
  }
  // YAML 1.1 ends a line at these characters as well. Offsets stay, as each is one code unit.
  const oneLineBreak = written.replaceAll(/\r(?!\n)|[\x85\u2028\u2029]/g, '\n');
  try {
    const { text, lexemes, padded } = repairIndents(oneLineBreak);
    const lines = unrepaired(original, padded);
    const refused = refusedSyntax(lexemes, dialect, lines);
    if (refused !== undefined) {
      sink.add(refused);
      return undefined;
    }
    const options = {
      version: '1.1',
      schema: 'failsafe',
      merge: false,
      uniqueKeys: false,
      prettyErrors: false,
      resolveKnownTags: false,
      logLevel: 'silent',
    } as const;
    const documents = [
      ...parseAllDocuments(dialect.strictness === 'snakeyaml' ? markIncludes(text, lexemes) : text, options),
    ];
    const [error] = documents
      .flatMap((document) => document.errors.filter(isError))
      .sort((a, b) => a.pos[0] - b.pos[0]);
    if (error === undefined) return { documents, source, lines, text, comments: new Comments(lexemes, lines) };
    sink.add(
      diagnose(
        'YAML_SYNTAX',
        { problem: lowerFirst(error.message.split('\n')[0] ?? '') },
        { span: lines.span(error.pos[0], Math.max(error.pos[1], error.pos[0] + 1)) },
      ),
    );
    return undefined;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    sink.add(diagnose('YAML_TOO_DEEP', {}, { span: wholeFile(source) }));
    return undefined;
  }
}

const BYTE_ORDER_MARK = '\uFEFF';

/** Points of a file for offsets that do not count its first `by` characters. */
function shifted(lines: LineIndex, by: number): LineIndex {
  if (by === 0) return lines;
  return {
    file: lines.file,
    point: (offset) => lines.point(offset + by),
    span: (start, end) => lines.span(start + by, end + by),
  };
}

/** What stands for the tag `!include` while the text is parsed: our parser ties a tag without a scalar to the mapping around it. */
export const INCLUDE = '\uE000include';

function markIncludes(text: string, lexemes: readonly Lexeme[]): string {
  let marked = text;
  for (const { kind, source, offset } of lexemes) {
    if (kind === 'tag' && source === '!include')
      marked = `${marked.slice(0, offset)}${INCLUDE}${marked.slice(offset + INCLUDE.length)}`;
  }
  return marked;
}

/** Behind brackets and quotes a comment needs no space in YAML 1.1. */
function isError(error: { readonly message: string }): boolean {
  return !error.message.startsWith('Comments must be separated');
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
