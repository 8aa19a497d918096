import type { CommandHandler } from '../call.ts';
import { builtinCommands } from './builtins.ts';
import { clusterCommands } from './cluster.ts';
import { downloadCommands } from './download.ts';
import { fileCommands } from './files.ts';
import { kubectl } from './kubectl.ts';
import { lineCommands } from './lines.ts';
import { prefixCommands } from './prefixes.ts';
import { queryCommands } from './query.ts';
import { renderCommands } from './render.ts';
import { replaceCommands } from './replace.ts';
import { textCommands } from './text.ts';

const table: ReadonlyMap<string, CommandHandler> = new Map([
  ...Object.entries(builtinCommands),
  ...Object.entries(prefixCommands),
  ...Object.entries(textCommands),
  ...Object.entries(lineCommands),
  ...Object.entries(fileCommands),
  ...Object.entries(replaceCommands),
  ...Object.entries(renderCommands),
  ...Object.entries(queryCommands),
  ...Object.entries(downloadCommands),
  ...Object.entries(clusterCommands),
  ['kubectl', kubectl],
  ['oc', kubectl],
]);

/** The handler of a program or built-in command, also by its full path below a bin folder. */
export function commandNamed(name: string): CommandHandler | undefined {
  return table.get(name.replace(/^\/(?:\w+\/)*s?bin\//, ''));
}
