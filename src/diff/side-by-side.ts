import { Chalk } from 'chalk';
import { align, folded, type Row } from './align.ts';
import type { EffectPair, SessionDiff } from './types.ts';

export interface SideBySideOptions {
  readonly columns: number;
  readonly color: boolean;
}

const CONTEXT = 2;
const LEAST_COLUMNS = 60;

/** The effects of a session in two columns: the legacy platform's on the left, Argo's on the right. */
export function sideBySide(diff: SessionDiff, options: SideBySideOptions): string {
  const head = `${diff.job} in ${diff.environment}, session ${diff.sessionTime}, ${diff.started}\n`;
  return head + diff.pairs.map((pair) => pairText(pair, options)).join('');
}

function pairText(pair: EffectPair, { columns, color }: SideBySideOptions): string {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const width = Math.floor((Math.max(columns, LEAST_COLUMNS) - 3) / 2);
  const line = (left: string, mark: string, right: string): string =>
    `${padded(left, width)} ${mark} ${right}`.trimEnd().concat('\n');
  const rowText = ({ left, right, equal }: Row): string =>
    halves(left ?? '', right ?? '', width)
      .map(([mine, theirs]) => {
        const text = line(mine, equal ? ' ' : left === undefined ? '>' : right === undefined ? '<' : '|', theirs);
        return equal ? text : chalk.yellow(text);
      })
      .join('');
  const body = folded(align(pair.legacy, pair.argo), CONTEXT).map((block) =>
    block.kind === 'equal' ? chalk.dim(`  … ${block.count} equal lines\n`) : block.rows.map(rowText).join(''),
  );
  const verdict =
    pair.differences.length > 0
      ? chalk.red(`differs: ${pair.differences.map(({ path }) => path).join(', ')}`)
      : pair.accepted.length > 0
        ? `equal but for what is accepted: ${pair.accepted.map(({ path, rule }) => `${path} (${rule})`).join(', ')}`
        : chalk.green('equal');
  return `\n${line(chalk.bold(pair.task ?? '(none)'), ' ', chalk.bold(pair.node ?? '(none)'))}${body.join('')}${verdict}\n`;
}

/** Long lines go on below, on both sides together. */
function halves(left: string, right: string, width: number): readonly (readonly [string, string])[] {
  const [mine, theirs] = [chunks(left, width), chunks(right, width)];
  return Array.from({ length: Math.max(mine.length, theirs.length) }, (_, at) => [mine[at] ?? '', theirs[at] ?? '']);
}

function chunks(text: string, width: number): readonly string[] {
  if (text === '') return [''];
  return Array.from({ length: Math.ceil(text.length / width) }, (_, at) => text.slice(at * width, (at + 1) * width));
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - text.length));
}
