import type { LauncherDiagnostics } from '../diagnostics/launcher.ts';
import { inJapanese, remedyInJapanese } from './phrase.ts';
import type { TranslationTable } from './translation.ts';

export const launcherJapanese: TranslationTable<LauncherDiagnostics> = {
  LAUNCHER_CLOCK: {
    text: (a) => `起動スクリプトがワーカーの現在時刻を使っています: ${a.command}`,
    hint: () => '日付を ${session_date} のようにステップの引数で渡し、スクリプトではそれを使ってください。',
  },
  LAUNCHER_CONDITIONAL: {
    text: (a) => `Job を起動するかどうかが、実行時にしか決まらない条件によります: ${inJapanese(a.condition)}`,
    hint: () => '判定をワークフローの `if>` に移してください。',
  },
  LAUNCHER_COMMAND_LOST: {
    text: (a) => `起動スクリプトは \`${a.command}\` も実行していますが、ワークフローは実行しません`,
    hint: () => '今後も必要なら、独立したステップに移してください。',
  },
  LAUNCHER_CLUSTER_GUESSED: {
    text: (a) => `起動スクリプトに Job のクラスターの指定がないため、設定から ${a.cluster} とみなします`,
  },
  LAUNCHER_CLUSTER_UNKNOWN: {
    text: (a) => `${a.environment} の Job のクラスターが、起動スクリプトからも設定からも分かりません`,
    hint: (a) => `dig2argo.yaml に \`clusters: {${a.environment}: <name>}\` を加えてください。`,
  },
  LAUNCHER_ENV_UNDESCRIBED: {
    text: (a) => `起動スクリプトが読む ${a.name} を設定するものが移行元にありません。ワークフローでは不要です`,
    hint: (a) => `確認したら、dig2argo.yaml の worker.env に \`${a.name}: {unneeded: <理由>}\` を加えてください。`,
  },
  LAUNCHER_FAILURE_IGNORED: {
    text: () => '起動スクリプトは Job が失敗しても成功します。Argo では、Pod が失敗すればステップも失敗します',
    hint: () => '失敗を無視してよいか判断し、よければステップが失敗しても続行するようにしてください。',
  },
  LAUNCHER_FAILURE_SEEN_LATE: {
    text: (a) =>
      a.seconds === undefined
        ? '起動スクリプトは完了だけを待ち、Job の失敗に気づきません。Argo はすぐに検知します'
        : `起動スクリプトは完了だけを待つため、Job の失敗に気づくのは ${a.seconds} 秒後で、Job も残ります。Argo はすぐに検知します`,
  },
  LAUNCHER_FLAG_UNKNOWN: {
    text: (a) => `${a.program} に、ルールの知らない ${a.flag} が指定されています`,
    hint: (a) => `ルールの flags に ${a.flag.replace(/^-+/, '')} を加えてください。`,
  },
  LAUNCHER_MACRO_LEFT: {
    text: (a) => `${a.macro} を置き換えるものがなく、そのままコンテナに渡ります（${a.where}）`,
    hint: () => '起動スクリプトで値を与えるか、マニフェストから取り除いてください。',
  },
  LAUNCHER_MACRO_UNDEFINED: {
    text: (a) => `${a.macro} を設定するものがなく、envsubst が空文字列に置き換えます（${a.where}）`,
    hint: (a) =>
      `ワークフローで ${a.macro} を export するか、worker.env に書くか、マニフェストから取り除いてください。`,
  },
  LAUNCHER_MACRO_BREAKS: {
    text: (a) => `${a.macro} の値に ${JSON.stringify(a.character)} があり、sed コマンドが途中で終わるか変わります`,
    hint: () => 'sed コマンドに別の区切り文字を使ってください。',
  },
  LAUNCHER_MANIFEST_EMPTY: { text: (a) => `${a.manifest} に Job がありません` },
  LAUNCHER_MANIFEST_INVALID: { text: (a) => `${a.manifest} が正しい YAML ではありません: ${inJapanese(a.problem)}` },
  LAUNCHER_MANIFEST_MISSING: {
    text: (a) =>
      a.manifest === a.named
        ? `マニフェスト ${a.manifest} がありません`
        : `マニフェスト ${a.manifest} がありません（起動スクリプトでの指定は ${a.named}）`,
    hint: () => 'ファイルを戻すか、dig2argo.yaml の `manifests` を直してください。',
  },
  LAUNCHER_MANIFEST_PER_ITEM: {
    text: (a) => `ループの要素によって起動するマニフェストが異なります: ${a.named}`,
    hint: () => 'ループのリストをワークフローの定数にしてください。',
  },
  LAUNCHER_MANIFEST_UNKNOWN: {
    text: (a) => `マニフェスト ${a.named} が何から作られるのか分かりません`,
    hint: () =>
      'dig2argo.yaml の `manifests` に、{env} と {job} を使った `from` と、`template` と `variables`、または `rendered` を書いてください。',
  },
  LAUNCHER_NAMESPACE_CONFLICT: {
    text: (a) =>
      `起動スクリプトは namespace ${a.flag} に適用しますが、マニフェストは ${a.manifest} です。kubectl は拒否します`,
  },
  LAUNCHER_NOT_A_JOB: { text: (a) => `起動スクリプトが起動する ${a.object} は Job ではないため、変換されません` },
  LAUNCHER_NOT_UNDERSTOOD: {
    text: (a) => `起動スクリプトを解釈できません: ${inJapanese(a.what)}`,
    hint: () => 'スクリプトを簡単にするか、何を起動するかを示すランチャー用のルールを書いてください。',
  },
  LAUNCHER_OBJECT_BESIDE: {
    text: (a) => `起動スクリプトは Job のほかに ${a.object} を適用しますが、ワークフローは適用しません`,
    hint: () => 'Job に必要なら、platform と一緒に適用してください。',
  },
  LAUNCHER_ORDER_STRICTER: {
    text: () =>
      '起動スクリプトは、先に起動したすべてを待たずにこれを起動しているように読めます。ワークフローはすべてを待ちます',
    hint: () => '並列に動かしてよいものは、`_parallel: true` のグループの下の独立したタスクに移してください。',
  },
  LAUNCHER_FILE_NOT_SHIPPED: {
    text: (a) => `コマンドはプロジェクトの ${a.file} を読みますが、ワークフローには含まれません`,
    hint: () => 'ワーカーのイメージに入れるか、ステップがマウントする ConfigMap に入れてください。',
  },
  LAUNCHER_SCRIPT_INLINED: { text: (a) => `${a.script} の内容をワークフローに埋め込みます` },
  LAUNCHER_SCRIPT_MISSING: {
    text: (a) => `スクリプト ${a.script} がありません`,
    hint: () => '戻すか、dig2argo.yaml の worker.files でワーカー上のファイルを指定してください。',
  },
  LAUNCHER_STARTS_NOTHING: {
    text: () => 'このステップの引数では、起動スクリプトは Job を起動しません',
    hint: () => '引数を確認するか、何を起動するかを示すランチャー用のルールを書いてください。',
  },
  LAUNCHER_STAYS_COMMAND: {
    text: (a) =>
      `このステップは kubectl に ${a.objects.join('、')} を渡すだけで Job を起動しないため、コマンドのまま残します`,
    hint: () =>
      'ワーカーのイメージに kubectl とマニフェスト、サービスアカウントに適用の権限が必要です。または、platform と一緒に適用してステップを削除してください。',
  },
  LAUNCHER_UNSUPPORTED: {
    text: (a) => `まだ変換に対応していません: ${inJapanese(a.what)}`,
    hint: (a) => remedyInJapanese(a.remedy),
  },
  NOTIFY_KEPT: {
    text: (a) => `通知はそのままのコマンドで送信します: ${a.title}`,
    hint: (a) =>
      a.via === 'mail'
        ? 'ワーカーのイメージにメール送信プログラムと、メールサーバーへの到達手段が必要です。'
        : 'ワーカーのイメージに送信プログラムと、外部への通信経路が必要です。',
  },
  NOTIFY_NOT_UNDERSTOOD: {
    text: (a) => `メッセージを読み取れないため、ただのコマンドのまま残します: ${inJapanese(a.problem)}`,
  },
  WORKER_SECRET: {
    text: (a) =>
      `${a.name} は Digdag サーバーの secret ${a.key} でした。ステップは Secret ${a.secret} から読み取ります`,
    hint: (a) => `キー ${a.key} を持つ Secret ${a.secret} を作成してください。`,
  },
  WORKER_SECRET_UNUSED: {
    text: (a) => `ワーカーの ${a.name}（Secret ${a.secret}、キー ${a.key}）を読むジョブは、変換後にはありません`,
    hint: () => '最後のジョブが Digdag から移った時点で無効にしてください。',
  },
  WORKER_ENV_UNKNOWN: {
    text: (a) => `環境変数 ${a.name} が読まれますが、移行元にも設定にも値を与えるものがありません`,
    hint: (a) =>
      `dig2argo.yaml の worker.env に ${a.name} を加えてください: {literal: …}、{secret: …, key: …}、{unneeded: …} のいずれか`,
  },
};
