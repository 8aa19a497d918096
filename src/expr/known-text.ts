import { assertNever } from '../core/assert-never.ts';
import { digitsOf } from '../ir/format-width.ts';
import type { FormatPart, SessionExpr, SessionInstant, SessionNumber, SessionTest } from '../ir/session-expr.ts';
import type { Provenance, TextPart, Value } from '../ir/value.ts';
import { type Known, literal, refuse, sessionText, staticString } from './known.ts';
import { millisecondPattern } from './session-built-ins.ts';

/** What `${…}` puts into the string for a value. */
export function insertedParts(known: Known, from: Provenance): readonly TextPart[] {
  if (known.kind === 'constant') {
    if (known.value === undefined || known.value === null) return [];
    return partsOf(literal(JSON.stringify(known.value), from));
  }
  if (known.kind === 'printed') return partsOf(sessionText(known.of, from));
  return known.kind === 'text' ? known.parts : jsonParts(known, from);
}

/** What JavaScript's `String(value)` gives, for the operand of a concatenation. */
export function stringParts(known: Known, from: Provenance): readonly TextPart[] {
  switch (known.kind) {
    case 'constant':
      return partsOf(literal(String(known.value), from));
    case 'text':
      return known.parts;
    case 'number':
    case 'test':
      return jsonParts(known, from);
    case 'array':
      return known.items.flatMap((item, i) => [
        ...(i > 0 ? partsOf(literal(',', from)) : []),
        ...(item.kind === 'constant' && (item.value === null || item.value === undefined)
          ? []
          : stringParts(item, from)),
      ]);
    case 'instant':
      return jsonParts({ kind: 'number', of: toNumber(known) }, from);
    default:
      return refuse('an object is used as a text');
  }
}

/** `JSON.stringify`. A text known only at run time may stand in it where nothing in it can need escaping. */
export function jsonParts(known: Known, from: Provenance): readonly TextPart[] {
  const around = (inner: readonly TextPart[], open: string, close: string): readonly TextPart[] => [
    ...partsOf(literal(open, from)),
    ...inner,
    ...partsOf(literal(close, from)),
  ];
  switch (known.kind) {
    case 'constant':
      return partsOf(literal(known.value === undefined ? 'null' : JSON.stringify(known.value), from));
    case 'text': {
      const fixed = staticString(known);
      if (fixed !== undefined) return partsOf(literal(JSON.stringify(fixed), from));
      return around(known.parts.map(escaped), '"', '"');
    }
    case 'data':
      return valueJson(known.value, from);
    case 'array':
      return around(
        known.items.flatMap((item, i) => [...(i > 0 ? partsOf(literal(',', from)) : []), ...jsonParts(item, from)]),
        '[',
        ']',
      );
    case 'instant':
      if (known.moment.floating) return refuse('a UTC midnight of a local date');
      return around(partsOf(isoText(known.moment.at, from)), '"', '"');
    case 'date':
      return around(partsOf(isoText(known.at, from)), '"', '"');
    case 'number':
      return partsOf(sessionText({ kind: 'number-text', of: known.of }, from));
    case 'test':
      return partsOf(sessionText({ kind: 'test-text', of: known.of }, from));
    case 'printed':
      return refuse('it computes with a choice of numbers');
    case 'library':
      return refuse(`${known.name} itself is no text`);
    default:
      return assertNever(known);
  }
}

function valueJson(value: Value, from: Provenance): readonly TextPart[] {
  const comma = partsOf(literal(',', from));
  switch (value.kind) {
    case 'text':
      return jsonParts({ kind: 'text', parts: value.parts }, value.from);
    case 'scalar':
      return partsOf(literal(value.value === null ? 'null' : String(value.value), value.from));
    case 'list':
      return [
        ...partsOf(literal('[', from)),
        ...value.items.flatMap((item, i) => [...(i > 0 ? comma : []), ...valueJson(item, from)]),
        ...partsOf(literal(']', from)),
      ];
    case 'map':
      return [
        ...partsOf(literal('{', from)),
        ...[...value.entries].flatMap(([key, entry], i) => [
          ...partsOf(literal(`${i > 0 ? ',' : ''}${JSON.stringify(key)}:`, from)),
          ...valueJson(entry, from),
        ]),
        ...partsOf(literal('}', from)),
      ];
    default:
      return assertNever(value);
  }
}

function escaped(part: TextPart): TextPart {
  if (part.kind !== 'runtime') return { ...part, text: JSON.stringify(part.text).slice(1, -1) };
  return part.expr.kind === 'session' ? part : refuse('a text of run time stands inside JSON');
}

function isoText(at: SessionInstant, from: Provenance): Known {
  return sessionText({ kind: 'format', at: { kind: 'zone', of: at, zone: 'UTC' }, pattern: millisecondPattern }, from);
}

