import type { RuleDiagnostics } from '../diagnostics/rule.ts';
import { inJapanese, remedyInJapanese } from './phrase.ts';
import type { TranslationTable } from './translation.ts';

export const ruleJapanese: TranslationTable<RuleDiagnostics> = {
  OPERATOR_MANUAL: {
    text: (a) => `${a.operator}> は変換されません`,
    hint: (a) => remedyInJapanese(a.remedy),
  },
  OPERATOR_PROJECT_CODE: {
    text: (a) => `${a.task} は、Digdag がワーカーに配るプロジェクトのコードを呼び出します`,
    hint: () => 'プロジェクトのファイルを作業フォルダーに入れたイメージを、ステップ用に作成してください。',
  },
  OPERATOR_TYPE_UNKNOWN: {
    text: (a) =>
      `${a.task} には ${a.name} が文字列で渡ります。Digdag は、ループのリストにある数値・リスト・マップをそのままの型で渡していました`,
    hint: (a) => `メソッドの中で ${a.name} を変換するか、リストの型をそろえてください。`,
  },
  OPERATOR_SECRET: {
    text: (a) => `${a.task} は Digdag サーバーの secret を読みます。新しいステップでは文字列のまま残ります`,
    hint: () => '出力されたテンプレートで、Secret から読むように変えてください。',
  },
  OPERATOR_MAIL_SERVER: {
    text: (a) => `メールサーバーは Digdag サーバーの設定でした。ステップは Secret ${a.secret} から読み取ります`,
    hint: () => 'キー url（smtps://…）、username、password、from を持つ Secret を作成してください。',
  },
  OPERATOR_OPTION_LOST: {
    text: (a) => `${a.task} の ${a.operator}> のオプション ${a.option} に当たるものがないため、引き継ぎません`,
    hint: () => 'ステップにこのオプションが要らないことを確認してください。',
  },
  OPERATOR_UNKNOWN: {
    text: (a) => `${a.task} の ${a.operator}> に合うルールがありません`,
    hint: () => '移行元フォルダーの rules/ に、ランチャーかオペレーターのルールを書いてください。',
  },
  RULE_SYNTAX: { text: (a) => `ルールのファイルが正しい YAML ではありません: ${inJapanese(a.problem)}` },
  RULE_INVALID: {
    text: (a) => `ルールが正しくありません: ${a.path === '' ? '' : `${a.path}: `}${inJapanese(a.problem)}`,
    hint: () => 'rules/README.md を参照するか、エディターで rules/rule.schema.json と照合してください。',
  },
  RULE_NAME: {
    text: (a) => `ルールの id は ${a.id} ですが、ファイル名からは ${a.expected} になります`,
    hint: (a) => `\`id: ${a.expected}\` にするか、ファイルの名前を変えてください。`,
  },
  RULE_REPLACED: { text: (a) => `${a.replaced} の ${a.id} は ${a.by} に置き換えられます` },
  RULE_SEVERAL: {
    text: (a) => `${inJapanese(a.what)} に ${a.rules.length} 個のルールが当てはまります: ${a.rules.join('、')}`,
    hint: () => 'いずれかの `match` を狭めるか、同じ id の自作のルールで置き換えてください。',
  },
};
