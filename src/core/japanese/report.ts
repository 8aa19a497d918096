import type { ReportDiagnostics } from '../diagnostics/report.ts';
import { inJapanese } from './phrase.ts';
import type { TranslationTable } from './translation.ts';

export const reportJapanese: TranslationTable<ReportDiagnostics> = {
  REVIEW_INVALID: {
    text: (a) => `dig2argo.review.yaml が使えません: ${a.path === '' ? '' : `${a.path}: `}${inJapanese(a.problem)}`,
    hint: () => '直すか、reports/index.html から書き出し直してください。',
  },
  REVIEW_JOB_UNKNOWN: {
    text: (a) => `dig2argo.review.yaml にある ${a.job} は、移行元のジョブにありません`,
    hint: () => '項目を削除するか、名前を直してください。',
  },
  JOB_GOT_WORSE: {
    text: (a) => `${a.name} が前回より悪化しました: ${a.why.map(inJapanese).join('、')}`,
    hint: () => '新しい問題を解決するか、今回のレポートを新しい基準にしてください。',
  },
  EXPLAIN_NO_OUTPUT: {
    text: (a) => `${a.path} は出力フォルダーの中になく、近くにこのファイルから作られた出力フォルダーもありません`,
    hint: () => '--out で出力フォルダーを指定するか、先に変換してください。',
  },
  EXPLAIN_NO_MAP: {
    text: (a) => `${a.path} についての記録がありません`,
    hint: () => '`dig2argo convert` が書いた YAML ファイルを指定するか、変換し直してください。',
  },
};
