import { isGoZone, readCron } from '../argo-expr/cron.ts';
import { cronFires } from '../argo-expr/cron-fires.ts';
import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import { checkPlainExpression } from './check-expressions.ts';
import { at, itemsOf, type LintNode, textOf } from './node.ts';

/** Any instant does to see whether a schedule ever fires; a fixed one gives the same answer every day. */
const ANY_TIME = Date.UTC(2026, 0, 1);

export function checkCron(object: LintNode, sink: DiagnosticSink): void {
  const spec = at(object, 'spec');
  const schedules = itemsOf(at(spec, 'schedules'));
  if (schedules.length === 0)
    sink.add(
      diagnose('LINT_MISSING', { what: 'schedule', where: 'CronWorkflow' }, { span: spec?.span ?? object.span }),
    );
  for (const schedule of schedules) checkSchedule(schedule, sink);
  const zone = at(spec, 'timezone');
  const name = textOf(zone);
  if (name !== '' && !isGoZone(name))
    sink.add(
      diagnose(
        'LINT_VALUE',
        { field: 'timezone', value: name, want: 'a name of the time zone database, such as Asia/Tokyo' },
        { span: zone?.span ?? object.span },
      ),
    );
  if (zone !== undefined && name === '')
    sink.add(
      diagnose(
        'LINT_RISK',
        { what: "the time zone is empty: the zone of the controller's process decides when the job starts" },
        { span: zone.span },
      ),
    );
  const policy = at(spec, 'concurrencyPolicy');
  if (policy?.kind === 'string' && !['', 'Allow', 'Forbid', 'Replace'].includes(textOf(policy)))
    sink.add(
      diagnose(
        'LINT_VALUE',
        { field: 'concurrencyPolicy', value: textOf(policy), want: 'Allow, Forbid or Replace' },
        { span: policy.span },
      ),
    );
  for (const field of ['startingDeadlineSeconds', 'successfulJobsHistoryLimit', 'failedJobsHistoryLimit']) {
    const node = at(spec, field);
    if (node?.kind === 'number' && Number(node.value) < 0)
      sink.add(diagnose('LINT_VALUE', { field, value: textOf(node), want: 'zero or more' }, { span: node.span }));
  }
  for (const node of [at(spec, 'when'), at(spec, 'stopStrategy', 'expression')]) {
    if (node?.kind === 'string')
      checkPlainExpression(textOf(node).replace(/^\s*\{\{=([\s\S]*)\}\}\s*$/, '$1'), node.span, sink);
  }
}

function checkSchedule(node: LintNode, sink: DiagnosticSink): void {
  if (node.kind !== 'string') return;
  const problem = scheduleProblem(textOf(node));
  if (problem !== undefined)
    sink.add(diagnose('LINT_SCHEDULE', { schedule: textOf(node), problem }, { span: node.span }));
}

function scheduleProblem(schedule: string): string | undefined {
  const reading = readCron(schedule);
  if (reading.kind === 'malformed') return reading.reason;
  if (/^(?:CRON_)?TZ=/.test(schedule)) return 'the API server refuses a zone before the schedule; use `timezone`';
  if (schedule !== schedule.trim()) return 'the API server refuses blanks around it';
  if (/^@every -/.test(schedule)) return 'it fires every second';
  const fires = cronFires({ schedules: [schedule], timezone: 'UTC' }, ANY_TIME, 1);
  return fires.kind === 'fires' && fires.fires.length === 0 ? 'it never fires' : undefined;
}
