import type { JinjaDiagnostics } from '../diagnostics/jinja.ts';
import { inJapanese } from './phrase.ts';
import type { TranslationTable } from './translation.ts';

export const jinjaJapanese: TranslationTable<JinjaDiagnostics> = {
  JINJA_UNDEFINED: {
    text: (a) =>
      a.name === ''
        ? `未定義の値を使っています: ${inJapanese(a.problem)}`
        : `${a.name} が未定義です: ${inJapanese(a.problem)}`,
    hint: (a) =>
      a.name === ''
        ? '名前を確認するか、既定値を与えてください。'
        : `変数ファイルで ${a.name} を設定するか、既定値を与えてください。`,
  },
  JINJA_SYNTAX: {
    text: (a) => `テンプレートの構文エラーです: ${inJapanese(a.problem)}`,
    hint: () => 'タグを直してください。Jinja2 もこのテンプレートを受け付けません。',
  },
  JINJA_TYPE: {
    text: (a) => `式を評価できません（${a.kind}）: ${inJapanese(a.problem)}`,
    hint: () => '式か変数の型を直してください。Jinja2 もここで失敗します。',
  },
  JINJA_NAME_UNKNOWN: {
    text: (a) => `${a.name} という${named(a.what)}はありません`,
    hint: (a) =>
      `テンプレートを生成したツールのプリセットを選ぶか、その動作を dig2argo.yaml に書いてください: ${bodyToWrite(a.what, a.name)}`,
  },
  JINJA_BODY_MISSING: {
    text: (a) =>
      `${named(a.what)} ${a.name} はビルドスクリプト独自のもので（${a.defined}）、取り込めませんでした: ${inJapanese(a.why)}`,
    hint: (a) => `その動作を dig2argo.yaml に書いてください: ${bodyToWrite(a.what, a.name)}`,
  },
  JINJA_SCRIPT_OPTION: {
    text: (a) => `ビルドスクリプトが ${a.option}=${a.value} を設定していますが、ここでは読み取りません`,
    hint: () =>
      '生成済みのマニフェストと比べてください。dig2argo.yaml の `template` の横に `rendered` を指定すると比較します。',
  },
  JINJA_TEMPLATE_MISSING: {
    text: (a) => `テンプレート ${a.name} が見つかりません`,
    hint: () => 'フォルダーを dig2argo.yaml の jinja.search_path に加えてください。',
  },
  JINJA_CLOCK: {
    text: (a) => `${a.name} は実行時刻ではなく、テンプレートを生成した時刻です`,
    hint: (a) =>
      `ビルドスクリプトが渡している値を dig2argo.yaml に書いてください（例: jinja: {clocks: {${/^\w+$/.test(a.name) ? a.name : 'today'}: "date.today()"}}）。または、ビルドの日付なら変数に、セッションの日付なら起動スクリプトが埋める実行時マクロに置き換えてください。`,
  },
  JINJA_CLOCK_OPERATION: {
    text: (a) =>
      `${inJapanese(a.operation)} には日付の値が必要ですが、テンプレートが現在時刻を使っているため、その値はセッションごとにしか決まりません`,
    hint: () =>
      '日付は一つの書式で出力するだけにして、残りの処理はプログラムに任せてください。ビルドの日付でよければ変数に置き換えてください。',
  },
  JINJA_LIMIT: {
    text: (a) => `テンプレートの生成を上限で打ち切りました: ${inJapanese(a.limit)}`,
    hint: () => '自分自身を呼び出すループかマクロがないか確認してください。',
  },
  JINJA_UNSUPPORTED: {
    text: (a) => `Python の外では再現できません: ${inJapanese(a.feature)}`,
    hint: () => '文字列、数値、リスト、マッピングのいずれかを出力してください。',
  },
  JINJA_MACRO_CHANGED: {
    text: (a) =>
      `${a.operation} が、起動スクリプトが実行時に埋める値ではなく、${a.macro} という文字列自体に適用されています`,
    hint: () =>
      '移行元のマニフェストも同じように生成されます。意図どおりか確認するか、変更後の値に専用のマクロを使ってください。',
  },
  JINJA_PRINTS_BUILTIN: {
    text: (a) => `変数 ${a.name} が設定されていないため、Jinja2 はここに組み込みの ${a.name} を出力します`,
    hint: (a) => `変数ファイルで ${a.name} を設定してください。`,
  },
  JINJA_PRINTS_UNDEFINED: {
    text: (a) =>
      `${a.name} は未定義で、${a.stays ? `{{ ${a.name} }} という文字列のまま残ります` : '何も出力されません'}`,
    hint: (a) => `変数ファイルで ${a.name} を設定するか、タグを削除してください。`,
  },
  JINJA_VARIABLES_NOT_MAPPING: {
    text: (a) => `変数ファイルはマッピングでなければなりませんが、${inJapanese(a.found)} です`,
  },
  JINJA_VARIABLES_KEY: {
    text: (a) => `変数ファイルのキーが正しくありません: ${inJapanese(a.problem)}`,
    hint: () => 'キーには単純な文字列を使ってください。',
  },
  JINJA_VARIABLES_FORMAT: { text: (a) => `変数ファイルを読めません: ${inJapanese(a.problem)}` },
  JINJA_RENDERED_DIFFERS: {
    text: (a) =>
      `${a.rendered} が ${a.template} の生成結果と ${a.lines} 行異なります。ファイルでは${line(a.theirs)}、テンプレートからは${line(a.ours)}。生成済みのファイルを使います`,
    hint: () => '生成し直してコミットするか、dig2argo.yaml のテンプレートの設定か変数を直してください。',
  },
  JINJA_RENDERED_USED: {
    text: (a) =>
      `テンプレート ${a.template} を生成できないため、該当する行を ${a.rendered} から取ります: ${inJapanese(a.problem)}`,
    hint: () =>
      '足りないものを dig2argo.yaml に書いてください。生成済みのファイルから取った項目は、名前の付いたパラメータになりません。',
  },
  JINJA_RENDERED_NOT_YAML: {
    text: (a) => `${a.template} の生成結果が正しい YAML ではありません: ${inJapanese(a.problem)}`,
    hint: () => 'このタグの前後の引用符と空白の制御を確認してください。',
  },
};

function bodyToWrite(what: string, name: string): string {
  return `jinja: {${what}s: {${name}: "${what === 'global' ? '(…) => …' : 'value => …'}"}}`;
}

function line(text: string): string {
  return text === '' ? '該当する行がなく' : ` "${text}"`;
}

function named(what: string): string {
  return { filter: 'フィルター', test: 'テスト', global: 'グローバル' }[what] ?? ` ${what} `;
}
