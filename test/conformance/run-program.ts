import { execFile } from 'node:child_process';

/** A program to start: the file and the arguments that always come first. */
export interface Program {
  readonly file: string;
  readonly args: readonly string[];
}

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** Runs a program to its end. An exit code other than 0 is an answer; a program that cannot be started throws. */
export function runProgram(program: Program, args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      program.file,
      [...program.args, ...args],
      { cwd: options.cwd, env: { ...process.env, ...options.env }, maxBuffer: 1 << 28, encoding: 'utf8' },
      (error, stdout, stderr) => {
        if (!error) resolve({ code: 0, stdout, stderr });
        else if (typeof error.code === 'number') resolve({ code: error.code, stdout, stderr });
        else reject(error.code === 'ENOENT' ? new Error(`the program "${program.file}" is not installed`) : error);
      },
    );
    // A program that ends before it has read everything closes the pipe; its exit code tells the story.
    child.stdin?.on('error', () => {});
    child.stdin?.end(options.input ?? '');
  });
}

/** As `runProgram`, but a failure throws with the end of what the program said. */
export async function runOrThrow(
  program: Program,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Outcome> {
  const outcome = await runProgram(program, args, options);
  if (outcome.code !== 0) {
    const said = (outcome.stderr || outcome.stdout).trim().split('\n').slice(-8).join('\n');
    throw new Error(`${[program.file, ...program.args, ...args].join(' ')}: exit ${outcome.code}\n${said}`.trim());
  }
  return outcome;
}
