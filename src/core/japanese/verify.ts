import type { VerifyDiagnostics } from '../diagnostics/verify.ts';
import { inJapanese } from './phrase.ts';
import type { TranslationTable } from './translation.ts';

export const verifyJapanese: TranslationTable<VerifyDiagnostics> = {
  VERIFY_TIME_UNKNOWN: {
    text: (a) => `${a.option} ${a.given} は日時ではありません`,
    hint: () => '2026-03-01 のような日付か、2026-03-01T00:00:00+09:00 のような時刻を指定してください。',
  },
  VERIFY_DEFAULTS_BROKEN: {
    text: (a) => `${a.path} に workflowDefaults がありません: ${inJapanese(a.problem)}`,
    hint: () => 'workflow-controller の ConfigMap か、その workflowDefaults キーの内容を指定してください。',
  },
  VERIFY_OBSERVED_BROKEN: {
    text: (a) => `${a.path} を読めません: ${inJapanese(a.problem)}`,
    hint: () => '`kubectl get jobs -A -o yaml` の出力を指定してください。',
  },
  VERIFY_OBSERVED_EMPTY: {
    text: () => '実績の Job のフォルダーに Job がありません',
    hint: () => '`kubectl get jobs -A -o yaml` の出力があるフォルダーを指定してください。',
  },
  DIFF_TEMPLATE_UNCALLED: {
    text: (a) => `共有テンプレート ${a.template} を呼び出すジョブが出力にありません`,
    hint: (a) => `${a.known.join('、')} のどれかを指定してください。`,
  },
  DIFF_NOT_PLAYED: {
    text: (a) => `${a.environment} の ${a.job} を表示できません: ${inJapanese(a.reason)}`,
    hint: () => '何を再現できるかは `dig2argo verify` で分かります。',
  },
};
