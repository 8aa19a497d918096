/** The reasons that this package gives for a difference, in Japanese. `$1`… stand for the groups. */
const reasons: readonly (readonly [RegExp, string])[] = [
  [/^only (.+) was in it, which told (.+) to end$/, '$2 に終了を伝えるファイル $1 だけが置かれていました'],
  [
    /^the Job's clock started with the Job, the pod's starts when its node takes it$/,
    'Job の制限時間は Job の作成から数えていましたが、Pod の制限時間はノードに割り当てられてから数えます',
  ],
  [/^the clock of the pod is replaced by the session$/, 'Pod の現在時刻の代わりにセッションを使います'],
  [
    /^the clock was all that needed a shell$/,
    'シェルは現在時刻を得るためだけのものだったので、プログラムを直接起動します',
  ],
  [
    /^text that looks like Argo's tags is read from the ConfigMap (.+)$/,
    'Argo のタグに見える文字列は ConfigMap $1 から読み込みます',
  ],
  [
    /^its stop \((.+)\) is gone: Argo stops (\S+) \((.+)\) when the main container ends$/,
    '停止の仕組み（$1）は不要になりました。main コンテナが終わると Argo が $2（$3）を停止します',
  ],
  [/^the commands that stopped a sidecar are cut out of the shell text$/, 'サイドカーを止めるコマンドを取り除きました'],
  [/^only the stop of the sidecar needed it$/, 'サイドカーを止めるためだけの設定でした'],
  [/^the entry point of (.+) is written out$/, 'イメージ $1 のエントリポイントを明示しました'],
  [/^(\S+) is a container of Argo's own$/, '$1 は Argo 自身のコンテナの名前です'],
  [/^waits for completion, at most (\d+) s$/, '完了を最大 $1 秒まで待つ'],
  [
    /^the step ends with its pod; only the limits of the manifest hold$/,
    'ステップは Pod と同時に終わり、制限時間はマニフェストのものだけが効きます',
  ],
  [/^not part of starting the Job$/, 'Job の起動には関係のない処理です'],
];

/** The reason in Japanese; that of a user's own rule stays as it was written. */
export function reasonInJapanese(reason: string): string {
  for (const [pattern, japanese] of reasons) if (pattern.test(reason)) return reason.replace(pattern, japanese);
  return reason;
}
