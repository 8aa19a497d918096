import type { MessageTable } from '../diagnostic.ts';

export type ExprDiagnostics = {};

export const exprMessages: MessageTable<ExprDiagnostics> = {};
