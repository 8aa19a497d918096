import { diagnose } from '../../core/diagnose.ts';
import type { DiagnosticSink } from '../../core/diagnostic.ts';
import { indexLines, type LineIndex, type SourceFile } from '../../core/source.ts';
import { keyOf, type PyEntry, type PyMapNode, type PyScalarNode } from './node.ts';

interface Line {
  readonly text: string;
  readonly start: number;
}

function* linesOf(text: string): Generator<Line> {
  for (const match of text.matchAll(/[^\n]*(?:\n|$)/g)) {
    if (match[0] !== '') yield { text: match[0].replace(/\r?\n$/, ''), start: match.index };
  }
}

function scalar(text: string, start: number, lines: LineIndex): PyScalarNode {
  return { kind: 'string', value: text, span: lines.span(start, start + text.length) };
}

function mapOf(entries: readonly PyEntry[], start: number, end: number, lines: LineIndex): PyMapNode {
  const unique = new Map<string, PyEntry>();
  for (const entry of entries)
    unique.set(keyOf(entry.key), { key: unique.get(keyOf(entry.key))?.key ?? entry.key, value: entry.value });
  return { kind: 'map', entries: [...unique.values()], span: lines.span(start, end) };
}

/** Key and value of a line, both trimmed, split at the first of `separators`. */
function entryOf(line: Line, separators: RegExp, lines: LineIndex): PyEntry | undefined {
  const split = line.text.search(separators);
  if (split < 0) return undefined;
  const part = (from: number, to: number): PyScalarNode => {
    const text = line.text.slice(from, to);
    const blank = text.length - text.trimStart().length;
    return scalar(text.trim(), line.start + from + blank, lines);
  };
  return { key: part(0, split), value: part(split + 1, line.text.length) };
}

/** `KEY=value` lines, as j2cli reads its env format: no quoting, no expansion. */
export function readEnvFile(source: SourceFile): PyMapNode {
  const lines = indexLines(source);
  const entries: PyEntry[] = [];
  for (const line of linesOf(source.text)) {
    const entry = line.text.trimStart().startsWith('#') ? undefined : entryOf(line, /=/, lines);
    if (entry !== undefined) entries.push(entry);
  }
  return mapOf(entries, 0, source.text.length, lines);
}

/** Sections with `key = value` or `key: value`, keys in lower case, as Python's configparser reads them. */
export function readIniFile(source: SourceFile, sink: DiagnosticSink): PyMapNode | undefined {
  const lines = indexLines(source);
  const sections: { readonly key: PyScalarNode; readonly start: number; readonly entries: PyEntry[] }[] = [];
  for (const line of linesOf(source.text)) {
    const trimmed = line.text.trim();
    if (trimmed === '' || /^[#;]/.test(trimmed)) continue;
    const name = /^\[(.+)\]/.exec(line.text)?.[1];
    const section = sections.at(-1);
    if (name !== undefined) sections.push({ key: scalar(name, line.start + 1, lines), start: line.start, entries: [] });
    else if (section === undefined) return refuse('a line stands before the first [section]', line, lines, sink);
    else if (/^\s/.test(line.text) && section.entries.length > 0) continueValue(section.entries, trimmed);
    else {
      const entry = entryOf(line, /[=:]/, lines);
      if (entry === undefined || entry.key.kind !== 'string')
        return refuse('"key = value" expected', line, lines, sink);
      section.entries.push({ key: { ...entry.key, value: entry.key.value.toLowerCase() }, value: entry.value });
    }
  }
  const entries = sections.map(
    (section): PyEntry => ({ key: section.key, value: mapOf(section.entries, section.start, section.start, lines) }),
  );
  return mapOf(entries, 0, source.text.length, lines);
}

function continueValue(entries: PyEntry[], text: string): void {
  const last = entries.at(-1);
  if (last?.value.kind === 'string')
    entries[entries.length - 1] = { key: last.key, value: { ...last.value, value: `${last.value.value}\n${text}` } };
}

function refuse(problem: string, line: Line, lines: LineIndex, sink: DiagnosticSink): undefined {
  sink.add(
    diagnose('JINJA_VARIABLES_FORMAT', { problem }, { span: lines.span(line.start, line.start + line.text.length) }),
  );
  return undefined;
}
