import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { unavailableNote, unavailableText } from '../unavailable.ts';
import { formatOption } from './options.ts';

export function addDedup(program: Command, context: CliContext): void {
  program
    .command('dedup')
    .summary('find near-identical jobs')
    .description('Finds families of near-identical jobs that one shared template could serve.')
    .argument('<legacy>', 'folder of the legacy platform')
    .addOption(formatOption())
    .addHelpText('after', `${unavailableNote}\nExamples:\n  $ dig2argo dedup legacy\n`)
    .action(() => {
      context.terminal.err(unavailableText('dedup'));
      context.finish(2);
    });
}
