import { evaluateWhen } from '../../../src/argo-expr/when.ts';
import { compare, type VectorAdapter } from '../adapter.ts';

export const adapter: VectorAdapter = {
  check(vector) {
    const { when, params, expect } = vector as {
      when: string;
      params: Record<string, string>;
      expect: { substituted?: string; result?: boolean; error?: unknown };
    };
    const got = evaluateWhen(when, new Map(Object.entries(params)));
    const want = expect.error === undefined ? expect.result : 'error';
    if (got.kind === 'refused') return { kind: 'failed', want: String(want), got: `refused: ${got.why}` };
    return compare([expect.substituted, want], [got.substituted, got.kind === 'decided' ? got.value : 'error']);
  },
};
