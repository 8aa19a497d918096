import { parseDocument } from 'yaml';
import { staticText } from '../../../ir/read-value.ts';
import { readArguments } from '../arguments.ts';
import type { CommandHandler } from '../call.ts';
import { type Content, nothing, printed } from '../content.ts';
import { readFile } from '../read-file.ts';
import { literalText, shapeOf } from '../text-value.ts';
import { structural } from './replace.ts';

/** `jq -r .prd.cluster clusters.json`, `yq '.prd.cluster' clusters.yaml`: one value of a file that is known. Any other use changes manifests. */
const query: CommandHandler = (shell, call, interpreter) => {
  const words = call.args.filter((arg) => !/^(?:eval|e|r|read)$/.test(shapeOf(arg)));
  const args = readArguments(words, new Set(['arg', 'argjson', 'indent', 'o', 'output-format', 'p', 'input-format']));
  const inPlace = call.args.some((arg) => /^(?:-\w*i\w*|--in-?place)$/.test(shapeOf(arg)) && call.name === 'yq');
  const [filter, file] = args.positionals;
  const path = filter === undefined ? undefined : queryPath(staticText(filter) ?? '');
  const content: Content = file === undefined ? (call.stdin ?? nothing) : readFile(shell, file, call.span);
  const text = content.kind === 'text' ? staticText(content.text) : undefined;
  if (inPlace || path === undefined || path.length === 0 || text === undefined)
    return structural(shell, call, interpreter);
  const found = valueAt(text, path);
  if (found === undefined) return structural(shell, call, interpreter);
  const from = file?.from ?? filter?.from ?? { via: 'default' as const, reason: call.source };
  return printed(
    literalText(
      `${call.name === 'jq' && !args.flags.has('r') && typeof found === 'string' ? JSON.stringify(found) : String(found)}\n`,
      from,
    ),
  );
};

/** Steps of `.a.b["c"][0]`; undefined for any other filter. */
function queryPath(filter: string): readonly (string | number)[] | undefined {
  const written = filter.trim();
  const pieces = written.match(/\.[A-Za-z_][\w-]*|\.?\["[^"]*"\]|\."[^"]*"|\[\d+\]/g) ?? [];
  if (pieces.join('') !== written) return undefined;
  return pieces.map((piece) => {
    const index = /^\[(\d+)\]$/.exec(piece)?.[1];
    return index === undefined ? piece.replace(/^\.?\[?"?|"?\]?$/g, '') : Number(index);
  });
}

/** A single value; lists and maps are no text that a launcher uses. */
function valueAt(text: string, path: readonly (string | number)[]): string | number | boolean | undefined {
  const document = parseDocument(text, { logLevel: 'silent' });
  if (document.errors.length > 0) return undefined;
  const found: unknown = document.getIn(path);
  return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean' ? found : undefined;
}

export const queryCommands: Readonly<Record<string, CommandHandler>> = { jq: query, yq: query };
