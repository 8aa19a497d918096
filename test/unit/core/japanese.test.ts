import { describe, expect, test } from 'vitest';
import { DiagnosticList, diagnose } from '../../../src/core/diagnose.ts';
import type { Diagnostic, DiagnosticCode } from '../../../src/core/diagnostic.ts';
import { findingInJapanese, japaneseMessages } from '../../../src/core/japanese/messages.ts';
import { inJapanese, translated } from '../../../src/core/japanese/phrase.ts';
import { messageOf, messages } from '../../../src/core/messages.ts';
import { loadRules } from '../../../src/rules/load.ts';
import { diagnosticExamples } from '../../diagnostic-examples.ts';
import { packageRules } from '../../generated.ts';

/** A word that no name or command is, outside of code and of what is quoted. */
const english =
  /(?<![\w./-])(?:the|an|is|are|was|of|and|or|which|that|it|its|with|neither|not|has|by|cannot)(?![\w./-])/i;
const bare = (text: string): string => text.replaceAll(/`[^`]*`|「[^」]*」|"[^"]*"|\{[^}]*\}/g, '');
const codes = Object.keys(messages) as DiagnosticCode[];

function exampleOf<C extends DiagnosticCode>(code: C): Diagnostic {
  const args = diagnosticExamples[code];
  if (args === undefined) throw new Error(`${code} has no example`);
  return diagnose(code, args);
}

describe('the Japanese of findings', () => {
  test.each(codes)('%s is said in Japanese alone', (code) => {
    const finding = exampleOf(code);
    const { message, hint } = findingInJapanese({ ...finding, message: messageOf(finding) });
    for (const text of [message, ...(hint === undefined ? [] : [hint])]) {
      expect(text).toMatch(/[ぁ-んァ-ヶ一-龠]/);
      expect(bare(text)).not.toMatch(english);
    }
    expect(hint === undefined).toBe(finding.hint === undefined);
    // What to do is a sentence; what was found is none.
    if (hint !== undefined) expect(hint).toMatch(/。$|: /);
    expect(message).not.toMatch(/。$/);
  });

  test.each(codes)('%s says what to do in both languages or in neither', (code) => {
    expect(japaneseMessages[code].hint === undefined).toBe(messages[code].hint === undefined);
  });

  test('keeps a hint of its own', () => {
    const told = { code: 'YAML_TAB', args: {}, message: 'x', hint: 'set `reference` in dig2argo.yaml to one of a, b' };
    expect(findingInJapanese(told).hint).toBe('dig2argo.yaml の `reference` に a, b のいずれかを指定してください。');
    expect(findingInJapanese({ ...told, hint: 'ask the team' }).hint).toBe('「ask the team」');
  });

  test.each([
    ['a code of another version', { code: 'NEWER', args: {}, message: 'm', hint: 'h' }],
    ['arguments of another version', { code: 'OUT_ENVIRONMENTS', args: {}, message: 'm', hint: 'h' }],
  ])('%s stays as it is', (_, told) => {
    expect(findingInJapanese(told)).toEqual({ message: 'm', hint: 'h' });
  });

  test.each([
    ['template transfer: retryStrategy is missing', 'テンプレート transfer: retryStrategy がない'],
    ['schedules is 0 9 1 * * instead of 0 6 1 * *', 'schedules が 0 6 1 * * ではなく 0 9 1 * *'],
    [
      'template build: container.a is 2Gi instead of 8Gi, container.b is [x, y]',
      'テンプレート build: container.a が 8Gi ではなく 2Gi、container.b が [x, y]',
    ],
    ['template tasks, step exec-board: is missing', 'テンプレート tasks のステップ exec-board: なし'],
    ['template a, environment variable B: value has another value', 'テンプレート a の環境変数 B: value の値が異なる'],
  ])('the change of an environment: %s', (change, want) => {
    const finding = diagnose('ENVIRONMENT_DRIFT', { environment: 'dev', change });
    expect(findingInJapanese({ ...finding, message: '' }).message).toBe(`dev だけの差: ${want}`);
  });
});

describe('phrases', () => {
  test.each([
    ['connects to the cluster batch-prd', 'クラスター batch-prd に接続する'],
    [
      'its stop (admin port) is gone: Argo stops envoy (envoyproxy/envoy:v1.24.1) when the main container ends',
      '停止の仕組み（管理用ポート）は不要になりました。main コンテナが終わると Argo が envoy（envoyproxy/envoy:v1.24.1）を停止します',
    ],
    ['waits for completion, at most 3600 s', '完了を最大 3600 秒まで待つ'],
    [
      'missed sessions are not replayed; skip_on_overtime becomes concurrencyPolicy: Forbid',
      '抜けたセッションは自動では再実行されません。skip_on_overtime は concurrencyPolicy: Forbid になります',
    ],
  ])('%s', (text, want) => expect(translated(text)).toBe(want));

  test('of a rule of their own stay theirs, quoted in a sentence', () => {
    expect(translated('a reason of our own')).toBeUndefined();
    expect(inJapanese('a reason of our own')).toBe('「a reason of our own」');
    expect(inJapanese('report')).toBe('report');
  });
});

describe('every text of a rule of the package that reaches a reader', () => {
  const rules = loadRules(packageRules(), new DiagnosticList());
  const texts = [...rules.byId.values()].flatMap((rule): readonly string[] => {
    switch (rule.kind) {
      case 'policy':
        return [rule.decision.replace('{value}', 'x')];
      case 'launcher':
        return [
          ...Object.values(rule.unnecessary ?? {}),
          ...(rule.unsupported === undefined ? [] : [rule.unsupported]),
        ];
      case 'operator':
        return [...(rule.manual === undefined ? [] : [rule.manual]), ...Object.values(rule.unsupported ?? {})];
      case 'sidecar':
        return (rule.stops ?? []).flatMap(({ name }) => name);
      default:
        return [];
    }
  });
  test('are some', () => expect(texts.length).toBeGreaterThan(20));
  test.each([...new Set(texts)])('%s', (text) => expect(translated(text)).toMatch(/[ぁ-んァ-ヶ一-龠]/));
});
