import type { MessageTable } from '../diagnostic.ts';

export interface ExprDiagnostics {
  EXPR_NOT_TRANSLATED: { readonly expression: string; readonly reason: string };
  EXPR_ZONE_DIFFERS: { readonly zone: string };
}

export const exprMessages: MessageTable<ExprDiagnostics> = {
  EXPR_NOT_TRANSLATED: {
    severity: 'error',
    text: (a) => `\${${a.expression}} has no exact equivalent: ${a.reason}`,
    hint: () =>
      'rewrite it with moment(session_time) and the session parameters, or give its value as a parameter of the workflow',
  },
  EXPR_ZONE_DIFFERS: {
    severity: 'warning',
    text: (a) =>
      `on Java 11 and later, Digdag computes moment and Date in ${a.zone} with the offset this zone had in 1970; the conversion computes with the right one`,
    hint: () => 'compare one real run of each workflow in this zone with the converted one',
  },
};
