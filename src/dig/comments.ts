import { DiagnosticList } from '../core/diagnose.ts';
import type { SourceFile } from '../core/source.ts';
import type { CommentLine } from '../yaml/comments.ts';
import { type DigdagTree, readDigdagYaml } from '../yaml/digdag.ts';
import { valueNamed } from '../yaml/node.ts';
import type { CommentedSchedule, YamlMap } from './types.ts';

const scheduleKinds: ReadonlySet<string> = new Set(
  ['hourly', 'daily', 'weekly', 'monthly', 'cron', 'minutes_interval', 'seconds_interval'].map((kind) => `${kind}>`),
);

/** The comment that opens a file; what stands right above a first task belongs to the task. */
export function headComment(tree: DigdagTree): string | undefined {
  const [block] = tree.comments.blocks();
  const [first] = tree.root.entries;
  const last = block?.at(-1);
  if (block === undefined || last === undefined || first === undefined) return undefined;
  if (last.span.start.line > first.keySpan.start.line) return undefined;
  const touches = last.span.start.line === first.keySpan.start.line - 1;
  if (touches && first.key.startsWith('+')) return undefined;
  return block.map((line) => line.text).join('\n');
}

/** The first schedule that someone commented out: a whole `schedule:` block, or only the operator line below `schedule:`. */
export function commentedSchedule(source: SourceFile, tree: DigdagTree): CommentedSchedule | undefined {
  for (const block of tree.comments.blocks()) {
    for (let from = 0; from < block.length; from += 1) {
      const head = (block[from]?.text ?? '').trim();
      if (!/^(?:schedule\s*:|[a-z_]+>\s*:)/.test(head)) continue;
      const found = scheduleIn(source, linesOfBlock(block, from));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** From the line on, as long as lines are indented deeper: what would be the mapping if it were no comment. */
function linesOfBlock(block: readonly CommentLine[], from: number): readonly CommentLine[] {
  const indent = (line: CommentLine | undefined): number => (line?.text ?? '').search(/\S/);
  const base = indent(block[from]);
  let to = from + 1;
  while (
    to < block.length &&
    (indent(block[to]) > base ||
      (block[from]?.text.includes('>') === true &&
        indent(block[to]) === base &&
        /^\s*[a-z_]+\s*:/.test(block[to]?.text ?? '')))
  )
    to += 1;
  return block.slice(from, to);
}

/** Reads the comment lines at their own places: the marks become spaces, all else is blank, so that spans are true. */
function scheduleIn(source: SourceFile, lines: readonly CommentLine[]): CommentedSchedule | undefined {
  const [first, last] = [lines[0], lines.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  let text = '';
  for (const { span } of lines) {
    text += source.text.slice(text.length, span.start.offset).replaceAll(/[^\r\n]/g, ' ');
    text += ` ${source.text.slice(span.start.offset + 1, span.end.offset)}`;
  }
  const node = readDigdagYaml({ path: source.path, text }, new DiagnosticList());
  const map = node?.kind === 'map' ? (valueNamed(node, 'schedule') ?? node) : undefined;
  if (map?.kind !== 'map') return undefined;
  return described(map, { file: source.path, start: first.span.start, end: last.span.end });
}

function described(node: YamlMap, span: CommentedSchedule['span']): CommentedSchedule | undefined {
  const operator = node.entries.find((entry) => scheduleKinds.has(entry.key));
  if (operator === undefined) return undefined;
  return { operator: operator.key.slice(0, -1), written: operator.value.source ?? '', node, span };
}
