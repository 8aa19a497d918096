import type { ToolName, Tools } from './tools.ts';

export interface Context {
  /** The repository's root. */
  readonly root: string;
  /** Holds `argo/*.jsonl`: recorded answers of the real programs. */
  readonly vectors: string;
  readonly tools: Tools;
}

export interface Result {
  readonly passed: number;
  readonly failed: number;
  /** What was looked at, in a few words. */
  readonly summary: string;
  /** One text per failure. */
  readonly details: readonly string[];
}

/** One comparison with real programs. To add one, write `checks/<name>.ts` and list it in `run.ts`. */
export interface Check {
  readonly name: string;
  /** Tools that it cannot do without. */
  readonly needs: readonly ToolName[];
  run(context: Context): Promise<Result>;
}

/** Counts cases. A check that looked at nothing has failed. */
export function tally(): {
  pass(): void;
  fail(detail: string): void;
  hasFailed(): boolean;
  result(summary: string): Result;
} {
  let passed = 0;
  const details: string[] = [];
  return {
    pass: () => {
      passed += 1;
    },
    fail: (detail) => {
      details.push(detail);
    },
    hasFailed: () => details.length > 0,
    result: (summary) => {
      if (passed === 0 && details.length === 0) details.push('nothing to look at');
      return { passed, failed: details.length, summary, details };
    },
  };
}
