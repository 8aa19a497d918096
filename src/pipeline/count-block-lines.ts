import { parseAllDocuments } from 'yaml';

/** Lines of a YAML text if all of it were written in block style, comments and separators included: no style hides a value. */
export function blockLines(text: string): number {
  const documents = parseAllDocuments(text);
  const values = documents.reduce((lines, document) => lines + linesOf(document.toJS()), 0);
  return values + (text.match(/^ *#/gm)?.length ?? 0) + Math.max(0, documents.length - 1);
}

function linesOf(value: unknown): number {
  if (Array.isArray(value))
    return value.length === 0 ? 1 : value.reduce((lines: number, item) => lines + linesOf(item), 0);
  if (typeof value === 'object' && value !== null) {
    const entries = Object.values(value);
    return entries.length === 0 ? 1 : entries.reduce((lines: number, entry) => lines + entryLines(entry), 0);
  }
  // A literal block has a line for its indicator.
  return typeof value === 'string' && value.includes('\n') ? 1 + value.replace(/\n$/, '').split('\n').length : 1;
}

function entryLines(entry: unknown): number {
  const nested = typeof entry === 'object' && entry !== null && Object.keys(entry).length > 0;
  return (nested ? 1 : 0) + linesOf(entry);
}
