import type { LintDiagnostics } from '../diagnostics/lint.ts';
import { inJapanese } from './phrase.ts';
import type { TranslationTable } from './translation.ts';

export const lintJapanese: TranslationTable<LintDiagnostics> = {
  LINT_YAML: {
    text: (a) => `Argo の linter が読めず、黙って飛ばすことのある文書です: ${inJapanese(a.problem)}`,
    hint: () => 'YAML を直してください。',
  },
  LINT_NOT_READ: {
    text: (a) => `Argo の linter が見ない文書です: ${inJapanese(a.why)}`,
    hint: () => '1 つの文書に 1 つのオブジェクトを、正確な kind で書いてください。',
  },
  LINT_UNKNOWN_FIELD: {
    text: (a) =>
      `${a.type} に ${a.field} という項目はありません${a.near === undefined ? '' : `（${a.near} の誤りではありませんか）`}`,
    hint: () => '名前を直すか、正しい場所に移してください。',
  },
  LINT_WRONG_TYPE: {
    text: (a) => `${a.field} は${inJapanese(a.want)}でなければなりませんが、${inJapanese(a.got)}です`,
    hint: (a) => (a.want === 'a text' ? '値を引用符で囲んでください。' : '正しい型の値を指定してください。'),
  },
  LINT_MISSING: {
    text: (a) => `${inJapanese(a.where)} に ${inJapanese(a.what)} がありません`,
    hint: (a) => `${inJapanese(a.what)} を加えてください。`,
  },
  LINT_NAME: {
    text: (a) => `${inJapanese(a.what)} ${JSON.stringify(a.name)} は名前として正しくありません: ${inJapanese(a.rule)}`,
    hint: () => '別の名前にしてください。',
  },
  LINT_DUPLICATE: {
    text: (a) => `${inJapanese(a.what)} ${JSON.stringify(a.name)} が重複しています`,
    hint: () => 'どちらか一方を削除してください。',
  },
  LINT_UNDEFINED: {
    text: (a) => `${inJapanese(a.what)} ${JSON.stringify(a.name)} がありません`,
    hint: () => '名前を直すか、参照先を加えてください。',
  },
  LINT_UNRESOLVED: {
    text: (a) => `ここでは {{${a.tag}}} に値を与えるものがありません`,
    hint: () => '値を入力として渡すか、パラメータを宣言してください。',
  },
  LINT_EXPRESSION: {
    text: (a) => `式 ${a.expression} は失敗します: ${inJapanese(a.problem)}`,
    hint: () => '直してください。Argo の linter は式の中を見ず、失敗した式はそのままの文字列で Pod に渡ります。',
  },
  LINT_VALUE: {
    text: (a) =>
      `${a.field} の値 ${JSON.stringify(a.value)} が正しくありません。求められるのは ${inJapanese(a.want)} です`,
    hint: () => '値を直してください。',
  },
  LINT_CONFLICT: {
    text: (a) => `${inJapanese(a.where)} に両立しないものがあります: ${inJapanese(a.what)}`,
    hint: () => 'どちらか一方だけにしてください。',
  },
  LINT_CYCLE: {
    text: (a) => `テンプレート ${a.template} が自分自身を際限なく呼び出すか待っています`,
    hint: () => '循環を断つか、`when` で止めてください。',
  },
  LINT_SCHEDULE: {
    text: (a) => `スケジュール ${JSON.stringify(a.schedule)}: ${inJapanese(a.problem)}`,
    hint: () => 'スケジュールを直してください。',
  },
  LINT_BUILD: {
    text: (a) => `kustomize build ${a.folder} が失敗します: ${inJapanese(a.problem)}`,
    hint: () => 'kustomization かパッチを直してください。',
  },
  LINT_PARAMETER_LIST: {
    text: (a) =>
      `kustomize はパラメータのリストを丸ごと置き換えるため、${a.file} にはすべてのパラメータが必要ですが、${a.names} がありません`,
    hint: () => '足りないパラメータを加えてください。',
  },
  LINT_USELESS: {
    text: (a) => `${inJapanese(a.what)} は効果がありません: ${inJapanese(a.why)}`,
    hint: () => '削除してください。',
  },
  LINT_RISK: { text: (a) => `注意が必要な箇所です: ${inJapanese(a.what)}` },
};
