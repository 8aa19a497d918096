import { endedBefore } from './background.ts';
import { runScript } from './run-script.ts';
import type { JobOutcome, ShellEvent, ShellRequest, World } from './world.ts';

/** How a script waits for a Job it made, measured by letting the Job run for ever, and by letting it fail. */
export interface Wait {
  /** Absent: no limit. */
  readonly timeoutSeconds?: number;
  readonly seesFailure: 'at-once' | 'at-timeout' | 'never';
}

type JobEvent = Extract<ShellEvent, { kind: 'job' }>;

export type Launch =
  | {
      readonly kind: 'ran';
      readonly exitCode: number;
      readonly events: readonly ShellEvent[];
      /** The waits of the events that are Jobs. */
      readonly waits: ReadonlyMap<ShellEvent, Wait>;
      /** For each event the places of those that must have ended before it. */
      readonly after: readonly (readonly number[])[];
    }
  | { readonly kind: 'not-interpretable'; readonly construct: string; readonly line?: number };

/** Runs a script, and measures how it waits for each of its Jobs. */
export function launch(request: ShellRequest, world: World): Launch {
  const run = runScript(request, world);
  if (run.kind === 'not-interpretable') return run;
  const waits = new Map<ShellEvent, Wait>();
  // What is no Job has ended when the script goes on, or when it has waited for the background command it is in.
  const after = run.events.map((_, at) =>
    [...run.events.keys()].filter((other) => {
      const [earlier, later] = [run.places[other], run.places[at]];
      if (other >= at || run.events[other]?.kind === 'job') return false;
      return earlier === undefined || later === undefined || endedBefore(earlier, later);
    }),
  );
  for (const [at, event] of run.events.entries()) {
    if (event.kind !== 'job') continue;
    const wait = measure(at, event, request, world);
    if (wait.kind === 'not-interpretable') return wait;
    waits.set(event, wait.wait);
    for (let later = at + 1; later < run.events.length; later += 1) {
      const [seen, delayed] = [run.times[later], wait.endless[later]];
      if (delayed === undefined || (seen !== undefined && delayed > seen)) after[later]?.push(at);
    }
  }
  return { kind: 'ran', exitCode: run.exitCode, events: run.events, waits, after };
}

function measure(
  at: number,
  job: JobEvent,
  request: ShellRequest,
  world: World,
):
  | { readonly kind: 'measured'; readonly wait: Wait; readonly endless: readonly number[] }
  | Extract<Launch, { kind: 'not-interpretable' }> {
  const ending = (outcome: JobOutcome): World => ({
    ...world,
    download: (url) => world.download(url),
    file: (path) => world.file(path),
    outcome: ({ namespace, name }) => (name === job.name && namespace === job.namespace ? outcome : 'complete'),
  });
  const endless = runScript(request, ending('running'));
  if (endless.kind === 'not-interpretable') return endless;
  const failed = runScript(request, ending('failed'));
  if (failed.kind === 'not-interpretable') return failed;
  const since = (events: readonly ShellEvent[], seconds: number): number => {
    const made = events[at];
    return seconds - (made?.kind === 'job' ? made.at : 0);
  };
  const limit = endless.seconds === undefined ? undefined : since(endless.events, endless.seconds);
  const seen = failed.seconds === undefined ? undefined : since(failed.events, failed.seconds);
  const late = limit !== undefined && limit > 0 && seen === limit;
  const seesFailure = failed.exitCode === 0 || seen === undefined ? 'never' : late ? 'at-timeout' : 'at-once';
  const wait = { ...(limit === undefined ? {} : { timeoutSeconds: limit }), seesFailure } as const;
  return { kind: 'measured', wait, endless: endless.times };
}
