import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Program } from '../run-program.ts';

/**
 * A server that runs beside this process and writes to a log file. It has to end when its standard input does: so it does not
 * outlive this process, however that ends.
 */
export class ServerProcess {
  readonly #name: string;
  readonly #log: string;
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  #failure: string | undefined;

  constructor(
    program: Program,
    args: readonly string[],
    { log, env = {} }: { readonly log: string; readonly env?: Readonly<Record<string, string>> },
  ) {
    this.#name = program.file.split('/').at(-1) ?? program.file;
    this.#log = log;
    const output = openSync(log, 'a');
    this.#child = spawn(program.file, [...program.args, ...args], {
      env: { ...process.env, ...env },
      stdio: ['pipe', output, output],
    });
    closeSync(output);
    this.#ended = new Promise((resolve) => {
      this.#child.once('error', (error) => {
        this.#failure = error.message;
        resolve();
      });
      this.#child.once('exit', (code, signal) => {
        this.#failure ??= `ended with ${signal ?? `exit code ${code}`}`;
        resolve();
      });
    });
  }

  /** Asks until the answer is yes; throws with the end of the log when the server ends or the time is over. */
  async until(ready: () => Promise<boolean>, seconds: number): Promise<void> {
    for (const end = performance.now() + seconds * 1000; performance.now() < end; await pause(100)) {
      if (this.#failure !== undefined) throw new Error(`${this.#name} ${this.#failure}\n${this.lastLines()}`);
      if (await ready()) return;
    }
    throw new Error(`${this.#name} is not ready after ${seconds} s\n${this.lastLines()}`);
  }

  /** Why the server is not there any more. */
  get failure(): string | undefined {
    return this.#failure;
  }

  lastLines(count = 20): string {
    return readFileSync(this.#log, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
  }

  async stop(): Promise<void> {
    this.#child.stdin?.end();
    await Promise.race([this.#ended, pause(3000, undefined, { ref: false })]);
    this.#child.kill('SIGKILL');
    await this.#ended;
  }
}

/** A port of loopback that nothing listens on now. Not one of those that the system gives away: etcd asks it for two. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = randomInt(20_000, 30_000);
    if (await isFree(port)) return port;
  }
  throw new Error('no free port between 20000 and 30000');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
