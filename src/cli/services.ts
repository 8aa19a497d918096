import type { Diagnostic, DiagnosticSink } from '../core/diagnostic.ts';
import type { Host } from '../core/host.ts';
import type { SourceFile } from '../core/source.ts';
import type { SessionDiff, TemplateDiff } from '../diff/types.ts';
import { type DiffOptions, diffSession } from '../pipeline/diff.ts';
import { diffTemplate, type TemplateDiffOptions } from '../pipeline/diff-template.ts';
import { explainRules, type RulesExplanation } from '../pipeline/explain-rules.ts';
import { type Duplicates, findDuplicateJobs } from '../pipeline/find-duplicates.ts';
import { type Inspection, inspectProject } from '../pipeline/inspect.ts';
import { lintOutput } from '../pipeline/lint.ts';
import { type RuleTest, testRules } from '../pipeline/rule-tests/test-rules.ts';
import { convert } from '../pipeline/run.ts';
import type { Conversion, ConvertOptions } from '../pipeline/types.ts';
import { type VerifyOptions, verifyOutput } from '../pipeline/verify.ts';
import type { Verification } from '../verify/proof.ts';

/** What the commands ask of the pipeline. */
export interface Services {
  convert(host: Host, options: ConvertOptions): Promise<Conversion>;
  dedup(host: Host, options: ConvertOptions): Promise<Duplicates>;
  inspect(host: Host, sink: DiagnosticSink, afresh?: boolean): Inspection;
  lint(out: Host): readonly Diagnostic[];
  /** Runs the examples of every rule. */
  testRules(files: readonly SourceFile[]): Promise<RuleTest>;
  explainRules(host: Host, options: ConvertOptions, where: string): Promise<RulesExplanation>;
  diff(legacy: Host, out: Host, options: DiffOptions, sink: DiagnosticSink): Promise<SessionDiff | undefined>;
  diffTemplate(
    legacy: Host,
    out: Host,
    options: TemplateDiffOptions,
    sink: DiagnosticSink,
  ): Promise<TemplateDiff | undefined>;
  /** Undefined, and diagnostics, where the configuration is broken. */
  verify(legacy: Host, out: Host, options: VerifyOptions, sink: DiagnosticSink): Promise<Verification | undefined>;
}

export const services: Services = {
  testRules,
  explainRules,
  convert,
  dedup: findDuplicateJobs,
  inspect: inspectProject,
  lint: lintOutput,
  verify: verifyOutput,
  diff: diffSession,
  diffTemplate,
};
