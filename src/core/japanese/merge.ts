import type { MergeDiagnostics } from '../diagnostics/merge.ts';
import type { TranslationTable } from './translation.ts';

export const mergeJapanese: TranslationTable<MergeDiagnostics> = {
  ENVIRONMENTS_DIFFER: {
    text: (a) => `${a.environment} は base と ${a.changes} か所異なるため、overlay に専用のマニフェストを置きます`,
    hint: () => '環境間の差を減らすか、意図した差であることを確認してください。',
  },
  ENVIRONMENT_DRIFT: {
    text: (a) =>
      `${a.environment} だけの差: ${changeInJapanese(a.change)}${a.variables === undefined ? '' : `（変数: ${a.variables}）`}`,
    hint: () => '意図した差であることを確認してください。',
  },
  ENVIRONMENT_BRANCH: {
    text: (a) =>
      `このタグにより ${a.environment} は base と異なる構成になります（変数: ${a.variables}）: ${changeInJapanese(a.change)}`,
    hint: () => 'もう一方の構成は base/workflow.yaml に残ります。環境間の差が意図したものか確認してください。',
  },
  COMMAND_RUNS_LIKE_JOBS: {
    text: (a) =>
      `コマンド ${a.templates} の Pod には、Job の Pod の ${a.fields} を使います。Digdag ではサーバー上で動いていました`,
    hint: () => '別の場所で動かす必要があれば、テンプレートに個別の値を指定してください。',
  },
};

const places: Readonly<Record<string, string>> = {
  template: 'テンプレート',
  step: 'ステップ',
  'environment variable': '環境変数',
  sidecar: 'サイドカー',
  'init container': 'init コンテナ',
  volume: 'ボリューム',
  parameter: 'パラメータ',
};

/** `template report, step a: x is 1 instead of 2, y is missing`, as `describeChanges` writes it. */
function changeInJapanese(change: string): string {
  const placed = /^((?:[a-z ]+|[A-Za-z.]+) \S+?(?:, (?:[a-z ]+|[A-Za-z.]+) \S+?)*): ([\s\S]*)$/.exec(change);
  const [where, what] = placed === null ? ['', change] : [placed[1] ?? '', placed[2] ?? ''];
  const spoken = where
    .split(', ')
    .map((place) => {
      const kind = Object.keys(places).find((name) => place.startsWith(`${name} `));
      return kind === undefined ? place : `${places[kind]} ${place.slice(kind.length + 1)}`;
    })
    .join(' の');
  const words = what
    .split(/, (?=\S+ (?:is|has|also has) )/)
    .map(wordsInJapanese)
    .join('、');
  return spoken === '' ? words : `${spoken}: ${words}`;
}

function wordsInJapanese(words: string): string {
  if (words === 'is missing') return 'なし';
  if (words === 'is there') return 'あり';
  const forms: readonly (readonly [RegExp, string])[] = [
    [/^(\S+) has another value$/, '$1 の値が異なる'],
    [/^(\S+) is missing$/, '$1 がない'],
    [/^(\S+) is added$/, '$1 がある'],
    [/^(\S+) also has ([\s\S]*)$/, '$1 に $2 もある'],
    [/^(\S+) is ([\s\S]*) instead of ([\s\S]*)$/, '$1 が $3 ではなく $2'],
    [/^(\S+) is ([\s\S]*)$/, '$1 が $2'],
  ];
  const form = forms.find(([pattern]) => pattern.test(words));
  const said = form === undefined ? words : words.replace(...form);
  return said.replaceAll(/(?<= )empty(?=$|ではなく| ではなく)/g, '空').replaceAll('another text', '別の文字列');
}
