import type { DigDiagnostics } from './diagnostics/dig.ts';
import type { ExprDiagnostics } from './diagnostics/expr.ts';
import type { FlowDiagnostics } from './diagnostics/flow.ts';
import type { JinjaDiagnostics } from './diagnostics/jinja.ts';
import type { LauncherDiagnostics } from './diagnostics/launcher.ts';
import type { LintDiagnostics } from './diagnostics/lint.ts';
import type { MergeDiagnostics } from './diagnostics/merge.ts';
import type { OutputDiagnostics } from './diagnostics/output.ts';
import type { PodDiagnostics } from './diagnostics/pod.ts';
import type { ProjectDiagnostics } from './diagnostics/project.ts';
import type { ReportDiagnostics } from './diagnostics/report.ts';
import type { RuleDiagnostics } from './diagnostics/rule.ts';
import type { VerifyDiagnostics } from './diagnostics/verify.ts';
import type { YamlDiagnostics } from './diagnostics/yaml.ts';
import type { SourceSpan } from './source.ts';

export type Severity = 'error' | 'warning' | 'info';

/** Code → its arguments. The text lives beside the code, in `diagnostics/<area>.ts`. */
export interface DiagnosticArgs
  extends ProjectDiagnostics,
    YamlDiagnostics,
    DigDiagnostics,
    ExprDiagnostics,
    JinjaDiagnostics,
    LauncherDiagnostics,
    RuleDiagnostics,
    PodDiagnostics,
    FlowDiagnostics,
    MergeDiagnostics,
    LintDiagnostics,
    VerifyDiagnostics,
    OutputDiagnostics,
    ReportDiagnostics {}

export type DiagnosticCode = keyof DiagnosticArgs;

/** A second place the finding speaks of, such as "first defined here". */
export interface RelatedSpan {
  readonly span: SourceSpan;
  readonly note: string;
}

interface DiagnosticOf<C extends DiagnosticCode> {
  readonly code: C;
  readonly severity: Severity;
  readonly args: DiagnosticArgs[C];
  /** Absent only for findings about the whole project. */
  readonly span?: SourceSpan;
  /** What to do, in the imperative. */
  readonly hint?: string;
  readonly related?: readonly RelatedSpan[];
  /** Id of the rule that made the finding. */
  readonly rule?: string;
  /** Where in the output the thing stands that it speaks of: `path#/json/pointer`. */
  readonly output?: string;
  /** Job and environment the finding belongs to, where it belongs to one. */
  readonly job?: string;
  readonly environment?: string;
}

/** Distributes over the codes, so that `switch (d.code)` narrows `d.args`. */
export type Diagnostic = { [C in DiagnosticCode]: DiagnosticOf<C> }[DiagnosticCode];

export interface DiagnosticSink {
  add(diagnostic: Diagnostic): void;
}

/** The table form of one area: what a code says, how severe it is, and what the reader should do. */
export type MessageTable<Args> = {
  readonly [C in keyof Args]: {
    readonly severity: Severity;
    readonly text: (args: Args[C]) => string;
    readonly hint?: (args: Args[C]) => string;
  };
};
