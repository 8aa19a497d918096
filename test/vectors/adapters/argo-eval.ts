import { evaluateTemplate } from '../../../src/argo-expr/template.ts';
import { compare, type VectorAdapter } from '../adapter.ts';

export const adapter: VectorAdapter = {
  check(vector) {
    const { template, params, allowUnresolved, expect } = vector as {
      template: string;
      params: Record<string, string>;
      allowUnresolved?: boolean;
      expect: { result?: string; error?: string };
    };
    const got = evaluateTemplate(template, new Map(Object.entries(params)), {
      allowUnresolved: allowUnresolved === true,
    });
    if (got.kind === 'refused') return { kind: 'skipped', reason: got.why };
    return compare(
      expect.error === undefined ? { text: expect.result } : 'error',
      got.kind === 'text' ? { text: got.text } : 'error',
    );
  },
};
