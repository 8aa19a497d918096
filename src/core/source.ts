import { compareText } from './order.ts';

declare const brand: unique symbol;
export type Brand<T, B extends string> = T & { readonly [brand]: B };

/** POSIX path in the legacy folder, or `<source>:<path>` in a further checkout; never absolute, so that reports are the same on every machine. */
export type RepoPath = Brand<string, 'RepoPath'>;

/** The one way to make a RepoPath: normalises `./` and `a/../b`, refuses what leaves the folder. */
export function repoPath(path: string): RepoPath {
  const parts: string[] = [];
  for (const part of path.replaceAll('\\', '/').split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) throw new RangeError(`path leaves the folder: ${path}`);
  }
  return parts.join('/') as RepoPath;
}

/** `path` as written in a file of folder `from`; undefined where it would leave the legacy folder or is absolute. */
export function resolveRepoPath(from: string, path: string): RepoPath | undefined {
  if (path.startsWith('/')) return undefined;
  try {
    return repoPath(`${from}/${path}`);
  } catch {
    return undefined;
  }
}

/** The folder a path lies in; the empty text for the top. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** Offset plus 1-indexed line and column (columns count UTF-16 code units, as editors do). */
export interface Point {
  readonly offset: number;
  readonly line: number;
  readonly col: number;
}

/** Half-open range [start, end) in one file. */
export interface SourceSpan extends Place {
  readonly file: RepoPath;
}

/** A span as reports hold it: its file is plain text there. */
export interface Place {
  readonly file: string;
  readonly start: Point;
  readonly end: Point;
}

export interface SourceFile {
  readonly path: RepoPath;
  readonly text: string;
}

/** Offsets of the line starts of one file; turns offsets into points and spans. */
export interface LineIndex {
  readonly file: RepoPath;
  point(offset: number): Point;
  span(start: number, end: number): SourceSpan;
}

export function indexLines(source: SourceFile): LineIndex {
  const starts = [0];
  for (let at = source.text.indexOf('\n'); at >= 0; at = source.text.indexOf('\n', at + 1)) starts.push(at + 1);
  const point = (offset: number): Point => {
    const clamped = Math.max(0, Math.min(offset, source.text.length));
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= clamped) low = middle;
      else high = middle - 1;
    }
    return { offset: clamped, line: low + 1, col: clamped - (starts[low] ?? 0) + 1 };
  };
  return {
    file: source.path,
    point,
    span: (start, end) => ({ file: source.path, start: point(start), end: point(end) }),
  };
}

export function wholeFile(source: SourceFile): SourceSpan {
  return indexLines(source).span(0, source.text.length);
}

/** `file:line:col`, the form editors and terminals make clickable. */
export function formatPosition(span: Place): string {
  return `${span.file}:${span.start.line}:${span.start.col}`;
}

export function compareSpans(a: SourceSpan | undefined, b: SourceSpan | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1;
  return compareText(a.file, b.file) || a.start.offset - b.start.offset || a.end.offset - b.end.offset;
}
