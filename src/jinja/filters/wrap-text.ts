import { typeError, valueError } from '../values/error.ts';
import { codePoints } from '../values/text.ts';

export interface WrapOptions {
  readonly width: number;
  readonly breakLongWords: boolean;
  readonly breakOnHyphens: boolean;
}

const space = '[\\t\\n\\x0b\\x0c\\r ]';
const noSpace = '[^\\t\\n\\x0b\\x0c\\r ]';
const wordPunctuation = '[\\p{L}\\p{N}_!"\'&.,?]';
const letter = '\\p{L}|_';
const byHyphens = new RegExp(
  `(${space}+|(?<=${wordPunctuation})-{2,}(?=[\\p{L}\\p{N}_])|${noSpace}+?(?:-(?:(?<=(?:${letter}){2}-)|(?<=(?:${letter})-(?:${letter})-))(?=(?:${letter})-?(?:${letter}))|(?=${space}|$)|(?<=${wordPunctuation})(?=-{2,}[\\p{L}\\p{N}_])))`,
  'u',
);
const bySpaces = new RegExp(`(${space}+)`, 'u');

/** Python's textwrap.wrap with expand_tabs and replace_whitespace off. */
export function wrapText(text: string, options: WrapOptions): readonly string[] {
  const chunks = text
    .split(options.breakOnHyphens ? byHyphens : bySpaces)
    .filter((chunk) => chunk !== undefined && chunk !== '')
    .reverse();
  const lines: string[] = [];
  if (options.width <= 0) throw valueError(`invalid width ${options.width} (must be > 0)`);
  while (chunks.length > 0) {
    const line: string[] = [];
    let length = 0;
    if (chunks.at(-1)?.trim() === '' && lines.length > 0) chunks.pop();
    while (chunks.length > 0) {
      const next = codePoints(chunks.at(-1) ?? '').length;
      if (length + next > options.width) break;
      line.push(chunks.pop() ?? '');
      length += next;
    }
    if (codePoints(chunks.at(-1) ?? '').length > options.width) breakLongWord(chunks, line, length, options);
    if (line.at(-1)?.trim() === '') line.pop();
    if (line.length > 0) lines.push(line.join(''));
  }
  return lines;
}

function breakLongWord(chunks: string[], line: string[], length: number, options: WrapOptions): void {
  const room = options.width < 1 ? 1 : options.width - length;
  if (!options.breakLongWords) {
    if (line.length === 0) line.push(chunks.pop() ?? '');
    return;
  }
  if (!Number.isInteger(room)) throw typeError('slice indices must be integers or None or have an __index__ method');
  const chunk = chunks.pop() ?? '';
  const points = Array.from(chunk);
  let end = room;
  if (options.breakOnHyphens && points.length > room) {
    const hyphen = points.slice(0, room).lastIndexOf('-');
    if (hyphen > 0 && points.slice(0, hyphen).some((point) => point !== '-')) end = hyphen + 1;
  }
  line.push(points.slice(0, end).join(''));
  chunks.push(points.slice(end).join(''));
}
