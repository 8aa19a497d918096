import { diagnose } from '../../../core/diagnose.ts';
import type { DiagnosticArgs, DiagnosticCode, DiagnosticSink } from '../../../core/diagnostic.ts';
import type { SourceSpan } from '../../../core/source.ts';
import { byRule } from '../../../ir/build-value.ts';
import type { LauncherWait, Retry, Schedule, TaskId } from '../../../ir/graph.ts';
import { spanOf } from '../../../ir/read-value.ts';
import type { Provenance, Value } from '../../../ir/value.ts';
import type { RuleSet } from '../../rule-set.ts';
import type { AcceptedDifference } from '../../types.ts';
import type { Policies } from './policies.ts';
import type { SecretBook } from './secret-book.ts';

/** The rules that the conversion of pods reads. */
export interface PodRules {
  readonly byKind: Pick<RuleSet['byKind'], 'clock' | 'sidecar' | 'image' | 'policy'>;
}

/** What the legacy step around a Job adds to its manifest. */
export interface PodInput {
  /** The step's own `_retry`. */
  readonly retry?: Retry | undefined;
  readonly wait: LauncherWait;
  readonly task: TaskId;
  /** Zone of the workflow's session times. */
  readonly timezone: string;
  /** Where known, clocks are read at the fire of the session, not at its session time. */
  readonly schedule?: Schedule | undefined;
  /** Absent: what is emitted must be valid for 3.6, 3.7 and 4. */
  readonly argoVersion?: '3.6' | '3.7' | '4' | undefined;
  readonly policies?: Policies | undefined;
  /** TZ of the worker on which launchers ran; UTC where it is not known. */
  readonly workerZone?: string | undefined;
  /** Secrets in plain text that the workflow's pods held. */
  readonly secrets: SecretBook;
  /** Fields that Argo has for the whole workflow only, on which its pods do not agree. */
  readonly disputed?: ReadonlySet<string> | undefined;
  /** What the launcher applied beside the Job. */
  readonly objects?: readonly Value[] | undefined;
  readonly sink: DiagnosticSink;
  readonly rules: PodRules;
  /** Id of the rule that took the step. */
  readonly rule: string;
}

/** What the parts of one conversion share: the input, and what they find on the way. */
export class PodContext {
  readonly input: PodInput;
  readonly accepted: AcceptedDifference[] = [];
  readonly readsClock: SourceSpan[] = [];
  readonly #fallback: Provenance;

  constructor(input: PodInput, manifest: Value) {
    this.input = input;
    this.#fallback = manifest.from;
  }

  /** Adds a diagnostic at the place a value came from, or else at the manifest's. */
  report<C extends DiagnosticCode>(
    code: C,
    args: DiagnosticArgs[C],
    at?: { readonly from: Provenance } | undefined,
    rule?: string,
  ): void {
    this.input.sink.add(diagnose(code, args, { span: this.span(at), rule: rule ?? this.input.rule }));
  }

  accept(path: string, rule: string, reason: string): void {
    this.accepted.push({ path, rule, reason });
  }

  /** A look at the clock that stays: the job cannot be run for a past session. */
  readsClockAt(at: { readonly from: Provenance }): void {
    const span = this.span(at);
    if (span !== undefined) this.readsClock.push(span);
  }

  span(at?: { readonly from: Provenance } | undefined): SourceSpan | undefined {
    return (at === undefined ? undefined : spanOf(at.from)) ?? spanOf(this.#fallback);
  }

  /** Provenance of what the conversion itself writes. */
  made(...from: readonly { readonly from: Provenance }[]): Provenance {
    return byRule(this.input.rule, from.length === 0 ? [this.#fallback] : from.map((value) => value.from));
  }
}
