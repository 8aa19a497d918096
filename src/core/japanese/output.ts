import type { OutputDiagnostics } from '../diagnostics/output.ts';
import { inJapanese } from './phrase.ts';
import type { TranslationTable } from './translation.ts';

const stale = {
  missing: 'がありません',
  outdated: 'が最新ではありません',
  'no longer written': 'は出力されなくなりました',
} as const;

export const outputJapanese: TranslationTable<OutputDiagnostics> = {
  OUT_EDITED: {
    text: (a) => `${a.path} は手作業で編集されているため残し、新しい版を ${a.beside} に書きました`,
    hint: (a) => `2 つを統合して ${a.beside} を削除するか、--overwrite ${a.path} で新しい版に置き換えてください。`,
  },
  OUT_EDITED_UNUSED: {
    text: (a) => `${a.path} は出力されなくなりましたが、手作業で編集されているため残します`,
    hint: (a) => `削除するか、--overwrite ${a.path} で削除させてください。`,
  },
  OUT_FOREIGN: {
    text: (a) => `${a.path} は dig2argo が書いたものではないため残し、出力を ${a.beside} に書きました`,
    hint: (a) => `ファイルを移すか、--overwrite ${a.path} で置き換えてください。`,
  },
  OUT_NOT_A_FILE: {
    text: (a) => `ファイルを書く場所の ${a.path} が${inJapanese(a.what)}のため、そのままにします`,
    hint: () => '移してから再実行してください。',
  },
  OUT_JOB_GONE: {
    text: (a) => `ジョブ ${a.name} は移行元からなくなりました。出力の ${a.files} ファイルはそのまま残します`,
    hint: () => '--prune で削除してください。',
  },
  OUT_JOB_NOT_CONVERTED: {
    text: (a) => `ジョブ ${a.name} は今回変換できませんでした。出力の ${a.files} ファイルはそのまま残します`,
    hint: () => 'このジョブのエラーを解決してから再実行してください。',
  },
  OUT_NAME_CHANGED: {
    text: (a) => `ジョブ ${a.name} の名前が、以前の ${a.before} から ${a.after} に変わりました`,
    hint: (a) => `${a.before} のあるクラスターから削除してください。残すと両方が動きます。`,
  },
  OUT_RECOVERED: {
    text: (a) =>
      a.how === 'finished'
        ? '以前の実行がファイルの置き換え中に中断していたため、先にその処理を完了しました'
        : '以前の実行が置き換えの前に中断していたため、残ったものを削除しました',
  },
  OUT_UNFINISHED: {
    text: () => '以前の実行が中断しており、出力が完全ではありません',
    hint: () => '--check なしで `dig2argo convert` を再実行してください。',
  },
  OUT_LOCKED: {
    text: (a) => `別の実行（プロセス ${a.pid}）がこの出力フォルダーに書き込んでいます`,
    hint: (a) => `終わるのを待ってください。そのような実行がなければ ${a.folder} を削除してください。`,
  },
  OUT_STALE: {
    text: (a) => `${a.path} ${stale[a.what]}`,
    hint: () => '--check なしで `dig2argo convert` を再実行してください。',
  },
  OUT_LEDGER_BROKEN: {
    text: (a) => `.dig2argo/ledger.json が使えません: ${inJapanese(a.problem)}`,
    hint: () =>
      'バージョン管理から戻すか、新しいフォルダーに変換してください。このファイルがないと、手作業で編集されたファイルを見分けられません。',
  },
  OUT_ENVIRONMENTS: {
    text: (a) => `出力には ${a.missing.join('、')} もあり、その overlay が base に合わなくなります`,
    hint: () => 'すべての環境を変換するか、--env では別の出力フォルダーを使ってください。',
  },
  OUT_LINK: {
    text: (a) => `${a.path} は出力フォルダーの外へのリンクのため、何も書きませんでした`,
    hint: () => 'リンクを実際のフォルダーかファイルに置き換えてください。',
  },
  OUT_INSIDE: {
    text: (a) =>
      a.same
        ? '移行元フォルダーと出力フォルダーが同じです'
        : a.inner === 'output'
          ? '出力フォルダーが移行元フォルダーの中にあります'
          : '移行元フォルダーが出力フォルダーの中にあります',
    hint: () => '互いに含まない 2 つのフォルダーを使ってください。',
  },
  OUT_NOT_A_FOLDER: {
    text: (a) => `${a.path} はフォルダーではありません`,
    hint: () => '書き込み先のフォルダーを指定してください。なければ作成します。',
  },
  OUT_OVERWRITE_UNKNOWN: {
    text: (a) => `--overwrite ${a.path}: 出力にそのようなファイルはありません`,
    hint: () =>
      'cron/<job>/base/workflow.yaml のように、出力フォルダー内のファイルかフォルダーのパスを指定してください。',
  },
  OUT_REPORT_MISSING: {
    text: (a) => `${a.path} がありません`,
    hint: () => '`dig2argo convert` が書いたフォルダーを指定してください。',
  },
  OUT_REPORT_BROKEN: {
    text: (a) => `${a.path} は、この版で読めるレポートではありません: ${inJapanese(a.problem)}`,
    hint: () => '`dig2argo convert` を再実行してください。',
  },
};
