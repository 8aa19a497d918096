import { describe, expect, test } from 'vitest';
import { majorityLanguage } from '../../../src/emit/language.ts';
import { reasonInJapanese } from '../../../src/emit/reasons-japanese.ts';

describe('majorityLanguage', () => {
  test.each([
    ['nothing to read', [], 'en'],
    ['no comments', ['+a:\n  sh>: 売上.sh\n'], 'en'],
    ['English', ['# load\n# then report\n', '# 売上\n'], 'en'],
    ['Japanese', ['# load\n', '  # 売上を集計する\n+a:\n# カナ\n'], 'ja'],
    ['as many of each', ['# load\n# 売上\n'], 'en'],
    ['first lines of scripts and rulers are no comments', ['#!/bin/bash\n# ----\n# 集計\n'], 'ja'],
  ] as const)('%s', (_, texts, want) => {
    expect(majorityLanguage(texts)).toBe(want);
  });
});

describe('reasonInJapanese', () => {
  test.each([
    [
      'only /lifecycle/done was in it, which told cloudsql-proxy to end',
      'cloudsql-proxy に終了を伝えるファイル /lifecycle/done だけが置かれていました',
    ],
    [
      'its stop (admin port) is gone: Argo stops envoy (envoyproxy/envoy:v1.24.1) when the main container ends',
      '停止の仕組み（admin port）は不要になりました。main コンテナが終わると Argo が envoy（envoyproxy/envoy:v1.24.1）を停止します',
    ],
    ['waits for completion, at most 3600 s', '完了を最大 3600 秒まで待つ'],
    ['a reason of a rule of their own', 'a reason of a rule of their own'],
  ])('%s', (reason, want) => {
    expect(reasonInJapanese(reason)).toBe(want);
  });
});
