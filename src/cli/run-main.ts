import type { ExitCode } from './exit-code.ts';
import { packageVersion } from './package-version.ts';
import { runProgram } from './program.ts';
import type { Services } from './services.ts';
import type { Terminal } from './terminal.ts';

/** One call of the program. No stack trace leaves it but with --debug. */
export async function runMain(argv: readonly string[], terminal: Terminal, services: Services): Promise<ExitCode> {
  try {
    return await runProgram(argv, terminal, services);
  } catch (error) {
    if (isSystemError(error)) {
      terminal.err(`error: ${error.message}\n`);
      return 2;
    }
    terminal.err(bugText(error, argv));
    return 3;
  }
}

/** A disk that is full, a folder that may not be read: nothing of ours. */
function isSystemError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}

function bugText(error: unknown, argv: readonly string[]): string {
  const message = error instanceof Error ? error.message : String(error);
  const debug = argv.includes('--debug');
  const stack = debug && error instanceof Error ? `${error.stack ?? ''}\n` : '';
  const how = debug ? '' : ' Run again with --debug to see where it happened.';
  return `error: ${message}\n${stack}This is a bug in dig2argo ${packageVersion()}, not in your files. Please report it with the command you ran.${how}\n`;
}
