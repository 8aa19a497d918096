import { Scalar } from 'yaml';

/** The text of a scalar as YAML 1.1 readers see it; for blocks they differ from our parser where it ends. */
export function scalarText(node: Scalar, text: string): string {
  const value = node.source ?? '';
  if (node.type !== Scalar.BLOCK_LITERAL && node.type !== Scalar.BLOCK_FOLDED) return value;
  const [start = 0, end = 0] = node.range ?? [];
  const blankEnd = text[end - 1] === '\n' ? blankLines(text, end) : end;
  const whole = withBlankEnd(
    value,
    text.slice(start, blankEnd),
    text.slice(text.lastIndexOf('\n', start - 1) + 1, start),
  );
  // No line break is added to a block that the end of the file cuts off.
  const lastLine = end === text.length ? text.slice(text.lastIndexOf('\n') + 1) : '';
  const cutOff = lastLine !== '' && (lastLine.trim() !== '' || / \n$/.test(whole));
  return cutOff && whole.endsWith('\n') ? whole.slice(0, -1) : whole;
}

/** Where the lines of blanks end that begin at the offset. */
function blankLines(text: string, from: number): number {
  const blank = /(?:[ ]*\r?\n)*/y;
  blank.lastIndex = from;
  return from + (blank.exec(text)?.[0].length ?? 0);
}

/**
 * Behind an indentation indicator, lines of blanks at the end that go beyond the indentation are content. `before` is
 * the line up to the block's header.
 */
function withBlankEnd(value: string, block: string, before: string): string {
  const header = /^[|>]([-+]?)([1-9])([-+]?)[^\n]*\n/.exec(block);
  const place = /^( *(?:- +)*)(.*)$/.exec(before.replace(/(?:[&!]\S* +)*$/, '').trimEnd());
  if (header === null || place === null) return value;
  const [, dashes = '', key = ''] = place;
  const parent = key === '' || key === '-' ? before.lastIndexOf('-') : dashes.length;
  const indent = Math.max(0, parent) + Number(header[2]);
  const lines = block.slice(header[0].length).split(/\r?\n/);
  const blank = lines.findLastIndex((line) => line.trim() !== '') + 1;
  const last = lines.findLastIndex((line) => line.length > indent);
  if (last < blank) return value;
  const content = lines.slice(blank, last + 1).map((line) => line.slice(indent));
  const body = value.replace(/(?:\n *)+$/, '');
  const text = [...(blank === 0 ? [] : [body]), ...content].join('\n');
  const breaks = lines.length - 1 - last;
  const chomping = `${header[1]}${header[3]}`;
  if (chomping === '-') return text;
  return text + '\n'.repeat(chomping === '+' ? Math.max(1, breaks) : 1);
}
