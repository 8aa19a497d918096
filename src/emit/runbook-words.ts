import type { Language } from './emit-input.ts';

type Session = 'none' | 'date' | 'time';

/** Sentences of the runbook that depend on the job. */
interface RunbookWords {
  readonly noSchedule: string;
  readonly missed: string;
  schedule(written: string, zone: string, suspended: boolean): string;
  logs(name: string): string;
  what(what: string): string;
  session(session: Session, schedule: string | undefined, zone: string): string;
  withoutTarget(schedule: string | undefined): string;
  accepted(session: Session): string;
  target(session: Session): string;
  parameter(origin: string): string;
}

const days: ReadonlySet<string> = new Set(['daily', 'weekly', 'monthly']);

const english: RunbookWords = {
  noSchedule: 'none; started by hand',
  missed:
    'Digdag started every session that it had missed during a stop; Argo starts at most the latest, and only shortly after its time. Repeat the others by hand (recovery 3).',
  schedule: (written, zone, suspended) =>
    `\`${written}\` (${zone})${suspended ? ', suspended: it did not run here before either' : ''}`,
  logs: (name) => `\`argo logs @latest\` in the namespace, or the Argo UI, workflows of \`${name}\``,
  what: (what) => what,
  session: (session, schedule, zone) => {
    if (session === 'none') return 'The job does not use the session.';
    if (schedule === undefined)
      return `The day on which it is started, in ${zone}, unless \`target_date\` says another.`;
    if (days.has(schedule))
      return `The day of the scheduled start in ${zone}, as Digdag's \`${schedule}>\` meant it (a time beyond 24:00 belongs to the day before). \`target_date\` says another day.`;
    if (schedule === 'hourly') return `The full hour of the scheduled start in ${zone}. \`target_date\` says another.`;
    return `The scheduled start itself, in ${zone}. \`target_date\` says another.`;
  },
  withoutTarget: (schedule) =>
    schedule === 'weekly' || schedule === 'monthly'
      ? 'the latest scheduled session'
      : schedule === undefined || days.has(schedule)
        ? 'today'
        : 'now',
  accepted: (session) =>
    session === 'time' ? 'RFC 3339 with offset, such as `2026-03-01T09:00:00+09:00`' : 'a day as `YYYY-MM-DD`',
  target: (session) =>
    session === 'time'
      ? 'time of the session to run, RFC 3339 with offset; empty: from the schedule'
      : 'day of the session to run, `YYYY-MM-DD`; empty: from the schedule',
  parameter: (origin) => `per environment, from \`${origin}\``,
};

const whatJapanese: Readonly<Record<string, string>> = {
  'Kubernetes Job': 'Kubernetes Job',
  command: 'コマンド',
  notification: '通知',
  wait: '待ち合わせ',
  failure: '失敗させる',
  nothing: '何もしない',
};

const japanese: RunbookWords = {
  noSchedule: 'なし（手動で起動）',
  missed:
    'Digdag は停止中に抜けたセッションをすべて実行していましたが、Argo は直近の 1 回だけを、予定時刻から短い時間内に限って実行します。それ以前のセッションは手動でやり直してください（復旧手順 3）。',
  schedule: (written, zone, suspended) =>
    `\`${written}\`（${zone}）${suspended ? '。停止中（移行前もこの環境では動いていません）' : ''}`,
  logs: (name) => `対象の namespace で \`argo logs @latest\`、または Argo の UI で \`${name}\` の実行を開く`,
  what: (what) => whatJapanese[what] ?? what,
  session: (session, schedule, zone) => {
    if (session === 'none') return 'このジョブはセッションを使いません。';
    if (schedule === undefined) return `起動した日（${zone}）。\`target_date\` を指定するとその日になります。`;
    if (days.has(schedule))
      return `予定された起動の日（${zone}）。Digdag の \`${schedule}>\` と同じで、24 時を超える時刻は前日のセッションです。\`target_date\` を指定するとその日になります。`;
    if (schedule === 'hourly')
      return `予定された起動の正時（${zone}）。\`target_date\` を指定するとその時刻になります。`;
    return `予定された起動時刻そのもの（${zone}）。\`target_date\` を指定するとその時刻になります。`;
  },
  withoutTarget: (schedule) =>
    schedule === 'weekly' || schedule === 'monthly'
      ? '直近の予定セッション'
      : schedule === undefined || days.has(schedule)
        ? '今日'
        : '現在時刻',
  accepted: (session) =>
    session === 'time' ? 'オフセット付きの RFC 3339（例: `2026-03-01T09:00:00+09:00`）' : '`YYYY-MM-DD` 形式の日付',
  target: (session) =>
    session === 'time'
      ? '実行するセッションの時刻（オフセット付き RFC 3339）。空ならスケジュールから決まります'
      : '実行するセッションの日付（`YYYY-MM-DD`）。空ならスケジュールから決まります',
  parameter: (origin) => `環境ごとの値。由来: \`${origin}\``,
};

export const runbookWords: Readonly<Record<Language, RunbookWords>> = { en: english, ja: japanese };
