import type { FlowDiagnostics } from '../diagnostics/flow.ts';
import { inJapanese } from './phrase.ts';
import type { TranslationTable } from './translation.ts';

export const flowJapanese: TranslationTable<FlowDiagnostics> = {
  GRAPH_NOT_STATIC: {
    text: (a) => `${a.directive} の値が、変換時に分かる数値ではありません`,
    hint: () => '.dig ファイルに数値を書いてください。',
  },
  GRAPH_BAD_LOOP: {
    text: (a) => `${a.task} のループを読めません`,
    hint: () => '回数、リスト、範囲のいずれかと `_do` を書いてください。',
  },
  GRAPH_CALLEE_MISSING: {
    text: (a) => `呼び出し先のファイル ${a.path} がありません`,
    hint: () => 'ファイルを加えるか、呼び出しを削除してください。',
  },
  GRAPH_FILE_ELSEWHERE: {
    text: (a) => `${a.path} がないため、${a.found} を代わりに使います`,
    hint: () => 'プロジェクトの push 時にそのファイルがその場所にあることを確認してください。',
  },
  GRAPH_BAD_CALL: {
    text: (a) =>
      `${a.task} が呼び出す ${a.target} は、実行時にしか決まらないか、プロジェクトの外にあるか、自分自身を呼び出しています`,
    hint: () => 'プロジェクト内のファイルを指定してください。',
  },
  GRAPH_NESTED_EXPRESSION: {
    text: (a) =>
      `${a.task} のマッピングの中では、Digdag は ${a.name} を評価せず、書かれたままの文字列を入れます。変換後も同じです`,
    hint: (a) => `値を入れるつもりだったなら、${a.name} の式をマッピングの中に直接書いてください。`,
  },
  GRAPH_STORE_UNREAD: {
    text: (a) =>
      `${a.task} が保存する値は分かりません。export のない名前はこのタスクの値、それ以外は export の値とみなします`,
    hint: () => 'export した名前を上書きしないことを確認してください。',
  },
  FLOW_LOOP_HANDS_ON: {
    text: (a) =>
      `${a.task} の各回は、前の回が保存した値を読みます。実行時に決まるリストのループではその値を渡せず、どの回もループの前の値を読みます`,
    hint: () => '1 つのプログラムですべての回を実行するか、リストを .dig ファイルに書いてください。',
  },
  FLOW_UNKNOWN_NAME: {
    text: (a) =>
      `\`${a.expression}\` が参照する値はどこにも設定されていません。開始時に渡されない限り、Digdag ではこれが見える ${a.task} が失敗します。新しいステップは、この値なしで動きます`,
    hint: () => '不要なら削除し、開始時に渡していた値なら _export に書いてください。',
  },
  FLOW_UNTRANSLATED: {
    text: (a) => `\`${a.expression}\` を Argo 用に書けません: ${inJapanese(a.reason)}`,
    hint: () => 'プログラムの中でセッションの日付から計算するか、式を簡単にしてください。',
  },
  FLOW_UNSUPPORTED: {
    text: (a) => `${a.task} の ${a.construct} は変換されません`,
    hint: () => 'このステップを手作業で変換し、dig2argo.yaml でジョブに `manual: true` を付けてください。',
  },
  FLOW_MESSAGE_TAG: {
    text: (a) =>
      `${a.task} のメッセージに、Argo が自分のタグとして読む ${a.tag} があります。波括弧の間に空白を入れて送信します`,
    hint: () => '二重の波括弧を使わずにメッセージを書いてください。',
  },
  FLOW_NOTHING_TO_RUN: {
    text: () => 'このワークフローには実行するステップが残っていません',
    hint: () => '移行せずに残すか、ステップを手作業で変換してください。',
  },
  FLOW_NOT_BOOLEAN: {
    text: (a) =>
      `${a.task} の条件は Argo では判定できません。直前のステップで判定する必要があり、それを書くまでは失敗します`,
    hint: () => '名前が -decision で終わるステップを書くか、条件を比較の形に直してください。',
  },
  FLOW_DYNAMIC_LOOP: {
    text: (a) =>
      `${a.task} のループの対象は Argo では計算できません。直前のステップで計算する必要があり、それを書くまでは失敗します`,
    hint: () => 'リストを保存するステップを書くか、.dig ファイルにリストを書いてください。',
  },
  FLOW_LOOP_DEPTH: {
    text: (a) =>
      `${a.task} のループは要素ごとに自分自身を呼び出します。Argo では 95 個、Digdag では 1000 個を超えると失敗します`,
    hint: () => '順序が問題にならなければ、要素を並列に実行してください（`_parallel: true`）。',
  },
  FLOW_STORED_COMPARED: {
    text: () => '実行時の値を文字列として比較します。Digdag は true と文字列 "true" も区別します',
    hint: () => '先行するステップが文字列か数値を保存することを確認してください。',
  },
  FLOW_REQUIRE: {
    text: (a) =>
      a.rerun === 'all'
        ? `rerun_on: all に従い、${a.task} は ${a.workflow} を毎回このワークフローの中で実行します。Digdag は別のセッションを開始します`
        : `${a.workflow} は、同じセッションが 30 日以内に成功していなければ、このワークフローの中で実行されます${a.rerun === 'none' ? '。失敗したセッションは、Digdag では失敗になりますが、ここでは再度実行されます' : ''}`,
    hint: () => '毎回実行するには、`policies` で `require: each-time` を選んでください。',
  },
  FLOW_REQUIRE_UNKNOWN: {
    text: (a) =>
      `${a.task} の require> の相手 ${a.workflow}: ${inJapanese(a.why)}。代わりに、必ず失敗するステップを置きます`,
    hint: () => 'そのワークフローを起動するか待つステップを書いてください。',
  },
  FLOW_REQUIRED: {
    text: (a) =>
      `このワークフローは別のワークフローから require> されています。成功したセッションを再度実行するには、ConfigMap ${a.cache} からそのキーを削除する必要があります`,
  },
  FLOW_SLA: {
    text: (a) =>
      `sla のために、実行の間ずっと Pod を 1 つ使います${a.alert ? '。Digdag 自身のアラートを送る先はここにはありません' : ''}${a.fail ? '。ワークフローが失敗するのは、その時刻ではなく実行の終了時です' : ''}`,
    hint: () => '人に知らせるコマンドを、テンプレート sla に書いてください。',
  },
  FLOW_SLA_TASK: {
    text: (a) => `sla の ${a.task} は、sla の Pod で実行できるコマンドではありません`,
    hint: () => 'テンプレート sla にコマンドとして書いてください。',
  },
  FLOW_ERROR_MESSAGE: {
    text: (a) => `Argo は ${a.task} にエラーメッセージを渡しません。決まった文で代用します`,
    hint: () => '実行の失敗内容は、終了ハンドラーが送る通知に含まれます。',
  },
  STEP_OTHER_NAMESPACE: {
    text: (a) => `${a.task} の Pod は namespace ${a.namespace}、ワークフローは ${a.own} で動きます`,
    hint: () => '`namespaces` で両方を 1 つの namespace に対応させるか、ステップを独立したワークフローにしてください。',
  },
  STEP_OTHER_CLUSTER: {
    text: (a) => `${a.task} の Pod はクラスター ${a.cluster}、この環境のコントローラーは ${a.own} で動きます`,
    hint: () => '`clusters` でクラスターを指定するか、ステップをそのクラスターのワークフローにしてください。',
  },
  WORKER_IMAGE_UNKNOWN: {
    text: (a) => `${a.task} は Digdag のワーカーでコマンドを実行しますが、そのツールの入ったイメージがありません`,
    hint: () => 'dig2argo.yaml の `worker.image` でイメージを指定してください。',
  },
  SCHEDULE_SECONDS: { text: (a) => `${a.written} には秒の指定があります。Argo はその直前の分ちょうどに起動します` },
  SCHEDULE_UNSUPPORTED: {
    text: (a) => `スケジュール ${a.written} に当たるものが Argo にありません: ${inJapanese(a.reason)}`,
    hint: () => 'cron で表せるスケジュールに変えてください。',
  },
  SCHEDULE_DAY_AND_WEEKDAY: {
    text: (a) =>
      `${a.written} は日と曜日の両方を制限しています。Digdag は両方、cron はどちらか一方で起動するため、曜日は \`when\` で絞ります`,
  },
  SCHEDULE_LAST_DAY: {
    text: (a) =>
      `${a.written} の L（月末）は Argo にないため、28 日以降の毎日を対象とし、\`when\` で月末日だけに絞ります`,
  },
  SCHEDULE_TWICE: {
    text: (a) =>
      `${a.zone} の夏時間が終わる日（例: ${a.date}）は ${a.time} が 2 回あります。Argo は同じセッションで 2 回、Digdag は 1 回起動します`,
    hint: () =>
      '時刻をその 1 時間の外に移すか、その日は 1 回目の後に CronWorkflow を停止してください。それもできなければ、同じセッションを 2 回実行しても問題ないことを確認してください。',
  },
  SCHEDULE_DST: {
    text: (a) =>
      `${a.zone} には夏時間があります。Digdag は 0 時からの経過時間、Argo は時計の時刻で起動するため、切り替えの 2 日は起動が 1 時間ずれます`,
  },
  SCHEDULE_BEYOND_MIDNIGHT: {
    text: (a) => `${a.written} は、セッションの日が終わった後（翌日）に起動します。セッションは前日のままです`,
  },
  SCHEDULE_OPTION_LOST: {
    text: (a) => `スケジュールのオプション ${a.option} に当たるものが Argo にありません`,
    hint: () => 'その時刻に CronWorkflow を手動で停止または再開してください。',
  },
  SCHEDULE_COMMENTED_OUT: {
    text: (a) =>
      `スケジュール ${a.written} は ${a.environment} でコメントアウトされています。この環境の CronWorkflow は停止状態になります`,
  },
  SCHEDULE_MISSED_RUNS: {
    text: (a) =>
      `Digdag は停止中に抜けたセッションをすべて起動します。Argo が起動するのは多くても最後の 1 回で、${a.seconds} 秒以内に限ります`,
    hint: () => '抜けたセッションは、運用手順のとおり target_date を指定して手動で再実行してください。',
  },
};
