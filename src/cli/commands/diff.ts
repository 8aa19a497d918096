import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { unavailableNote, unavailableText } from '../unavailable.ts';
import { formatOption } from './options.ts';

export function addDiff(program: Command, context: CliContext): void {
  program
    .command('diff')
    .summary('compare one job at one time')
    .description('Shows what the legacy platform and Argo start for one job, in one environment, at one session time.')
    .argument('<legacy>', 'folder of the legacy platform')
    .argument('<out>', 'folder that `dig2argo convert` wrote')
    .requiredOption('--job <name>', 'the workflow')
    .requiredOption('--env <name>', 'the environment')
    .requiredOption('--at <time>', 'the session time, such as 2026-03-01T00:00:00+09:00')
    .addOption(formatOption())
    .addHelpText(
      'after',
      `${unavailableNote}\nExamples:\n  $ dig2argo diff legacy out --job daily_sales --env prd --at 2026-03-01T00:00:00+09:00\n`,
    )
    .action(() => {
      context.terminal.err(unavailableText('diff'));
      context.finish(2);
    });
}
