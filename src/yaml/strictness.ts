import { diagnose } from '../core/diagnose.ts';
import type { Diagnostic } from '../core/diagnostic.ts';
import type { LineIndex } from '../core/source.ts';
import type { Dialect } from './dialect.ts';
import { isOpenQuote } from './indent-repair.ts';
import type { Lexeme } from './lexemes.ts';

const unprintable = /[^\t\n\r\x20-\x7E\x85\u00A0-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** The first character that no YAML 1.1 reader takes. */
export function badCharacter(text: string, lines: LineIndex): Diagnostic | undefined {
  const found = unprintable.exec(text);
  if (found === null) return undefined;
  const code = `U+${(found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  return diagnose('YAML_CHARACTER', { code }, { span: lines.span(found.index, found.index + found[0].length) });
}

/**
 * The first thing that YAML 1.1 readers refuse and our parser takes: tabs, a question mark in plain text between brackets,
 * names of anchors with other characters than letters, digits, "-" and "_"; for SnakeYAML 1.23 also escapes of YAML 1.2.
 */
export function refusedSyntax(lexemes: readonly Lexeme[], dialect: Dialect, lines: LineIndex): Diagnostic | undefined {
  let before: Lexeme | undefined;
  let depth = 0;
  for (const lexeme of lexemes) {
    const { kind, source, offset } = lexeme;
    if ((kind === 'double' || kind === 'single') && isOpenQuote(source))
      return diagnose(
        'YAML_SYNTAX',
        { problem: 'the closing quote is missing' },
        { span: lines.span(offset, offset + 1) },
      );
    if (kind === 'mark') depth += source === '{' || source === '[' ? 1 : source === '}' || source === ']' ? -1 : 0;
    const question = kind === 'plain' && depth > 0 ? source.indexOf('?') : -1;
    if (question >= 0)
      return diagnose('YAML_FLOW_QUESTION', {}, { span: lines.span(offset + question, offset + question + 1) });
    const tab =
      kind === 'space' && isTabRefused(before, depth, dialect)
        ? source.indexOf('\t')
        : kind === 'plain'
          ? tabInPlain(source, dialect)
          : -1;
    if (tab >= 0) return diagnose('YAML_TAB', {}, { span: lines.span(offset + tab, offset + tab + 1) });
    if (kind === 'double' && dialect.strictness === 'snakeyaml') {
      const at = unknownEscape(source);
      if (at !== undefined)
        return diagnose(
          'YAML_ESCAPE',
          { escape: source.slice(at, at + 2) },
          { span: lines.span(offset + at, offset + at + 2) },
        );
    }
    if (kind === 'anchor' && !/^[&*][A-Za-z0-9_-]+$/.test(source))
      return diagnose('YAML_ANCHOR_NAME', { name: source }, { span: lines.span(offset, offset + source.length) });
    before = lexeme;
  }
  return undefined;
}

/** PyYAML lets no tab stand between tokens, SnakeYAML behind a plain scalar only; libyaml refuses it only in the indentation. */
function isTabRefused(before: Lexeme | undefined, depth: number, dialect: Dialect): boolean {
  if (dialect.strictness === 'pyyaml') return true;
  if (dialect.strictness === 'snakeyaml') return before?.kind !== 'plain';
  return depth === 0 && (before === undefined || before.kind === 'newline');
}

/** PyYAML ends a plain scalar at any tab. */
function tabInPlain(source: string, dialect: Dialect): number {
  if (dialect.strictness === 'pyyaml') return source.indexOf('\t');
  const found = /[\r\n] *\t/.exec(source);
  return found === null ? -1 : found.index + found[0].length - 1;
}

/** Where a double-quoted scalar has a backslash that begins no escape of YAML 1.1. */
function unknownEscape(source: string): number | undefined {
  for (const found of source.matchAll(/\\([\s\S])/g)) {
    if (!'0abt\tnvfre "\\N_LPxuU\r\n'.includes(found[1] ?? '')) return found.index;
  }
  return undefined;
}
