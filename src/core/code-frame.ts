import type { Place, SourceFile } from './source.ts';

const WIDTH = 80;

/** The quoted line with its number and a caret line below, cut to 80 columns around the caret; empty where the span's line does not exist. */
export function codeFrame(source: SourceFile, span: Place): string {
  const line = source.text.split(/\r?\n/)[span.start.line - 1];
  if (line === undefined) return '';
  const from = Math.max(0, Math.min(span.start.col - 1 - WIDTH / 2, line.length - WIDTH));
  const shown = line.slice(from, from + WIDTH);
  const cut = `${from > 0 ? '…' : ''}${shown}${from + WIDTH < line.length ? '…' : ''}`.replaceAll('\t', ' ');
  const length =
    span.end.line === span.start.line
      ? Math.max(1, span.end.col - span.start.col)
      : Math.max(1, line.length - span.start.col + 1);
  const offset = span.start.col - 1 - from + (from > 0 ? 1 : 0);
  const label = String(span.start.line);
  return `${label} | ${cut}\n${' '.repeat(label.length)} | ${' '.repeat(offset)}${'^'.repeat(Math.min(length, Math.max(1, cut.length - offset)))}`;
}
