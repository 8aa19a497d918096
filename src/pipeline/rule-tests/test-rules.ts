import { DiagnosticList } from '../../core/diagnose.ts';
import type { Diagnostic } from '../../core/diagnostic.ts';
import type { SourceFile } from '../../core/source.ts';
import { loadRules } from '../../rules/load.ts';
import { runRuleExamples } from './run-examples.ts';
import type { ExampleResult } from './types.ts';

export interface RuleTest {
  readonly results: readonly ExampleResult[];
  /** What is wrong with the rule files themselves. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Loads rule files, those of the user last, and runs their examples. */
export async function testRules(files: readonly SourceFile[]): Promise<RuleTest> {
  const sink = new DiagnosticList();
  const rules = loadRules(files, sink);
  return { results: await runRuleExamples(rules, files), diagnostics: sink.sorted() };
}
