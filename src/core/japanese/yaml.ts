import type { YamlDiagnostics } from '../diagnostics/yaml.ts';
import { inJapanese } from './phrase.ts';
import type { TranslationTable } from './translation.ts';

export const yamlJapanese: TranslationTable<YamlDiagnostics> = {
  YAML_SYNTAX: {
    text: (a) => `正しい YAML ではありません: ${inJapanese(a.problem)}`,
    hint: () => '値に「: 」「 #」や波括弧が含まれるか、特殊な文字で始まるなら、引用符で囲んでください。',
  },
  YAML_TAB: {
    text: () => '空白しか置けない場所にタブがあります',
    hint: () => 'タブを空白に置き換えてください。',
  },
  YAML_CHARACTER: {
    text: (a) => `文字 ${a.code} は YAML では使えません`,
    hint: () => '削除するか、二重引用符の文字列の中でエスケープしてください。',
  },
  YAML_ESCAPE: {
    text: (a) => `${a.escape} は二重引用符の文字列で使えるエスケープではありません`,
    hint: () => '一重引用符を使うか、バックスラッシュを重ねてください。',
  },
  YAML_FLOW_QUESTION: {
    text: () => '括弧の中の引用符のない文字列に疑問符があります',
    hint: () => '値を引用符で囲んでください。',
  },
  YAML_ANCHOR_NAME: {
    text: (a) => `${a.name} はアンカーやエイリアスの名前にできません`,
    hint: () => '英数字、「-」、「_」を使ってください。エイリアスでなければ値を引用符で囲んでください。',
  },
  YAML_DUPLICATE_KEY: {
    text: (a) => `1 つのマッピングにキー ${a.key} が 2 回あります`,
    hint: () => 'どちらか一方を削除してください。',
  },
  YAML_DUPLICATE_IGNORED: {
    text: (a) => `1 つのマッピングにキー ${a.key} が 2 回あります。後のほうが有効です`,
    hint: () => '前のほうを削除してください。',
  },
  YAML_NULL_KEY: {
    text: () => 'マッピングに空のキーがあります',
    hint: () => 'キーを書くか、引用符で囲んでください。',
  },
  YAML_TAG_UNKNOWN: {
    text: (a) => `タグ ${a.tag} は未知のものです`,
    hint: () => '感嘆符が値の一部なら、値を引用符で囲んでください。',
  },
  YAML_TAG_VALUE: {
    text: (a) => `${JSON.stringify(a.text)} は ${a.tag} として読めません`,
    hint: () => 'タグを削除するか、値を直してください。',
  },
  YAML_MERGE: { text: (a) => `「<<」にはマッピングかそのリストが必要ですが、${inJapanese(a.found)} です` },
  YAML_ANCHOR_TWICE: {
    text: (a) => `アンカー &${a.name} が 2 回定義されています。PyYAML は拒否します`,
    hint: () => '2 つ目のアンカーに別の名前を付けてください。',
  },
  YAML_ALIAS_UNKNOWN: {
    text: (a) => `エイリアス *${a.name} のアンカーが、このファイルのそれより前にありません`,
    hint: () => 'アンカーは取り込んだファイルをまたいでは使えません。エイリアスでなければ値を引用符で囲んでください。',
  },
  YAML_ALIAS_RECURSIVE: { text: (a) => `エイリアス *${a.name} が自分のアンカーの中にあります` },
  YAML_TOO_LARGE: { text: (a) => `エイリアスを展開すると、文書の値が ${a.limit} 個を超えます` },
  YAML_TOO_DEEP: { text: () => '文書の入れ子が深すぎます' },
  YAML_NOT_MAPPING: { text: (a) => `ファイルはマッピングでなければなりませんが、${inJapanese(a.found)} です` },
  YAML_TWO_DOCUMENTS: {
    text: () => 'ファイルに 2 つ目の文書があります',
    hint: () => '「---」の行を削除するか、ファイルを分けてください。',
  },
  YAML_SEPARATOR: {
    text: (a) => `kubectl は ${JSON.stringify(a.line)} を文書の区切りとして受け付けません`,
    hint: () => '「---」の後にはコメント以外を書かないでください。',
  },
};
