import { type Command, Option } from 'commander';
import type { CliContext } from '../context.ts';
import { unavailableNote, unavailableText } from '../unavailable.ts';
import { formatOption, listOption } from './options.ts';

export function addVerify(program: Command, context: CliContext): void {
  program
    .command('verify')
    .summary('prove that legacy platform and output start the same')
    .description(
      'Compares what the legacy platform would start with what Argo will start, for every job, environment and session time.',
    )
    .argument('<legacy>', 'folder of the legacy platform')
    .argument('<out>', 'folder that `dig2argo convert` wrote')
    .addOption(listOption('--job <name>', 'these workflows only'))
    .addOption(listOption('--env <name>', 'these environments only'))
    .option('--observed <folder>', 'Jobs really started: output of `kubectl get jobs -o yaml`')
    .option('--workflow-defaults <file>', 'the workflowDefaults of your controller')
    .addOption(formatOption())
    .addOption(
      new Option('--fail-on <verdict>', 'exit with 1 for this verdict, or a worse one')
        .choices(['differs', 'not-provable'])
        .default('differs'),
    )
    .addHelpText(
      'after',
      `${unavailableNote}\nExamples:\n  $ dig2argo verify legacy out\n  $ dig2argo verify legacy out --job daily_sales --env prd\n`,
    )
    .action(() => {
      context.terminal.err(unavailableText('verify'));
      context.finish(2);
    });
}
