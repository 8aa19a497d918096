import type {
  Diagnostic,
  DiagnosticArgs,
  DiagnosticCode,
  DiagnosticSink,
  RelatedSpan,
  Severity,
} from './diagnostic.ts';
import { messageOf, messages } from './messages.ts';
import { compareText } from './order.ts';
import { compareSpans, type SourceSpan } from './source.ts';

export interface DiagnosticDetails {
  readonly span?: SourceSpan | undefined;
  readonly hint?: string | undefined;
  readonly related?: readonly RelatedSpan[] | undefined;
  readonly rule?: string | undefined;
  readonly job?: string | undefined;
  readonly environment?: string | undefined;
}

/** Makes a diagnostic; severity and, unless given, the hint come from the message table. */
export function diagnose<C extends DiagnosticCode>(
  code: C,
  args: DiagnosticArgs[C],
  details: DiagnosticDetails = {},
): Diagnostic {
  const message = messages[code];
  const hint = details.hint ?? message.hint?.(args);
  const present = Object.fromEntries(Object.entries({ ...details, hint }).filter(([, value]) => value !== undefined));
  // The mapped union cannot be followed through a generic parameter; code and args belong together by this function's signature.
  return { code, severity: message.severity, args, ...present } as Diagnostic;
}

/** A sink that keeps what it is given. */
export class DiagnosticList implements DiagnosticSink {
  readonly #items: Diagnostic[] = [];

  add(diagnostic: Diagnostic): void {
    this.#items.push(diagnostic);
  }

  /** In the order of the report: by position, then code, then text; equal findings once. */
  sorted(): readonly Diagnostic[] {
    return sortDiagnostics(this.#items);
  }

  get items(): readonly Diagnostic[] {
    return this.#items;
  }
}

export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const keyed = diagnostics.map((diagnostic) => ({ diagnostic, key: sortKey(diagnostic) }));
  keyed.sort((a, b) => compareSpans(a.diagnostic.span, b.diagnostic.span) || compareText(a.key, b.key));
  return keyed
    .filter(
      (entry, at) =>
        at === 0 ||
        entry.key !== keyed[at - 1]?.key ||
        compareSpans(entry.diagnostic.span, keyed[at - 1]?.diagnostic.span) !== 0,
    )
    .map((entry) => entry.diagnostic);
}

function sortKey(diagnostic: Diagnostic): string {
  return [
    diagnostic.code,
    diagnostic.job ?? '',
    diagnostic.environment ?? '',
    messageOf(diagnostic),
    diagnostic.hint ?? '',
  ].join('\u0000');
}

const ranks: Readonly<Record<Severity, number>> = { error: 2, warning: 1, info: 0 };

/** True where `severity` is at least as grave as `threshold`. */
export function reaches(severity: Severity, threshold: Severity): boolean {
  return ranks[severity] >= ranks[threshold];
}
