import type { MessageTable } from '../diagnostic.ts';

export type EmitDiagnostics = {};

export const emitMessages: MessageTable<EmitDiagnostics> = {};
