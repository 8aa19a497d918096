import type { SessionExpr, SessionInstant, SessionNumber, SessionTest } from '../ir/session-expr.ts';
import type { Provenance, TextPart, Value } from '../ir/value.ts';

/** What is known of a JavaScript value without running it. */
export type Known =
  | { readonly kind: 'constant'; readonly value: undefined | null | boolean | number }
  | { readonly kind: 'text'; readonly parts: readonly TextPart[] }
  /** A list or map parameter. */
  | { readonly kind: 'data'; readonly value: Value }
  /** An array made in the expression. */
  | { readonly kind: 'array'; readonly items: readonly Known[] }
  | { readonly kind: 'instant'; readonly moment: KnownMoment }
  /** A `Date` object. */
  | { readonly kind: 'date'; readonly at: SessionInstant }
  | { readonly kind: 'number'; readonly of: SessionNumber }
  | { readonly kind: 'test'; readonly of: SessionTest }
  /** A choice between values that are not all texts: what it prints is known, but nothing can be computed with it. */
  | { readonly kind: 'printed'; readonly of: SessionExpr }
  /** A function or object of the language or of moment: `moment`, `Math`, `parseInt`. */
  | { readonly kind: 'library'; readonly name: string };

export interface KnownMoment {
  readonly at: SessionInstant;
  /** True after `moment.utc(…)` and `.utc()`. */
  readonly utc: boolean;
  /**
   * True for midnight in UTC of a date that is the local one (`moment.utc(session_date)`): `at` is local midnight then,
   * and only what concerns the date alone is the same for both.
   */
  readonly floating: boolean;
}

/** Why an expression could not be read. Caught where an expression is read as a whole. */
export class Unreadable extends Error {}

/** The reason of all that asks for the time of evaluation. */
export const readsClock = 'it reads the clock';

export function refuse(reason: string): never {
  throw new Unreadable(reason);
}

export function constant(value: undefined | null | boolean | number): Known {
  return { kind: 'constant', value };
}

export function literal(text: string, from: Provenance): Known {
  return { kind: 'text', parts: text === '' ? [] : [{ kind: 'literal', text, from }] };
}

export function sessionText(ast: SessionExpr, from: Provenance, name?: string): Known {
  if (ast.kind === 'text') return literal(ast.text, from);
  return {
    kind: 'text',
    parts: [{ kind: 'runtime', expr: { kind: 'session', ast }, from, ...(name === undefined ? {} : { name }) }],
  };
}

export function sessionNumber(of: SessionNumber): Known {
  return of.kind === 'number' ? constant(of.value) : { kind: 'number', of };
}

export function sessionTest(of: SessionTest): Known {
  return of.kind === 'constant' ? constant(of.value) : { kind: 'test', of };
}

export function instant(at: SessionInstant, utc = false, floating = false): Known {
  return { kind: 'instant', moment: { at, utc, floating } };
}

/** The text of a value that is a text and the same in every session. */
export function staticString(known: Known | undefined): string | undefined {
  if (known?.kind !== 'text') return undefined;
  let text = '';
  for (const part of known.parts) {
    if (part.kind === 'runtime') return undefined;
    text += part.text;
  }
  return text;
}

/** A JavaScript primitive where the value is one and the same in every session; undefined otherwise. */
export function primitive(known: Known): { readonly value: undefined | null | boolean | number | string } | undefined {
  if (known.kind === 'constant') return { value: known.value };
  const text = staticString(known);
  return text === undefined ? undefined : { value: text };
}

export function fromPrimitive(value: unknown, from: Provenance): Known {
  if (typeof value === 'string') return literal(value, from);
  if (value === undefined || value === null || typeof value === 'boolean' || typeof value === 'number')
    return constant(value);
  if (Array.isArray(value)) return { kind: 'array', items: value.map((item) => fromPrimitive(item, from)) };
  return refuse('its result is no text, number or list');
}
