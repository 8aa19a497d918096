import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { pointerTo } from '../core/json-pointer.ts';

/** Lines of one value of a YAML text, counted from 1; `line` is that of its key. */
export interface PointerLines {
  readonly pointer: string;
  readonly line: number;
  readonly endLine: number;
  /** True where the value holds others. */
  readonly holds: boolean;
}

/** Every value of an output file with its lines, in document order. */
export function pointerLines(text: string): readonly PointerLines[] {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  const found: PointerLines[] = [];
  const lineAt = (offset: number): number => counter.linePos(offset).line;
  const visit = (node: unknown, pointer: string, start: number): void => {
    if (!isMap(node) && !isSeq(node) && !isScalar(node)) return;
    const end = Math.max(start, (node.range?.[1] ?? start + 1) - 1);
    const line = lineAt(start);
    found.push({ pointer, line, endLine: Math.max(line, lineAt(end)), holds: !isScalar(node) });
    if (isMap(node))
      for (const pair of node.items) {
        const key: unknown = pair.key;
        if (isScalar(key)) visit(pair.value, pointerTo(pointer, String(key.value)), key.range?.[0] ?? start);
      }
    if (isSeq(node)) node.items.forEach((item, at) => visit(item, `${pointer}/${at}`, startOf(item) ?? start));
  };
  visit(document.contents, '', startOf(document.contents) ?? 0);
  return found;
}

function startOf(node: unknown): number | undefined {
  return isMap(node) || isSeq(node) || isScalar(node) ? (node as Node).range?.[0] : undefined;
}
