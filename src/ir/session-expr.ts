import type { RuntimeExpr } from './value.ts';

/** Arithmetic on the session time alone. It knows neither moment nor Argo: `expr/` reads it from `${…}`, `argo-expr/` writes it for Argo. */

export type CalendarUnit = 'year' | 'quarter' | 'month' | 'week' | 'isoWeek' | 'day' | 'hour' | 'minute' | 'second';

/** A point in time, in the workflow's zone unless `zone` says otherwise. */
export type SessionInstant =
  /** Digdag's `session_time`, `last_session_time`, `next_session_time`. */
  | { readonly kind: 'session'; readonly which: 'this' | 'last' | 'next' }
  /** Calendar shift as moment does it: months and years clamp to the month's last day. `amount` may be negative. */
  | { readonly kind: 'shift'; readonly of: SessionInstant; readonly amount: number; readonly unit: CalendarUnit }
  | { readonly kind: 'startOf' | 'endOf'; readonly of: SessionInstant; readonly unit: CalendarUnit }
  /** One field replaced (`.date(1)`, `.hour(3)`), as moment does it. */
  | {
      readonly kind: 'with';
      readonly of: SessionInstant;
      readonly unit: 'year' | 'month' | 'date' | 'day' | 'isoWeekday' | 'hour' | 'minute' | 'second';
      readonly value: number;
    }
  | { readonly kind: 'zone'; readonly of: SessionInstant; readonly zone: string };

/** The fields of a moment format, by moment's own token. */
export type FormatPart =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'token'; readonly token: string };

export type SessionNumber =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'unix'; readonly at: SessionInstant; readonly unit: 'second' | 'millisecond' }
  /** moment's getters: month 0 to 11, day 0 (Sunday) to 6. */
  | {
      readonly kind: 'field';
      readonly at: SessionInstant;
      readonly field:
        | 'year'
        | 'quarter'
        | 'month'
        | 'date'
        | 'dayOfYear'
        | 'day'
        | 'isoWeekday'
        | 'isoWeek'
        | 'isoWeekYear'
        | 'hour'
        | 'minute'
        | 'second';
    }
  | { readonly kind: 'diff'; readonly from: SessionInstant; readonly to: SessionInstant; readonly unit: CalendarUnit }
  | {
      readonly kind: 'arithmetic';
      readonly op: '+' | '-' | '*' | '/' | '%';
      readonly left: SessionNumber;
      readonly right: SessionNumber;
    };

export type SessionTest =
  | {
      readonly kind: 'compare';
      readonly op: '==' | '!=' | '<' | '<=' | '>' | '>=';
      readonly left: SessionExpr;
      readonly right: SessionExpr;
    }
  | { readonly kind: 'and' | 'or'; readonly left: SessionTest; readonly right: SessionTest }
  | { readonly kind: 'not'; readonly of: SessionTest }
  /** A loop variable or a stored value compared with a constant or another of them. */
  | {
      readonly kind: 'given';
      readonly op: '==' | '!=' | '<' | '<=' | '>' | '>=';
      readonly left: GivenOperand;
      readonly right: GivenOperand;
    }
  | { readonly kind: 'constant'; readonly value: boolean };

export type GivenOperand =
  | { readonly kind: 'run-time'; readonly of: Extract<RuntimeExpr, { kind: 'item' | 'output' }> }
  | { readonly kind: 'constant'; readonly value: string | number | boolean };

/** What an expression yields, as text unless its kind says otherwise. */
export type SessionExpr =
  | { readonly kind: 'format'; readonly at: SessionInstant; readonly pattern: readonly FormatPart[] }
  | { readonly kind: 'number-text'; readonly of: SessionNumber }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'concat'; readonly parts: readonly SessionExpr[] }
  | { readonly kind: 'choose'; readonly test: SessionTest; readonly then: SessionExpr; readonly otherwise: SessionExpr }
  | { readonly kind: 'slice'; readonly of: SessionExpr; readonly from: number; readonly to?: number }
  | {
      readonly kind: 'replace';
      readonly of: SessionExpr;
      readonly search: string;
      readonly by: string;
      readonly all: boolean;
    }
  /** `true` or `false`, as `if>` reads it. */
  | { readonly kind: 'test-text'; readonly of: SessionTest };
