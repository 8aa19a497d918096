import type { Schedule } from '../ir/graph.ts';
import { entryOf, itemsOf, staticText } from '../ir/read-value.ts';
import type { MergedJob } from '../merge/types.ts';
import type { ScheduleRow } from '../report/types.ts';
import type { ConvertedWorkflow } from '../rules/types.ts';
import type { ReadWorkflow } from './read-graphs.ts';

/** The schedule of a job in each environment, before and after. Nothing for a job that no environment schedules. */
export function scheduleRows(job: MergedJob, read: readonly ReadWorkflow[], reference: string): readonly ScheduleRow[] {
  if (job.kind === 'WorkflowTemplate') return [];
  return read.flatMap((each) => {
    const workflow = job.converted.get(each.environment);
    if (workflow === undefined) return [];
    const schedule = each.graph.schedule;
    return [
      {
        environment: each.environment,
        legacy: schedule === undefined ? 'none' : `${schedule.kind}>: ${schedule.written}`,
        argo: argoSchedules(workflow),
        timezone: staticText(entryOf(workflow.cron, 'timezone')) ?? each.graph.timezone,
        suspended: job.overlays.get(each.environment)?.suspended === true,
        changed: changes(schedule, workflow, reference).join('; '),
        calendar: calendarOf(schedule, workflow),
      },
    ];
  });
}

/** What both sides compute their starts from. */
function calendarOf(schedule: Schedule | undefined, workflow: ConvertedWorkflow): NonNullable<ScheduleRow['calendar']> {
  const when = staticText(entryOf(workflow.cron, 'when'));
  const weekdays = [...(when ?? '').matchAll(/Weekday\(\)\) == ([0-6])/g)].map(([, day]) => Number(day));
  return {
    ...(schedule === undefined
      ? {}
      : {
          legacy: {
            kind: schedule.kind,
            pattern: schedule.pattern,
            delaySeconds: schedule.delaySeconds,
            active: schedule.state === 'active',
            ...(schedule.start === undefined ? {} : { start: schedule.start }),
            ...(schedule.end === undefined ? {} : { end: schedule.end }),
          },
        }),
    argo: {
      schedules: crons(workflow),
      ...(weekdays.length === 0 ? {} : { weekdays }),
    },
  };
}

function argoSchedules(workflow: ConvertedWorkflow): string {
  const all = crons(workflow);
  return all.length === 0 ? 'none' : all.join(', ');
}

function crons({ cron }: ConvertedWorkflow): readonly string[] {
  const one = staticText(entryOf(cron, 'schedule'));
  const many = itemsOf(entryOf(cron, 'schedules')).flatMap((item) => staticText(item) ?? []);
  return one === undefined ? many : [one, ...many];
}

function changes(schedule: Schedule | undefined, workflow: ConvertedWorkflow, reference: string): readonly string[] {
  if (schedule === undefined)
    return [`no schedule here: suspended, with the schedule of ${reference} or of another environment that has one`];
  const lost = [
    ...(schedule.start === undefined ? [] : [`start ${schedule.start} is lost`]),
    ...(schedule.end === undefined ? [] : [`end ${schedule.end} is lost`]),
    ...(schedule.delaySeconds % 60 === 0 ? [] : ['seconds are lost']),
  ];
  return [
    ...(schedule.state === 'active' ? ['missed sessions are not replayed'] : []),
    ...(schedule.state === 'commented-out' ? ['commented out in the .dig file: suspended'] : []),
    ...(schedule.state === 'disabled-on-server' ? ['disabled on the Digdag server: suspended'] : []),
    ...(entryOf(workflow.cron, 'when') === undefined
      ? []
      : ['Argo starts on each listed day, and `when` ends the runs of other weekdays']),
    ...(schedule.skipOnOvertime ? ['skip_on_overtime becomes concurrencyPolicy: Forbid'] : []),
    ...lost,
  ];
}
