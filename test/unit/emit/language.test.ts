import { describe, expect, test } from 'vitest';
import { majorityLanguage } from '../../../src/emit/language.ts';

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