/** A value as text arithmetic on the session alone; refused where other run-time values are in it. */
export function toSessionExpr(known: Known, from: Provenance): SessionExpr {
  const parts = stringParts(known, from).map((part): SessionExpr => {
    if (part.kind !== 'runtime') return { kind: 'text', text: part.text };
    return part.expr.kind === 'session' ? part.expr.ast : refuse(runtimeReason(part.expr.kind));
  });
  const [only, ...others] = parts;
  if (only === undefined) return { kind: 'text', text: '' };
  return others.length === 0 ? only : { kind: 'concat', parts };
}

function runtimeReason(kind: string): string {
  switch (kind) {
    case 'item':
      return 'it computes with a loop variable';
    case 'output':
      return 'it computes with a value stored by another task';
    case 'error-message':
      return 'it computes with an error message';
    default:
      return 'it computes with a value that is not understood';
  }
}

/** A value as a number; a session text counts where it is made of digits alone. */
export function toNumber(known: Known): SessionNumber {
  switch (known.kind) {
    case 'constant':
      return { kind: 'number', value: Number(known.value) };
    case 'number':
      return known.of;
    case 'instant':
      if (known.moment.floating) return refuse('a UTC midnight of a local date');
      return { kind: 'unix', at: known.moment.at, unit: 'millisecond' };
    case 'date':
      return { kind: 'unix', at: known.at, unit: 'millisecond' };
    case 'text': {
      const fixed = staticString(known);
      if (fixed !== undefined) return { kind: 'number', value: Number(fixed) };
      const [part, ...others] = known.parts;
      if (others.length > 0 || part?.kind !== 'runtime' || part.expr.kind !== 'session')
        return refuse('it computes with a text of run time');
      return numberOfText(part.expr.ast);
    }
    default:
      return refuse('it computes with something that is no number');
  }
}

function numberOfText(ast: SessionExpr): SessionNumber {
  if (ast.kind === 'number-text') return ast.of;
  if (ast.kind !== 'format') return refuse('it computes with a text that is not made of digits alone');
  let value: SessionNumber | undefined;
  for (const part of ast.pattern) {
    const field = fieldOfToken(ast.at, part, ast.pattern.length === 1);
    const width = digitsOf(part) ?? 0;
    value =
      value === undefined
        ? field
        : {
            kind: 'arithmetic',
            op: '+',
            left: { kind: 'arithmetic', op: '*', left: value, right: { kind: 'number', value: 10 ** width } },
            right: field,
          };
  }
  return value ?? refuse('it computes with an empty text');
}

function fieldOfToken(at: SessionInstant, part: FormatPart, alone: boolean): SessionNumber {
  if (part.kind === 'literal' || (!alone && digitsOf(part) === undefined))
    return refuse('it computes with a text that is not made of digits alone');
  const field = (
    {
      YYYY: 'year',
      M: 'month',
      MM: 'month',
      D: 'date',
      DD: 'date',
      H: 'hour',
      HH: 'hour',
      m: 'minute',
      mm: 'minute',
      s: 'second',
      ss: 'second',
      DDD: 'dayOfYear',
      DDDD: 'dayOfYear',
      W: 'isoWeek',
      WW: 'isoWeek',
      GGGG: 'isoWeekYear',
      Q: 'quarter',
      d: 'day',
      e: 'day',
      E: 'isoWeekday',
    } as const
  )[part.token];
  if (part.token === 'X' || part.token === 'x')
    return { kind: 'unix', at, unit: part.token === 'X' ? 'second' : 'millisecond' };
  if (field === undefined) return refuse(`the number of a text in the format ${part.token}`);
  const number: SessionNumber = { kind: 'field', at, field };
  return field === 'month'
    ? { kind: 'arithmetic', op: '+', left: number, right: { kind: 'number', value: 1 } }
    : number;
}

/** The condition JavaScript makes of a value. */
export function toTest(known: Known): SessionTest {
  switch (known.kind) {
    case 'constant':
      return { kind: 'constant', value: Boolean(known.value) };
    case 'test':
      return known.of;
    case 'number':
      return {
        kind: 'compare',
        op: '!=',
        left: { kind: 'number-text', of: known.of },
        right: { kind: 'number-text', of: { kind: 'number', value: 0 } },
      };
    case 'text':
      if (
        known.parts.some(
          (part) => part.kind !== 'runtime' || (part.expr.kind === 'session' && neverEmpty(part.expr.ast)),
        )
      )
        return { kind: 'constant', value: true };
      return known.parts.length === 0
        ? { kind: 'constant', value: false }
        : refuse('it asks whether a text of run time is empty');
    case 'printed':
      return refuse('it computes with a choice of numbers');
    default:
      return { kind: 'constant', value: true };
  }
}

function neverEmpty(ast: SessionExpr): boolean {
  return ast.kind === 'format' || ast.kind === 'number-text' || ast.kind === 'test-text';
}

function partsOf(known: Known): readonly TextPart[] {
  return known.kind === 'text' ? known.parts : [];
}
