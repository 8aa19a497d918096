import { fieldPath, isField } from './runbook-field.ts';
import { isDayKind, type SessionFacts } from './runbook-session.ts';
import type { RunbookWords } from './runbook-words.ts';

export const english: RunbookWords = {
  noSchedule: 'none; started by hand',
  onFailure: 'on failure',
  logsGone: (which) =>
    which === 'succeeded'
      ? 'Pods of steps that succeeded are deleted after a day, and `argo logs` does not find their logs any more; pods of failed steps stay with their run.'
      : 'Pods are deleted after a day, and `argo logs` does not find their logs any more.',
  schedule: (written, zone, suspended) =>
    `\`${written}\` (${zone})${suspended ? '; suspended, because it did not run here before either' : ''}`,
  what: (what) => what,
  session: (session) => {
    if (session.kind === 'none') return 'No step of the job uses the session: each run does the same.';
    const beyond = isDayKind(session.schedule) && session.shift > 0 ? ': the time of the schedule is beyond 24:00' : '';
    const other = `\`target_date\` says another ${session.kind === 'date' ? 'day' : 'time'}.`;
    return `${capitalised(scheduledSession(session))}, in ${session.zone}${beyond}. ${other}`;
  },
  withoutTarget: (session) => {
    const { kind, schedule, shift, latest } = session;
    if (latest) return 'the latest session of the schedule';
    if (kind === 'date') return isDayKind(schedule) && shift > 0 ? daysAgo(shift) : 'today';
    if (schedule === 'hourly')
      return shift === 0 ? 'the current full hour' : `${hours(shift)} before the current full hour`;
    return 'the very moment, which is no session of the schedule';
  },
  accepted: ({ kind, example }) =>
    kind === 'time' ? `RFC 3339 with an offset or \`Z\`, such as \`${example}\`` : 'a day as `YYYY-MM-DD`',
  target: ({ kind, schedule }) => {
    const what =
      kind === 'time' ? 'time of the session to run, RFC 3339 with offset' : 'day of the session to run, `YYYY-MM-DD`';
    return `${what}; empty: ${schedule === undefined ? 'the day on which the run is started' : 'from the schedule'}`;
  },
  parameter: (origin) =>
    isField(origin)
      ? `differs by environment (\`${fieldPath(origin)}\`)`
      : `per environment, from the variable \`${origin}\``,
  twice: (zone, { time, date }, command) =>
    `On the day the clocks of ${zone} go back (${date}, for example) ${time} comes twice: Argo starts twice, with one session; Digdag started once. Suspend the job between the two: \`${command}\`.`,
  joined: (names) =>
    `One CronWorkflow runs what were ${names.join(', ')}: they were the same but for their schedules. To suspend it, or to move it from Digdag, means all of them; which one a run stands for shows in its scheduled time.`,
  missed: (seconds) =>
    `Digdag started every session that it had missed during a stop; Argo starts ${seconds === undefined ? 'none of them. Repeat them' : `at most the latest one, and only within ${seconds} seconds of its time. Repeat the others`} by hand (recovery 3).`,
  noticedLate: (steps) =>
    `A failure of ${steps.join(', ')} is seen at once. The legacy launcher noticed it only when its wait timed out.`,
  lost: (what, why) => `The launcher did this, and nothing does it now: ${what} (${why}).`,
  acceptedDifference: (path, reason) => `\`${path}\`: ${reason}`,
};

function scheduledSession({ kind, schedule, shift }: SessionFacts): string {
  if (schedule === undefined)
    return kind === 'date' ? 'the day on which the run is started' : 'the time at which the run is started';
  if (isDayKind(schedule))
    return shift === 0
      ? 'the day of the scheduled start'
      : `${shift === 1 ? 'the day' : `${shift} days`} before the scheduled start`;
  if (kind === 'date') return 'the day of the scheduled start';
  if (schedule !== 'hourly') return 'the scheduled start itself';
  return shift === 0
    ? 'the full hour of the scheduled start'
    : `${hours(shift)} before the full hour of the scheduled start`;
}

function daysAgo(count: number): string {
  return count === 1 ? 'yesterday' : `${count} days ago`;
}

function hours(count: number): string {
  return count === 1 ? 'one hour' : `${count} hours`;
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
