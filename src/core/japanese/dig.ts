import type { DigDiagnostics } from '../diagnostics/dig.ts';
import { inJapanese } from './phrase.ts';
import type { TranslationTable } from './translation.ts';

const similarHint = (similar: readonly string[]): string =>
  similar.length === 0 ? '' : `${similar.join(' または ')} の誤りではありませんか。`;

export const digJapanese: TranslationTable<DigDiagnostics> = {
  DIG_INCLUDE_MISSING: {
    text: (a) => `取り込むファイル ${a.path} がありません`,
    hint: () => 'パスは取り込む側のファイルからの相対パスで書いてください。パスの中の `${…}` は置き換えられません。',
  },
  DIG_INCLUDE_OUTSIDE: {
    text: (a) => `取り込むファイル ${a.path} が、取り込む側のフォルダーの外にあります`,
    hint: () => 'そのフォルダーの下に移してください。',
  },
  DIG_INCLUDE_CYCLE: { text: (a) => `${a.path} が自分自身を取り込んでいます` },
  DIG_INCLUDE_VALUE: {
    text: () => '`!include` が値の位置にあり、Digdag はファイルを見つけられません',
    hint: () => 'キーとして `!include : path` と書いてください。',
  },
  DIG_WORKFLOW_NAME: {
    text: (a) => `${JSON.stringify(a.name)} はワークフローの名前にできません: ${inJapanese(a.problem)}`,
    hint: () => 'ファイルの名前を変えてください。',
  },
  DIG_TIMEZONE: {
    text: (a) => `${a.written} は Digdag の知らないタイムゾーンです`,
    hint: () => 'Asia/Tokyo のような地域名か、+09:00 のようなオフセットを指定してください。',
  },
  DIG_TOP_LEVEL_KEY: {
    text: (a) => `${JSON.stringify(a.key)} はワークフローのキーではありません`,
    hint: (a) =>
      `${similarHint(a.similar)}タスク名は「+」で始めてください。取り込まれるだけのファイルはサブフォルダーに置いてください。`,
  },
  DIG_NULL: { text: (a) => `${a.key} に値がありません`, hint: () => '値を書くか、キーを削除してください。' },
  DIG_NOT_MAPPING: { text: (a) => `${a.key} はマッピングでなければなりませんが、${inJapanese(a.found)} です` },
  DIG_NOT_TASK: {
    text: (a) => `タスク ${a.task} はマッピングかそのリストでなければなりませんが、${inJapanese(a.found)} です`,
    hint: () => '`sh>: command` のようなオペレーターを書いてください。',
  },
  DIG_NOT_BOOLEAN: {
    text: (a) => `${a.key} は true か false でなければなりませんが、${inJapanese(a.found)} です`,
    hint: () => 'true か false を書いてください。このキーは `${…}` の置き換えより前に読まれます。',
  },
  DIG_TASK_NAME: {
    text: (a) => `${JSON.stringify(a.task)} はタスクの名前にできません: ${inJapanese(a.problem)}`,
    hint: () => 'タスクの名前を変えてください。',
  },
  DIG_TWO_OPERATORS: {
    text: (a) => `タスク ${a.task} にオペレーターが複数あります: ${a.operators.join('、')}`,
    hint: () => '2 つのタスクに分けてください。',
  },
  DIG_OPERATOR_WITH_TASKS: {
    text: (a) => `タスク ${a.task} に、オペレーター ${a.operator} とタスク ${a.subtask} の両方があります`,
    hint: () => 'オペレーターを独立したタスクに移してください。',
  },
  DIG_GROUP_KEY: {
    text: (a) => `グループ ${a.task} に未知のキー ${JSON.stringify(a.key)} があります`,
    hint: (a) =>
      `${similarHint(a.similar)}グループに書けるのはディレクティブと「+」で始まるタスクです。オペレーター名は「>」で終わります。`,
  },
  DIG_PARALLEL: {
    text: (a) =>
      `_parallel は true、false、または limit を持つマッピングでなければなりませんが、${inJapanese(a.found)} です`,
    hint: () => '`_parallel: true` か `_parallel: {limit: 2}` と書いてください。',
  },
  DIG_PARALLEL_LIMIT: { text: (a) => `_parallel の limit は整数でなければなりませんが、${inJapanese(a.found)} です` },
  DIG_BACKGROUND_IN_PARALLEL: {
    text: (a) => `${a.task} の _background が _parallel の中にあります`,
    hint: () => '_background を削除してください。',
  },
  DIG_AFTER_NOT_PARALLEL: {
    text: (a) => `${a.task} に _after がありますが、グループが並列ではありません`,
    hint: () => 'グループに `_parallel: true` を加えるか、_after を削除してください。',
  },
  DIG_AFTER_NOT_LIST: {
    text: (a) => `${a.task} の _after は名前のリストでなければなりませんが、${inJapanese(a.found)} です`,
  },
  DIG_AFTER_UNKNOWN: {
    text: (a) => `${a.task} が待つ ${a.name} は、同じグループの先行するタスクにありません`,
    hint: (a) =>
      a.earlier.length === 0
        ? '先行するタスクがありません。'
        : `${a.earlier.join('、')} のいずれかを指定してください。`,
  },
  DIG_FAILS_AT_RUN: {
    text: (a) => `${a.task} は読み込めますが、実行すると失敗します: ${a.key} ${inJapanese(a.problem)}`,
  },
  DIG_SCHEDULE_EMPTY: {
    text: () => 'スケジュールの種類がありません',
    hint: () => '`daily>: 07:00:00` のように指定してください。',
  },
  DIG_SCHEDULE_KIND: {
    text: (a) => `${a.kind} という種類のスケジュールはありません`,
    hint: (a) =>
      similarHint(a.similar) ||
      'hourly>、daily>、weekly>、monthly>、cron>、minutes_interval> のいずれかを使ってください。',
  },
  DIG_SCHEDULE_VALUE: { text: (a) => `${a.kind}> は ${a.written} を読めません: ${inJapanese(a.problem)}` },
  DIG_SCHEDULE_OPTION: {
    text: (a) => `スケジュールに ${a.option} というオプションはありません`,
    hint: (a) => `${similarHint(a.similar)}削除してください。このままでは Digdag がプロジェクトの push を拒否します。`,
  },
  DIG_SCHEDULE_DATE: {
    text: (a) => `スケジュールの ${a.option} は 2024-03-30 のような日付でなければなりませんが、${a.written} です`,
  },
  DIG_SCHEDULE_RANGE: { text: (a) => `スケジュールの終わり（${a.end}）が始まり（${a.start}）より前です` },
  DIG_SCHEDULE_OPTION_VALUE: {
    text: (a) =>
      `スケジュールの ${a.option} は${inJapanese(a.wanted)}でなければなりませんが、${a.written} です。読み込めますが、使われる時点で失敗します`,
  },
  DIG_SCHEDULE_NEVER: {
    text: (a) => `スケジュール ${a.pattern} の日はどの月にもなく、Digdag は次の日を探し続けます`,
    hint: () => '日か月を直してください。',
  },
  DIG_SLA: { text: (a) => `sla を読めません: ${inJapanese(a.problem)}` },
};
