import { type ConfigMap, type ConfigValue, fromJson, isFloat, isList, isMap } from '../../../src/expr/config-value.ts';
import { Evaluator } from '../../../src/expr/evaluator.ts';
import { createSandbox } from '../../../src/sandbox/sandbox.ts';
import { compare, type VectorAdapter } from '../adapter.ts';

interface Expectation {
  readonly value?: unknown;
  readonly error?: { readonly message: string };
}

let evaluator: Promise<Evaluator> | undefined;

export const adapter: VectorAdapter = {
  async check(vector) {
    const { params, config, expect, expect_nashorn } = vector as {
      params: object;
      config: object;
      expect: Expectation;
      expect_nashorn?: Expectation;
    };
    // Where the two engines of Digdag differ, GraalJS has its time zone bug; but only GraalJS knows zones that are bare offsets (Nashorn takes them for GMT).
    const zone = (params as { timezone?: string }).timezone ?? 'UTC';
    const want = /^[+-]/.test(zone) ? expect : (expect_nashorn ?? expect);
    evaluator ??= createSandbox().then((sandbox) => new Evaluator(sandbox));
    const result = (await evaluator).evaluateMap(
      fromJson(config) as ConfigMap,
      fromJson({ ...params, timezone: zone }) as ConfigMap,
    );
    if (result.kind === 'value')
      return compare(want.error === undefined ? want.value : want.error.message, plain(result.value));
    return compare(comparable(want.error?.message ?? JSON.stringify(want.value)), comparable(result.message));
  },
};

/** What of an error's text is Digdag's own or an engine's common wording; the rest tells engines apart, not outcomes. */
function comparable(message: string): string {
  const [, head = message, kind = ''] =
    /^(Failed to evaluate a variable [\s\S]*? \()(ReferenceError: .*|TypeError: Cannot read .*|\w+Error: |[\s\S]*)/.exec(
      message,
    ) ?? [];
  return head + kind;
}

function plain(value: ConfigValue): unknown {
  if (isMap(value)) return Object.fromEntries([...value].map(([key, entry]) => [key, plain(entry)]));
  if (isList(value)) return value.map(plain);
  return isFloat(value) ? value.float : value;
}
