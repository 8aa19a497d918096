import type { MessageTable } from '../diagnostic.ts';

export type JinjaDiagnostics = {};

export const jinjaMessages: MessageTable<JinjaDiagnostics> = {};
