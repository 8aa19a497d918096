import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { unavailableNote, unavailableText } from '../unavailable.ts';
import { failOnOption, formatOption } from './options.ts';

export function addLint(program: Command, context: CliContext): void {
  program
    .command('lint')
    .summary('check an output tree')
    .description('Checks an output tree for what the real linter finds, and for the mistakes it lets through.')
    .argument('<out>', 'folder that `dig2argo convert` wrote')
    .addOption(formatOption())
    .addOption(failOnOption())
    .addHelpText('after', `${unavailableNote}\nExamples:\n  $ dig2argo lint out\n`)
    .action(() => {
      context.terminal.err(unavailableText('lint'));
      context.finish(2);
    });
}
