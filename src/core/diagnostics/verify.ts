import type { MessageTable } from '../diagnostic.ts';

export type VerifyDiagnostics = {};

export const verifyMessages: MessageTable<VerifyDiagnostics> = {};
