import { sortDiagnostics } from '../core/diagnose.ts';
import type { Diagnostic, Severity } from '../core/diagnostic.ts';
import type { SourceFile } from '../core/source.ts';
import { findingOf } from '../report/finding.ts';
import { type Finding, groupFindings } from '../report/reporters/group-findings.ts';
import { textFindings } from '../report/reporters/text.ts';
import type { ExitCode } from './exit-code.ts';
import type { Services } from './services.ts';
import type { Terminal } from './terminal.ts';

/** What each command is given. */
export interface CliContext {
  readonly terminal: Terminal;
  readonly services: Services;
  /** Only errors are printed besides data that was asked for. */
  readonly quiet: () => boolean;
  /** Says how the call ends; each command calls it once. */
  readonly finish: (code: ExitCode) => void;
}

const SHOWN_WARNINGS = 20;

export interface PrintOptions {
  readonly source?: (path: string) => SourceFile | undefined;
  /** Notes are printed where they decide the exit code. */
  readonly failOn?: Severity;
}

/** Prints findings to stderr: all errors, the first warnings, and how many there are besides. */
export function printDiagnostics(
  context: CliContext,
  diagnostics: readonly Diagnostic[],
  { source = () => undefined, failOn = 'error' }: PrintOptions = {},
): void {
  const { terminal } = context;
  const findings = groupFindings(sortDiagnostics(diagnostics).map(findingOf));
  const ofSeverity = (severity: Severity): readonly Finding[] =>
    findings.filter((each) => each.diagnostic.severity === severity);
  const [errors, warnings, notes] = [ofSeverity('error'), ofSeverity('warning'), ofSeverity('info')];
  const firstWarnings = warnings.slice(0, failOn === 'error' ? SHOWN_WARNINGS : warnings.length);
  const shownNotes = failOn === 'info' ? notes : [];
  const shown = context.quiet() ? errors : [...errors, ...firstWarnings, ...shownNotes];
  if (shown.length > 0) terminal.err(`${textFindings(shown, source, { color: terminal.colorErr })}\n`);
  const hidden = [
    ...counted(warnings.length - firstWarnings.length, 'more warning'),
    ...counted(notes.length - shownNotes.length, 'note'),
  ];
  if (hidden.length > 0) say(context, `Not shown here: ${hidden.join(' and ')}.\n\n`);
}

function counted(count: number, what: string): readonly string[] {
  return count === 0 ? [] : [`${count} ${what}${count === 1 ? '' : 's'}`];
}

/** A call that cannot go on: what is wrong, and exit code 2. */
export function refuse(context: CliContext, diagnostics: readonly Diagnostic[], options: PrintOptions = {}): ExitCode {
  printDiagnostics(context, diagnostics, options);
  return 2;
}

/** Progress and advice: stderr, and nothing with --quiet. */
export function say(context: CliContext, text: string): void {
  if (!context.quiet()) context.terminal.err(text);
}
