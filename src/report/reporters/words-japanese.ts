import { findingInJapanese } from '../../core/japanese/messages.ts';
import { translated } from '../../core/japanese/phrase.ts';
import { redact } from '../../core/redact.ts';
import type { ReportWords } from './words.ts';

const severities = { error: 'エラー', warning: '警告', info: '注記' } as const;
const verdicts: Readonly<Record<string, string>> = {
  proved: '証明済み',
  'proved-given': '条件付きで証明',
  observed: '実績と一致',
  differs: '相違あり',
  'not-provable': '証明不可',
};

export const japanese: ReportWords = {
  say: (text) => translated(text) ?? text,
  told: (finding) => {
    const { message, hint } = findingInJapanese(finding);
    return { message: redact(message), ...(hint === undefined ? {} : { hint }) };
  },
  sentence: (text) => (/[。.!?」]$/.test(text) ? text : `${text}。`),
  listed: (items) => items.join('、'),
  reasons: (items) => items.join('、'),
  status: { converted: '変換済み', 'to-confirm': '要確認', 'needs-work': '**要対応**' },
  severity: { error: '**エラー**', warning: '**警告**', info: '注記' },
  findings: (severity, count) => `${severities[severity]} ${count} 件`,
  verdict: (kind) => verdicts[kind] ?? kind,
  counts: (parts) => parts.map(([count, kind]) => `${kind} ${count} 件`).join('、'),
  start: ({ sessionTime, scheduledTime, targetDate }) => {
    if (targetDate !== undefined) return `target_date=${targetDate}`;
    return scheduledTime === undefined
      ? `セッション ${sessionTime}、手動`
      : `セッション ${sessionTime}、起動 ${scheduledTime}`;
  },
  minutes: (minutes) => (minutes < 90 ? `${Math.round(minutes)} 分` : `${Math.round(minutes / 6) / 10} 時間`),
  more: (count) => `、ほか ${count} 件`,
  morePlaces: (count) => `、ほか ${count} 箇所`,
  where: (environments) => `（${environments.join('、')}）`,
  at: (places) => `。場所: ${places}`,
  title: '移行レポート',
  lead: (jobs, environments, { converted, toConfirm, needsWork }) =>
    `${environments.join('、')} のジョブ ${jobs} 件: 変換済み ${converted} 件、要確認 ${toConfirm} 件、要対応 ${needsWork} 件。`,
  lineHead: ['行数', '移行前', '移行後', '増減', '移行後（すべてブロック形式とした場合）', '増減'],
  allEnvironments: '全環境',
  alone: (environment) => `${environment} のみ`,
  lineNote:
    '移行前: 移行元の生成済みマニフェストと .dig ファイル。移行後: `cron/`、`workflows/`、`templates/` の下のすべての YAML。最後の 2 列は、同じファイルからフロー形式をなくして数えた行数です。',
  sections: {
    baseline: '前回からの変化',
    jobs: 'ジョブ',
    manual: '手作業',
    forecast: '残り作業の見込み',
    plan: '移行の順番',
    decisions: '確認する決定',
    families: '類似ジョブ群',
    accounting: '変換の内訳',
    constructs: '移行元で使われている機能',
    rules: 'ルール',
    general: 'ジョブに属さない指摘',
    findings: '指摘',
    steps: 'ステップ',
    schedule: 'スケジュール',
    parameters: 'パラメータ',
    launchers: '起動スクリプトの処理',
    accepted: '意図した差異',
    proof: '証明',
    files: 'ファイル',
  },
  jobHead: ['ジョブ', '状態', '環境', '移行元のスケジュール', '行数', '指摘'],
  baseline: {
    worse: '**悪化**',
    better: '改善',
    added: '追加',
    removed: '削除',
    newFindings: '新しい指摘',
    solvedFindings: '解決した指摘',
    none: '変化はありません。',
    finding: (count, code, job) => `${job} の ${code} ${count} 件`,
  },
  accounting: (consumed, dropped, left) =>
    `移行元のキー、値、タグ、変数、コマンド、ファイルのうち、${consumed} 箇所を変換し、${dropped} 箇所をルールにより除きました。**説明のつかない箇所は ${left} 件です。**`,
  droppedHead: ['除いたルール', '件数', '理由'],
  unaccounted: '説明のつかない箇所:',
  unaccountedItem: (kind, label, place) => `${kind} ${label}（${place}）`,
  replacedRules: '置き換えられたルール:',
  ruleReplaced: (text) => text.replace(/^(\S+): (.+) instead of (.+)$/, '$1: $3 の代わりに $2'),
  idleOwn: (rules) => `使われなかった自作のルール: ${rules}。`,
  idleOthers: (count) => `使われなかった同梱のルール: ${count} 件。`,
  noWork: '残り作業はありません。',
  work: (p50, p90) => `見込みは ${p50}、10 件中 9 件は ${p90}以内です。`,
  workHead: ['作業', '件数', '見込み', '最大'],
  shared: (count, shared) => `${count}（うち ${shared} 件は他と共通）`,
  gained: (seconds, pods, lines) =>
    `全ジョブを 1 回ずつ実行した場合に減るもの: 起動スクリプトの処理 ${seconds} 秒、起動スクリプトの実行 ${pods} 回。保守する行は ${lines} 行減ります。`,
  failures: 'なくなる障害要因:',
  figures: (rules) => `見積もりの数値: ${rules}。同じ id のルールで置き換えられます。`,
  planHead: ['', '一緒に移すジョブ', 'リスク', '理由', '実施可能な環境'],
  group: { known: '対応済み', 'needs-decision': '要判断', unknown: '**未対応**' },
  constructHead: ['機能', '', '件数', 'ジョブ', '最初の箇所'],
  facts: { status: '状態', environments: '環境', lines: '行数', pastDates: '過去日付' },
  backfillable: '`target_date` で再実行可能',
  notBackfillable: '**再実行不可**: プログラムが現在時刻を使う',
  stepHead: ['移行元のタスク', '内容', 'Argo のテンプレート', 'ルール', '移行元'],
  scheduleHead: ['環境', 'Digdag', 'Argo', 'タイムゾーン', '停止', '変わる点'],
  noSchedule: 'なし',
  yes: '停止',
  no: '–',
  parameterHead: (environments) => ['パラメータ', ...environments, '由来'],
  ownOrigin: '変換が追加',
  launcherHead: ['内容', '移行後', '対象', 'ルール', '移行元'],
  fate: { kept: '引き継ぎ:', unnecessary: '不要:', lost: '**失われる**:' },
  like: (count) => `（ほか同様 ${count} 件）`,
  tasks: (count) => `タスク ${count} 個`,
  acceptedHead: ['移行元の Pod の項目', 'なくなった、または変わった理由', 'ルール'],
  fromFile: (file) => `移行元: ${file}`,
  toFile: (file) => `出力: ${file}`,
  todo: '対応',
  inOutput: '出力の箇所',
  see: (place, note) => `参照: ${place}（${note}）`,
  proofLead:
    '`dig2argo verify` が、両者が起動するものを比べた結果です。根拠となるファイルが変わらないかぎり、変換し直しても引き継がれます。',
  proofHead: ['環境', 'セッション', 'スケジュール'],
  scheduleProof: { proved: '起動時刻が一致', none: 'なし', differs: '相違あり', open: '未比較' },
  limits: '判定の対象外:',
  holds: (jobs) => `。${jobs.join('、')} もこれで実行します`,
  heldBy: (job) => `。${job} のもので、両方のスケジュールを持ちます`,
  noFamilies: (jobs) => `${jobs} 件のジョブに、類似したジョブやステップは見つかりませんでした。`,
  familyOverview: ({ jobs, workflows, joined, joinedJobs, thin, templates, steps, before, after }) => {
    const details = [
      ...(joined === 0 ? [] : [`${joinedJobs} 件のスケジュールをまとめたもの ${joined} 個`]),
      ...(thin === 0 ? [] : [`共有ワークフローに値を渡すだけのもの ${thin} 個`]),
    ];
    const which = details.length === 0 ? '' : `（うち${details.join('、')}）`;
    const called = steps === 0 ? '' : `（${steps} 個のステップから呼び出し）`;
    return `${jobs} 件のジョブ → ワークフロー ${workflows} 個${which}と共有テンプレート ${templates} 個${called}。置き換わる部分は ${before} → ${after} 行。`;
  },
  family: (members, kind, common, before, after) =>
    kind === 'schedules'
      ? `スケジュール以外は同じワークフロー ${members} 件を、1 つの CronWorkflow で実行します。${before} → ${after} 行。`
      : `${kind === 'workflow' ? 'ワークフロー全体' : 'ステップ'} ${members} 件、共通点 ${common} 個、${before} → ${after} 行。`,
  familyOrigin: {
    'one-manifest': '同じマニフェストを起動しています。',
    alike: 'ほぼ同じ内容の、別々のマニフェストを起動しています。',
  },
  familyTemplate: (path, kind) => `${kind === 'schedules' ? 'CronWorkflow' : 'テンプレート'}: ${path}。`,
  familyHead: (names) => ['パラメータ', '内容', ...names],
  notInFamily: '対象外',
  apartTitle: '似ているが、まとめられないもの',
  beside: (job, other) => `${job}（${other} と比べて）`,
  firstAt: (place) => `最初の相違: ${place}`,
  nothing: 'なし',
};
