import type { PodDiagnostics } from '../diagnostics/pod.ts';
import { inJapanese } from './phrase.ts';
import type { TranslationTable } from './translation.ts';

export const podJapanese: TranslationTable<PodDiagnostics> = {
  POD_NOT_A_JOB: {
    text: (a) => `${a.task} が起動するのは Job ではなく ${a.kind} です`,
    hint: () => 'オブジェクトをワークフローの外で作成するか、ステップを手作業で変換してください。',
  },
  POD_NO_CONTAINER: {
    text: (a) => `${a.task} の Job にコンテナがありません`,
    hint: () => 'spec.template.spec.containers に 1 つ以上のコンテナを書いてください。',
  },
  POD_FIELD_UNKNOWN: {
    text: (a) => `${a.path} は Kubernetes の項目ではありません。効果がなかったため引き継ぎません`,
    hint: () => '綴りとインデントを確認し、効果が必要なら正しい場所に移してください。',
  },
  POD_FIELD_SHAPE: {
    text: (a) => `${a.path} の値が正しくありません。求められるのは ${inJapanese(a.want)} です`,
    hint: () => 'マニフェストを直してください。このままでは Kubernetes が拒否します。',
  },
  POD_FIELD_LOST: {
    text: (a) => `${a.path} に当たるものが Argo Workflows にありません: ${inJapanese(a.loss)}`,
    hint: (a) => `ジョブが ${a.path} に依存していないことを確認してください。`,
  },
  POD_FIELD_UNUSED: { text: (a) => `${a.path} は引き継ぎません: ${inJapanese(a.why)}` },
  POD_FIELD_RUNTIME: {
    text: (a) => `${a.path} は実行時にしか決まらず、Argo はそこで参照を使えません`,
    hint: () => '固定の値を書くか、この項目を手作業で変換してください。',
  },
  POD_FOREIGN_TAG: {
    text: (a) => `${a.path} に、Argo が自分のタグとして読む ${a.tag} があります`,
    hint: () => 'Pod がマウントするか環境変数に読み込む ConfigMap に、その文字列を移してください。',
  },
  POD_NO_COMMAND: {
    text: (a) =>
      `コンテナ ${a.container} に command がありません。Argo のコントローラーは起動のたびに ${a.image} のエントリポイントをレジストリに問い合わせます`,
    hint: (a) =>
      `${a.image} のエントリポイントを kind が image のルールに書くか、マニフェストに command を書いてください。`,
  },
  POD_RESTART_POLICY: {
    text: (a) => `restartPolicy ${a.written} は Job では拒否されます`,
    hint: () => 'Never か OnFailure を書いてください。',
  },
  POD_RESTART_IN_PLACE: {
    text: (a) =>
      `restartPolicy OnFailure では、コンテナが同じ Pod の中で最大 ${a.attempts} 回再起動していました。Argo は毎回新しい Pod を起動します${a.volumes.length > 0 ? `。前の試行が ${a.volumes.join('、')} に残したものは失われます` : ''}`,
    hint: () => '前の試行のファイルがなくても、プログラムが最初からやり直せることを確認してください。',
  },
  POD_BACKOFF_LIMIT_DEFAULT: {
    text: (a) =>
      `${a.task} の Job に backoffLimit がなく、Kubernetes が再試行していました。最大 ${a.attempts} 回の試行を引き継ぎます`,
    hint: () => '1 回だけのつもりなら、マニフェストに backoffLimit: 0 を書いてください。',
  },
  POD_ATTEMPTS_MULTIPLY: {
    text: (a) =>
      `${a.retry + 1} 回の起動（_retry: ${a.retry}）のそれぞれで backoffLimit ${a.backoffLimit} が働き、試行は最大 ${a.limit + 1} 回になります。${a.merged ? `limit ${a.limit} の retryStrategy 1 つにまとめます` : 'ステップの retryStrategy の中に Pod の retryStrategy を置きます'}`,
    hint: () => 'それほどの試行を意図していなければ、どちらかを減らしてください。',
  },
  POD_BACKOFF_DIFFERS: {
    text: (a) => `試行の間隔が変わります。移行前: ${inJapanese(a.legacy)}。Argo: ${inJapanese(a.argo)}`,
  },
  POD_DEADLINE_PER_ATTEMPT: {
    text: (a) =>
      `activeDeadlineSeconds ${a.seconds} は Job の ${a.attempts} 回の試行全体の制限でしたが、Argo では 1 回ごとの制限になります`,
    hint: () => 'ステップ全体を時間内に終える必要があれば、制限時間か試行回数を減らしてください。',
  },
  POD_WAIT_ONLY_LIMIT: {
    text: (a) => `${a.task} の制限時間は起動スクリプトの待ち時間 ${a.seconds} 秒だけで、Pod にはありません`,
    hint: () => 'マニフェストに activeDeadlineSeconds を書くか、ポリシー wait_timeout を pod-deadline にしてください。',
  },
  POD_WAIT_BLIND: {
    text: (a) =>
      `${a.task} の起動スクリプトが Job の失敗に気づくのは${a.seconds === undefined ? '待機の終了後' : ` ${a.seconds} 秒後`}で、Job も残していました${a.retries ? '。さらに _retry が 2 つ目を並行して起動していました' : ''}。Argo は失敗をすぐに検知します`,
  },
  POD_PARALLEL_JOB: {
    text: (a) => `${a.field}: ${a.value} からは Job が起動する Pod の数が分からないため、1 つの Pod に変換します`,
    hint: () => 'マニフェストに数値を書いてください。',
  },
  POD_INDEXES_DIFFER: {
    text: (a) => `Argo では ${a.field} の動作が異なります: ${inJapanese(a.how)}`,
    hint: () => 'Pod が失敗したときに、ジョブがこの動作に依存していないか確認してください。',
  },
  POD_SUSPENDED: {
    text: (a) =>
      `${a.task} の Job は停止状態で作成されます。ワークフローも、argo resume されるまでその手前で停止します`,
    hint: () => '人が再開する必要がなければ、suspend を削除してください。',
  },
  POD_TTL_REPLACED: {
    text: (a) =>
      `Job は ttlSecondsAfterFinished ${a.seconds} で削除されていました。ワークフローの Pod と履歴はポリシーに従って削除されます`,
  },
  POD_FAILURE_POLICY: {
    text: (a) => `podFailurePolicy に引き継げない箇所があります: ${inJapanese(a.part)}`,
    hint: () => 'どの失敗でステップをすぐに終えるべきか確認してください。',
  },
  POD_JOB_LABELS: {
    text: (a) => `Job オブジェクトにだけあり Pod にない ${a.what} は引き継ぎません: ${a.names.join('、')}`,
    hint: (a) => `ダッシュボードやセレクターが使う ${a.what} は、Pod テンプレートに書いてください。`,
  },
  POD_GENERATED_LABELS: {
    text: (a) => `${a.names.join('、')} は Job コントローラーが付けていたもので、なくなります`,
    hint: () => 'Pod 自身のラベルか workflows.argoproj.io/workflow で選択してください。',
  },
  POD_ENV_DUPLICATE: {
    text: (a) => `コンテナ ${a.container} が ${a.name} を 2 回設定しています。有効な後のほうを引き継ぎます`,
  },
  POD_NAME_RESERVED: {
    text: (a) => `${named(a.what)} ${a.name} は Argo 自身の名前と衝突するため、${a.becomes} に変えます`,
  },
  POD_SECOND_CONTAINER: {
    text: (a) =>
      `ステップは、Job と同じく ${a.main} と ${a.container} の両方が終わると終わります。${a.container} が自分で終わらなければ、ステップも終わりません`,
    hint: (a) =>
      `${a.container} がメインのコンテナの補助なら、そのイメージを kind が sidecar のルールに書いてください。Argo が停止するようになります。`,
  },
  POD_AUTOMOUNT: {
    text: (a) =>
      `automountServiceAccountToken: false では、Argo の executor のために Secret ${a.account}.service-account-token が必要です`,
    hint: () => 'トークンの Secret を作成するか、Pod にトークンをマウントさせてください。',
  },
  POD_SECRET_LITERAL: {
    text: (a) =>
      `コンテナ ${a.container} の ${a.name} に、秘密らしき値が平文で書かれていました。Secret ${a.secret} のキー ${a.key} から読むように変え、値は引き継ぎません`,
    hint: (a) =>
      `値をシークレットストアの ${a.secret}、キー ${a.key} に入れてください。移行元で読める状態だったため、値自体も変更してください。`,
  },
  POD_SECRET_IN_COMMAND: {
    text: (a) =>
      `コンテナ ${a.container} の ${a.place} に、秘密らしき値が平文で書かれています。ここでは Secret を参照できないため、ステップを変換しません`,
    hint: () =>
      'プログラムが環境変数から値を読むようにし、環境変数は Secret から設定してください。移行元で読める状態だったため、値自体も変更してください。',
  },
  POD_SECRET_OBJECT: {
    text: (a) =>
      `起動スクリプトは Secret ${a.name} を値ごと適用していました。引き継ぐのはキーの名前だけです: ${a.keys.join('、')}`,
    hint: (a) =>
      `ExternalSecret ${a.name} のために、値をシークレットストアに入れてください。移行元で読める状態だったため、値自体も変更してください。`,
  },
  POD_CONFIG_SECRET: {
    text: (a) => `ConfigMap ${a.name} の ${a.key} に秘密らしき値が平文で書かれているため、引き継ぎません`,
    hint: () => 'Secret に移し、Pod がそこから読むようにしてください。',
  },
  POD_OBJECT_RUNTIME: {
    text: (a) =>
      `ConfigMap ${a.name} の ${a.key} は実行時にしか決まりません。どの実行でも同じ内容の ConfigMap には書けません`,
    hint: () => '値を引数か環境変数としてコンテナに渡してください。',
  },
  POD_OBJECT_UNNAMED: {
    text: (a) => `Job と一緒に適用される ${a.kind} の名前が固定ではないため、引き継ぎません`,
    hint: () => '名前を付け、その名前で参照してください。',
  },
  POD_OBJECT_CONFLICT: {
    text: (a) => `${a.jobs.join(' と ')} が、異なる内容の ${a.object} を適用しています。互いに上書きしてしまいます`,
    hint: () => '内容ごとに別の名前を付けてください。',
  },
  JOB_NEVER_COMPLETES: {
    text: (a) =>
      `${a.container} を止めるものがなく、Job は完了しませんでした。これまで Job が終わっていたのは: ${inJapanese(a.deadline)}`,
    hint: () => 'Argo はサイドカーを自動で停止します。今後ジョブが成功で終わってよいか確認してください。',
  },
  SIDECAR_EXIT_CODE: {
    text: (a) =>
      `${a.container} は SIGTERM に対し終了コード ${a.code} で終わります。Argo はサイドカーを SIGTERM で停止するため、ステップが失敗します`,
    hint: () => 'trap の最後を exit 0 にしてください。137 と 143 も成功とみなされます。',
  },
  SIDECAR_STOP_KEPT: {
    text: (a) => `Pod が ${a.container} を止める仕組みをそのまま残します: ${inJapanese(a.reason)}`,
    hint: () =>
      'main コンテナが終わると Argo がサイドカーを停止します。可能なら、移行前の仕組みを手作業で取り除いてください。',
  },
  CLOCK_REPLACED: {
    text: (a) =>
      `${a.written} は Pod の現在時刻（${inJapanese(a.zone)}）を使っていました。過去のセッションを再実行できるよう、${inJapanese(a.session)}に置き換えます`,
  },
  CLOCK_ZONE_UNKNOWN: {
    text: (a) =>
      `起動スクリプトは Digdag ワーカーで ${a.written} を実行しますが、ワーカーのタイムゾーンがわからないため、UTC とみなします（ワークフローは ${a.zone}）`,
    hint: (a) =>
      `dig2argo.yaml の worker.env に TZ を {literal: UTC} または {literal: ${a.zone}} として追加してください。`,
  },
  CLOCK_KEPT: {
    text: (a) => `${a.written} は Pod の現在時刻を使いますが、そのまま残します: ${inJapanese(a.reason)}`,
    hint: () => '日付を引数で渡してください。それまでは過去のセッションを再実行できません。',
  },
  CLOCK_OF_BUILD: {
    text: (a) =>
      `テンプレートは生成時の日付（${a.written} の出力、${inJapanese(a.zone)}）を埋め込んでおり、次に生成するまで同じ値のままでした。${inJapanese(a.session)}に置き換えます`,
    hint: () => 'セッションの日付でよいか確認してください。ビルドの日付が必要なら、テンプレートの変数にしてください。',
  },
  CLOCK_OF_BUILD_KEPT: {
    text: (a) =>
      `テンプレートは生成時の日付（${a.written} の出力）を埋め込みますが、セッションからは同じ値を作れません: ${inJapanese(a.reason)}`,
    hint: () => '値をテンプレートの変数にするか、プログラム側で取得してください。',
  },
  CLOCK_IN_IMAGE: {
    text: (a) => `${a.image} のプログラム自身が現在時刻を使っています`,
    hint: (a) =>
      a.flag === undefined
        ? 'プログラムが日付を引数で受け取るようにしてください。'
        : `引数に ${a.flag} を加えてください。`,
  },
  POLICY_UNKNOWN: {
    text: (a) => `ポリシー ${a.name} はありません`,
    hint: (a) => `次のいずれかを使ってください: ${a.known.join('、')}`,
  },
  POLICY_VALUE: {
    text: (a) => `ポリシー ${a.name} に ${a.value} は指定できません`,
    hint: (a) => `${a.values} を使ってください。`,
  },
};

function named(what: string): string {
  return (
    { container: 'コンテナ', 'the container': 'コンテナ', 'the init container': 'init コンテナ', volume: 'ボリューム' }[
      what
    ] ?? what
  );
}
