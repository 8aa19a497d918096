import { compareText } from '../../core/order.ts';
import type { Forecast, JobReport } from '../types.ts';
import type { Figures } from './figures.ts';

type Gains = Forecast['gains'];

/** What can go wrong in each thing that a launcher does, by the first word that the report says of it. */
const failures: Readonly<Record<string, string>> = {
  fetches: 'the manifest cannot be fetched, or a newer one is than was tested',
  connects: 'the worker cannot connect to the cluster',
  waits: 'the launcher gives up waiting while the Job goes on, or waits for a Job that has failed',
  polls: 'the launcher dies while it polls, and the Job goes on unseen',
  deletes: 'a Job of the same name is still there',
};

/** What one run of a job saves. Each step that a launcher served is a worker slot, or a pod, less. */
export function gainsOf(job: JobReport, { launchSeconds }: Figures): Gains {
  const deeds = new Map<string, Set<string>>();
  for (const { task, what } of job.launchers) {
    const verb = what.split(' ')[0] ?? '';
    if (launchSeconds[verb] !== undefined) deeds.set(verb, (deeds.get(verb) ?? new Set<string>()).add(task));
  }
  const seconds = [...deeds].reduce((sum, [verb, tasks]) => sum + tasks.size * (launchSeconds[verb] ?? 0), 0);
  return {
    launcherSeconds: seconds,
    podsSaved: new Set(job.launchers.map(({ task }) => task)).size,
    linesSaved: Math.max(0, job.lines.before - job.lines.after),
    failureModes: [...deeds]
      .flatMap(([verb, tasks]) => {
        const what = failures[verb];
        return what === undefined ? [] : [{ what, places: tasks.size }];
      })
      .sort((a, b) => b.places - a.places || compareText(a.what, b.what)),
  };
}

export function allGains(gains: readonly Gains[], linesSaved: number): Gains {
  const modes = new Map<string, number>();
  for (const { failureModes } of gains)
    for (const { what, places } of failureModes) modes.set(what, (modes.get(what) ?? 0) + places);
  return {
    launcherSeconds: gains.reduce((sum, each) => sum + each.launcherSeconds, 0),
    podsSaved: gains.reduce((sum, each) => sum + each.podsSaved, 0),
    linesSaved,
    failureModes: [...modes]
      .map(([what, places]) => ({ what, places }))
      .sort((a, b) => b.places - a.places || compareText(a.what, b.what)),
  };
}
