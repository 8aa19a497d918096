import type { MessageTable } from '../diagnostic.ts';

export type LintDiagnostics = {};

export const lintMessages: MessageTable<LintDiagnostics> = {};
