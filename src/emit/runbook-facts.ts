import { repeatedStart } from '../core/clock-changes.ts';
import { compareText } from '../core/order.ts';
import type { OperatorTask } from '../ir/graph.ts';
import { entryOf, staticInteger } from '../ir/read-value.ts';
import type { MergedJob } from '../merge/types.ts';
import type { ConvertedWorkflow } from '../rules/types.ts';
import { legacyNames } from './legacy-names.ts';
import type { RunbookWords } from './runbook-words.ts';

/** What a person running the job would notice, the most important first. */
export function differencesOf(job: MergedJob, reference: ConvertedWorkflow, words: RunbookWords): readonly string[] {
  const environments = [...job.converted.values()];
  const scheduled = environments.find((workflow) => workflow.facts.schedule !== undefined);
  const deadline =
    scheduled === undefined ? undefined : staticInteger(entryOf(scheduled.cron, 'startingDeadlineSeconds'));
  const late = operatorsOf(reference).filter((task) =>
    task.effects.some((effect) => effect.kind === 'job' && effect.wait.seesFailure === 'at-timeout'),
  );
  const deeds = environments.flatMap(operatorsOf).flatMap((task) => task.launch?.deeds ?? []);
  return [
    ...(job.holds === undefined ? [] : [words.joined(legacyNames(job).map((name) => `\`${name}\``))]),
    ...(scheduled === undefined ? [] : [words.missed(deadline), ...twice(scheduled, job, words)]),
    ...(late.length === 0 ? [] : [words.noticedLate(late.map((task) => `\`${task.path.slice(1).join(' / ')}\``))]),
    ...sorted(deeds.flatMap(({ what, fate }) => (fate.kind === 'lost' ? [words.lost(what, fate.why)] : []))),
    ...sorted(
      environments.flatMap(({ facts }) =>
        facts.accepted.map(({ path, reason }) => words.acceptedDifference(path, reason)),
      ),
    ),
  ];
}

function twice({ facts, environment }: ConvertedWorkflow, job: MergedJob, words: RunbookWords): readonly string[] {
  const { schedule } = facts;
  if (schedule === undefined || schedule.kind === 'hourly' || schedule.delaySeconds === 0) return [];
  const repeated = repeatedStart(schedule.timezone, schedule.delaySeconds);
  const namespace = job.overlays.get(environment)?.namespace ?? job.baseNamespace;
  return repeated === undefined
    ? []
    : [words.twice(schedule.timezone, repeated, `argo cron suspend -n ${namespace} ${job.name}`)];
}

/** The legacy files that the job was made from: workflows, then launchers and manifests. */
export function sourcesOf(job: MergedJob): readonly string[] {
  const environments = [job, ...(job.holds ?? [])].flatMap(({ converted }) => [...converted.values()]);
  const workflows = environments.map(({ facts }) => facts.graph.span.file);
  const launches = environments.flatMap(operatorsOf).flatMap((task) => task.launch ?? []);
  return [
    ...new Set(workflows),
    ...sorted(launches.flatMap(({ script, manifest }) => [script, manifest].filter((path) => path !== undefined))),
  ];
}

function operatorsOf({ facts }: ConvertedWorkflow): readonly OperatorTask[] {
  return [...facts.graph.tasks.values()].filter((task) => task.kind === 'operator');
}

function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort(compareText);
}
