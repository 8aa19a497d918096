import { diagnose } from '../../core/diagnose.ts';
import type { DiagnosticSink } from '../../core/diagnostic.ts';
import type { DigWorkflow } from '../../dig/types.ts';
import type { Schedule } from '../../ir/graph.ts';
import { parseSchedule, type ScheduleOptions } from './parse-schedule.ts';

/** The schedule a workflow has, or the one that is commented out in its file; undefined for none and (with a diagnostic) for a wrong one. */
export function scheduleOf(
  workflow: DigWorkflow,
  sink: DiagnosticSink,
  settings: ScheduleOptions = {},
): Schedule | undefined {
  const { schedule, commentedSchedule, timezone } = workflow;
  if (schedule?.value.kind === 'map') return parseSchedule(schedule.value, timezone, sink, settings);
  if (schedule !== undefined) {
    sink.add(
      diagnose(
        'DIG_NOT_MAPPING',
        { key: 'schedule', found: schedule.value.source ?? 'a list' },
        { span: schedule.value.span },
      ),
    );
    return undefined;
  }
  return commentedSchedule === undefined
    ? undefined
    : parseSchedule(commentedSchedule.node, timezone, sink, { strict: false, state: 'commented-out' });
}
