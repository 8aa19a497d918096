import type { Diagnostic } from '../core/diagnostic.ts';
import { findingOf } from './finding.ts';
import type { Report } from './types.ts';

/** The report of a run that could not begin: a broken configuration. */
export function emptyReport(diagnostics: readonly Diagnostic[], version: string): Report {
  const none = { before: 0, after: 0, afterInBlockStyle: 0 };
  return {
    schemaVersion: 1,
    tool: { name: 'dig2argo', version },
    inputs: [],
    environments: [],
    jobs: { converted: 0, toConfirm: 0, needsWork: 0 },
    accounting: { consumed: 0, dropped: [], unaccounted: [] },
    lines: { all: none, reference: { ...none, environment: '' } },
    rules: { replaced: [], unused: [], unusedOfPackage: 0 },
    details: [],
    diagnostics: diagnostics.map(findingOf),
  };
}
