import { Interpreter } from './execute.ts';
import { Machine } from './machine.ts';
import { NotInterpretable } from './not-interpretable.ts';
import { Forever } from './signals.ts';
import { ShellState } from './state.ts';
import { Input, nothing, Output } from './streams.ts';
import type { ShellRequest, ShellRun, World } from './world.ts';

/** Interprets a script as a shell would run it. Nothing is started, nothing is written outside memory. */
export function runScript(request: ShellRequest, world: World): ShellRun {
  const machine = new Machine(world, request);
  const variables = new Map(
    [...request.environment].map(([name, value]) => [name, { value, exported: true }] as const),
  );
  const state = new ShellState(machine, 'sh', machine.treePath(request.folder), variables, []);
  const streams = { in: new Input(nothing), out: new Output(), err: new Output() };
  try {
    const exitCode = new Interpreter().runProcess(request.script, state, streams);
    return { kind: 'ran', exitCode, ...seen(machine), seconds: machine.seconds };
  } catch (error) {
    // A script that never ends leaves no exit status; what it did before stands.
    if (error instanceof Forever) return { kind: 'ran', exitCode: 1, ...seen(machine) };
    if (error instanceof NotInterpretable) {
      const line = error.line ?? state.line;
      return { kind: 'not-interpretable', construct: error.construct, line, script: request.script };
    }
    if (error instanceof RangeError || error instanceof SyntaxError)
      return { kind: 'not-interpretable', construct: error.message, script: request.script };
    throw error;
  }
}

function seen({ events, times, places }: Machine): Pick<Machine, 'events' | 'times' | 'places'> {
  return { events, times, places };
}
