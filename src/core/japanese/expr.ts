import type { ExprDiagnostics } from '../diagnostics/expr.ts';
import { inJapanese } from './phrase.ts';
import type { TranslationTable } from './translation.ts';

export const exprJapanese: TranslationTable<ExprDiagnostics> = {
  EXPR_NOT_TRANSLATED: {
    text: (a) => `\${${a.expression}} に正確に対応するものがありません: ${inJapanese(a.reason)}`,
    hint: () =>
      'moment(session_time) とセッションのパラメータで書き直すか、値をワークフローのパラメータとして渡してください。',
  },
  EXPR_ZONE_DIFFERS: {
    text: (a) =>
      `Java 11 以降の Digdag は、moment と Date をタイムゾーン ${a.zone} の 1970 年時点のオフセットで計算します。変換後は正しいオフセットで計算します`,
    hint: () => 'このタイムゾーンのワークフローごとに、実際の実行 1 回を変換後のものと比べてください。',
  },
};
