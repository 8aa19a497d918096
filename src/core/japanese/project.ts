import type { ProjectDiagnostics } from '../diagnostics/project.ts';
import { inJapanese } from './phrase.ts';
import type { TranslationTable } from './translation.ts';

export const projectJapanese: TranslationTable<ProjectDiagnostics> = {
  PROJECT_EMPTY: {
    text: () => '.dig ファイルが見つかりません',
    hint: () =>
      'Digdag のプロジェクトがあるフォルダーを指定するか、dig2argo.yaml の `environments` に各フォルダーを書いてください。',
  },
  PROJECT_FILE_UNREADABLE: {
    text: (a) => `${a.path} を読めません`,
    hint: () => '権限、サイズ（8 MiB まで）、文字コード（UTF-8）を確認してください。',
  },
  PROJECT_NOT_DIGDAG: {
    text: (a) => `${a.path} は Digdag のワークフローではない（${inJapanese(a.what)}）ため、飛ばしました`,
  },
  PROJECT_GUESSED: {
    text: (a) => `${inJapanese(a.what)}の設定がないため、${inJapanese(a.guess)}とみなします`,
    hint: () => '`dig2argo init` を実行すると推測が dig2argo.yaml に書かれるので、確認してください。',
  },
  PROJECT_FILE_UNREAD: {
    text: (a) => `${a.path} を読むものがありません`,
    hint: () => '削除するか、使う側を dig2argo.yaml に書いてください。',
  },
  CONFIG_SYNTAX: { text: (a) => `dig2argo.yaml が正しい YAML ではありません: ${inJapanese(a.problem)}` },
  CONFIG_INVALID: {
    text: (a) => `設定が正しくありません: ${a.path === '' ? '' : `${a.path}: `}${inJapanese(a.problem)}`,
    hint: () => 'dig2argo.yaml のキーは README を参照してください。',
  },
  PROJECT_TWO_JOBS: {
    text: (a) => `環境 ${a.environment} に ${a.name} というワークフローが 2 つあります`,
    hint: () => '一方の名前を変えるか、dig2argo.yaml の `environments` でプロジェクトを分けてください。',
  },
  PROJECT_FOLDER_MISSING: {
    text: (a) => `フォルダー ${a.path} がありません`,
    hint: () =>
      'パスを確認してください。現在のフォルダー、または（dig2argo.yaml で指定した場合は）そのファイルのあるフォルダーからの相対パスです。',
  },
  PROJECT_NOT_A_FOLDER: {
    text: (a) => `${a.path} はフォルダーではなくファイルです`,
    hint: () => 'そのファイルのあるフォルダーを指定してください。',
  },
  PROJECT_ENVIRONMENT_EMPTY: {
    text: (a) => `環境 ${a.name} のワークフローが見つかりません`,
    hint: (a) => `dig2argo.yaml の \`environments.${a.name}.digdag\` にフォルダーを書いてください。`,
  },
  PROJECT_JOB_UNKNOWN: {
    text: (a) => `ワークフロー ${a.name} はありません`,
    hint: (a) => `次のいずれかを選んでください: ${a.known.join('、')}`,
  },
  PROJECT_ENVIRONMENT_UNKNOWN: {
    text: (a) => `環境 ${a.name} はありません`,
    hint: (a) => `次のいずれかを選んでください: ${a.known.join('、')}`,
  },
  PROJECT_OUTSIDE_ENVIRONMENTS: {
    text: (a) => `${a.folder} のワークフローはどの環境にも属さないため、変換されません`,
    hint: () => 'dig2argo.yaml の `environments` にフォルダーを書くか、削除してください。',
  },
  CONFIG_EXISTS: {
    text: (a) => `${a.path} はすでにあります`,
    hint: () => '--dry-run で提案の内容を確認するか、--force でファイルを置き換えてください。',
  },
};
