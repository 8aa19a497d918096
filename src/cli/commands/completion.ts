import { Argument, type Command } from 'commander';
import { completionScript, type Shell, shells } from '../completion.ts';
import type { CliContext } from '../context.ts';

export function addCompletion(program: Command, context: CliContext): void {
  program
    .command('completion')
    .summary('print a script that completes commands in a shell')
    .description('Prints a script for your shell that completes commands, options and their values.')
    .addArgument(new Argument('<shell>', 'the shell').choices(shells))
    .addHelpText(
      'after',
      '\nExamples:\n  $ dig2argo completion bash >> ~/.bashrc\n  $ dig2argo completion zsh > ~/.zfunc/_dig2argo\n  $ dig2argo completion fish > ~/.config/fish/completions/dig2argo.fish\n',
    )
    .action((shell: Shell) => {
      context.terminal.out(completionScript(program, shell));
      context.finish(0);
    });
}
