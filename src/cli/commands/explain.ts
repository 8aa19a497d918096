import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { unavailableNote, unavailableText } from '../unavailable.ts';
import { formatOption } from './options.ts';

export function addExplain(program: Command, context: CliContext): void {
  program
    .command('explain')
    .summary('say where a line comes from, or what became of it')
    .description('Prints the way from a legacy line through variables, macros and rules to the output, or back.')
    .argument('<file>', 'FILE or FILE:LINE, of the legacy platform or of the output')
    .addOption(formatOption())
    .addHelpText(
      'after',
      `${unavailableNote}Until then, .dig2argo/map/<file>.json in the output names the source of every value.\n\nExamples:\n  $ dig2argo explain legacy/digdag/prd/daily_sales.dig:12\n`,
    )
    .action(() => {
      context.terminal.err(unavailableText('explain'));
      context.finish(2);
    });
}
