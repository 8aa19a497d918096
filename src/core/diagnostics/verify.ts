import type { MessageTable } from '../diagnostic.ts';

export type VerifyDiagnostics = Record<never, never>;

export const verifyMessages: MessageTable<VerifyDiagnostics> = {};
