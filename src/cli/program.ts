import { Command, CommanderError } from 'commander';
import { addAudit } from './commands/audit.ts';
import { addCompletion } from './commands/completion.ts';
import { addConvert } from './commands/convert.ts';
import { addDedup } from './commands/dedup.ts';
import { addDiff } from './commands/diff.ts';
import { addExplain } from './commands/explain.ts';
import { addInit } from './commands/init.ts';
import { addLint } from './commands/lint.ts';
import { addReport } from './commands/report.ts';
import { addRules } from './commands/rules.ts';
import { addVerify } from './commands/verify.ts';
import type { CliContext } from './context.ts';
import type { ExitCode } from './exit-code.ts';
import { packageVersion } from './package-version.ts';
import type { Services } from './services.ts';
import type { Terminal } from './terminal.ts';

/** Reads the arguments and runs one command. Throws only for a bug, or what the file system refuses. */
export async function runProgram(argv: readonly string[], terminal: Terminal, services: Services): Promise<ExitCode> {
  let code: ExitCode = 0;
  const program = new Command('dig2argo');
  const context: CliContext = {
    terminal,
    services,
    quiet: () => program.opts()['quiet'] === true,
    finish: (given) => {
      code = given;
    },
  };
  configure(program, context);
  for (const add of [
    addInit,
    addAudit,
    addConvert,
    addLint,
    addVerify,
    addDedup,
    addDiff,
    addReport,
    addExplain,
    addRules,
    addCompletion,
  ])
    add(program, context);
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    // Help and version end here too, with 0; every other end of commander is wrong use.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
  return code;
}

function configure(program: Command, { terminal }: CliContext): void {
  program
    .description('Migrates a batch platform from Digdag to Argo Workflows, and proves what it did.')
    .version(packageVersion(), '-V, --version')
    .option('-q, --quiet', 'print errors and the data asked for, nothing else')
    .option('--debug', 'print a stack trace in case of a bug')
    .showSuggestionAfterError(true)
    .showHelpAfterError('(add --help for the options and examples)')
    .configureHelp({ helpWidth: Math.min(terminal.columns, 110), showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => terminal.out(text),
      writeErr: (text) => terminal.err(text),
      getOutHasColors: () => terminal.colorOut,
      getErrHasColors: () => terminal.colorErr,
    })
    .exitOverride()
    .addHelpText(
      'after',
      '\nExamples:\n  $ dig2argo init legacy             propose a configuration\n  $ dig2argo convert legacy out      convert the platform\n  $ dig2argo explain out/cron/daily-sales/base/workflow.yaml:34    why is this line here?\n  $ dig2argo report out              read the summary again\n\nExit codes: 0 clean, 1 findings, 2 wrong use, 3 bug in dig2argo\n',
    );
}
