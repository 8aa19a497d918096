import type { BackgroundJob } from '../background.ts';
import { Forever } from '../signals.ts';
import type { ShellState } from '../state.ts';
import type { BuiltinCall } from './builtins.ts';
import { complain, refuse } from './program.ts';

/** `wait`: for all, whatever they end with; `wait PID…`: the status of the last; `wait -n`: of the first to end. */
export function wait(call: BuiltinCall): number {
  const { args, state } = call;
  if (args[0] === '-n') return waitForFirst(call, jobsOf(args.slice(1), call));
  if (args[0]?.startsWith('-') === true) return refuse(call, args[0]);
  if (args.length === 0) {
    for (const job of state.jobs) passTo(job, state);
    state.jobs = [];
    return 0;
  }
  let status = 0;
  for (const word of args) {
    const job = state.jobs.find(({ pid }) => pid === word) ?? state.ended.find(({ pid }) => pid === word);
    if (job === undefined) {
      status = complain(call, `pid ${word} is not a child of this shell`, 127);
      continue;
    }
    status = end(job, state);
  }
  return status;
}

function waitForFirst(call: BuiltinCall, among: readonly BackgroundJob[]): number {
  const [first] = [...among].sort((a, b) => a.ends - b.ends);
  return first === undefined ? 127 : end(first, call.state);
}

function jobsOf(words: readonly string[], { state }: BuiltinCall): readonly BackgroundJob[] {
  return words.length === 0 ? state.jobs : state.jobs.filter(({ pid }) => words.includes(pid));
}

function end(job: BackgroundJob, state: ShellState): number {
  passTo(job, state);
  if (state.jobs.includes(job)) state.ended = [...state.ended, job];
  state.jobs = state.jobs.filter((other) => other !== job);
  state.statusUnknown = job.statusUnknown;
  return job.status;
}

/** Lets the time pass until a job has ended. */
function passTo(job: BackgroundJob, { machine }: ShellState): void {
  if (job.ends === Number.POSITIVE_INFINITY) throw new Forever();
  machine.version += 1;
  machine.seconds = Math.max(machine.seconds, job.ends);
  machine.join(job.lane);
}

/** `kill -0 PID` asks whether it still runs; any other signal ends it. */
export function kill(call: BuiltinCall): number {
  const { args, state } = call;
  const pids = args.filter((word) => !word.startsWith('-'));
  const asks = args.includes('-0') || args[0] === '-s';
  if (args[0] === '-s' || pids.length === 0) return refuse(call, args.join(' '));
  let status = 0;
  for (const pid of pids) {
    const job = state.jobs.find((other) => other.pid === pid);
    const running = job !== undefined && job.ends > state.machine.seconds;
    // Where programs are taken to succeed, so is the end of one that was started elsewhere.
    if (!running) status = state.machine.assumeSuccess ? status : 1;
    else if (asks) {
      // It ends some day: the next turn of a loop that asks may get another answer.
      if (job.ends !== Number.POSITIVE_INFINITY) state.machine.version += 1;
    } else {
      const ended = { ...job, ends: state.machine.seconds, status: 143 };
      state.jobs = state.jobs.map((other) => (other === job ? ended : other));
      state.machine.version += 1;
    }
  }
  return status;
}

/** `jobs -p`: the process numbers. */
export function jobs(call: BuiltinCall): number {
  const { args, state, streams } = call;
  if (args.join(' ') !== '-p' && args.join(' ') !== '-rp' && args.join(' ') !== '-pr')
    return refuse(call, args.join(' '));
  const shown = args[0] === '-p' ? state.jobs : state.jobs.filter(({ ends }) => ends > state.machine.seconds);
  streams.out.write(shown.map(({ pid }) => `${pid}\n`).join(''));
  return 0;
}
