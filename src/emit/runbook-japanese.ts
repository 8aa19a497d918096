import { translated } from '../core/japanese/phrase.ts';
import { fieldPath, isField } from './runbook-field.ts';
import { isDayKind, type SessionFacts } from './runbook-session.ts';
import type { RunbookWords } from './runbook-words.ts';

const whatJapanese: Readonly<Record<string, string>> = {
  'Kubernetes Job': 'Kubernetes Job',
  command: 'コマンド',
  notification: '通知',
  wait: '待機',
  failure: '意図的な失敗',
  nothing: '何もしない',
};

export const japanese: RunbookWords = {
  noSchedule: 'なし（手動で起動）',
  onFailure: '失敗時',
  logsGone: (which) =>
    which === 'succeeded'
      ? '成功したステップの Pod は 1 日後に削除され、`argo logs` ではログを見られなくなります。失敗したステップの Pod は、その実行が残っている間は消えません。'
      : 'Pod は 1 日後に削除され、`argo logs` ではログを見られなくなります。',
  schedule: (written, zone, suspended) =>
    `\`${written}\`（${zone}）${suspended ? '。停止中（移行前もこの環境では動いていません）' : ''}`,
  what: (what) => whatJapanese[what] ?? what,
  session: (session) => {
    if (session.kind === 'none') return 'どのステップもセッションを使いません。いつ実行しても同じ動きをします。';
    const beyond =
      isDayKind(session.schedule) && session.shift > 0 ? '。スケジュールの時刻が 24 時を超えているため' : '';
    const other = session.kind === 'date' ? '日付' : '時刻';
    return `${scheduledSession(session)}（${session.zone}${beyond}）。\`target_date\` を指定すると、その${other}のセッションになります。`;
  },
  withoutTarget: ({ kind, schedule, shift, latest }) => {
    if (latest) return 'スケジュール上の直近のセッションになります';
    if (kind === 'date') return `${isDayKind(schedule) && shift > 0 ? daysAgo(shift) : '当日'}のセッションになります`;
    if (schedule === 'hourly')
      return `${shift === 0 ? '現在の正時' : `現在の正時の ${shift} 時間前`}のセッションになります`;
    return 'その瞬間の時刻がセッションになり、スケジュール上のセッションとは一致しません';
  },
  accepted: ({ kind, example }) =>
    kind === 'time' ? `オフセットか \`Z\` の付いた RFC 3339（例: \`${example}\`）` : '`YYYY-MM-DD` 形式の日付',
  target: ({ kind, schedule }) => {
    const what =
      kind === 'time'
        ? '実行するセッションの時刻（オフセット付きの RFC 3339）'
        : '実行するセッションの日付（`YYYY-MM-DD`）';
    return `${what}。空なら${schedule === undefined ? '起動した日' : 'スケジュールから決まる'}`;
  },
  parameter: (origin) =>
    isField(origin) ? `環境ごとに異なる値（\`${fieldPath(origin)}\`）` : `環境ごとの値。移行元の変数は \`${origin}\``,
  twice: (zone, { time, date }, command) =>
    `${zone} の夏時間が終わる日（例: ${date}）は ${time} が 2 回あります。Argo は同じセッションで 2 回起動します（Digdag は 1 回だけでした）。1 回目の後に停止してください: \`${command}\``,
  joined: (names) =>
    `スケジュール以外は同じだった ${names.join('、')} を 1 つの CronWorkflow で実行します。停止や Digdag からの切り替えは、すべてまとめて行われます。どれに当たる実行かは予定時刻で見分けられます。`,
  missed: (seconds) =>
    `Digdag は停止中に抜けたセッションを後からすべて実行していました。${seconds === undefined ? 'Argo は実行しないので、抜けたセッション' : `Argo が実行するのは多くても直近の 1 回で、予定時刻から ${seconds} 秒以内に限ります。それより前のセッション`}は手動でやり直してください（復旧手順 3）。`,
  noticedLate: (steps) =>
    `${steps.join('、')} の失敗はすぐに検知されます。移行前の起動スクリプトは、待機のタイムアウトまで失敗に気づきませんでした。`,
  lost: (what, why) =>
    `起動スクリプトの次の処理は引き継がれていません: ${translated(what) ?? what}（${translated(why) ?? why}）`,
  acceptedDifference: (path, reason) => `\`${path}\`: ${translated(reason) ?? reason}`,
};

function scheduledSession({ kind, schedule, shift }: SessionFacts): string {
  if (schedule === undefined) return kind === 'date' ? '起動した日' : '起動した時刻';
  if (isDayKind(schedule)) return shift === 0 ? '予定された起動の日' : `予定された起動の${daysAgo(shift)}`;
  if (kind === 'date') return '予定された起動の日';
  if (schedule !== 'hourly') return '予定された起動時刻そのもの';
  return shift === 0 ? '予定された起動の正時' : `予定された起動の正時の ${shift} 時間前`;
}

function daysAgo(count: number): string {
  return count === 1 ? '前日' : ` ${count} 日前`;
}
