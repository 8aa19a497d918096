import type { SessionNumber } from '../ir/session-expr.ts';
import type { Provenance } from '../ir/value.ts';
import { foldFunction } from './fold.ts';
import { constant, instant, type Known, primitive, readsClock, refuse, sessionNumber, staticString } from './known.ts';
import { jsonParts, stringParts, toNumber, toSessionExpr } from './known-text.ts';
import { momentOfNumber, momentOfText } from './moment-input.ts';
import { callMoment } from './moment-methods.ts';

/** A call of a function of the language or of moment. */
export function callLibrary(name: string, args: readonly Known[], from: Provenance): Known {
  const [first, second] = args;
  switch (name) {
    case 'moment':
    case 'moment.utc':
      return makeMoment(first, second, args.length, name === 'moment.utc', from);
    case 'moment.unix':
      return first === undefined
        ? refuse('moment.unix without a time')
        : { kind: 'instant', moment: momentOfNumber(toNumber(first), 'second', false) };
    case 'JSON.stringify':
      if (args.length !== 1 || first === undefined) return refuse('JSON.stringify with more than a value');
      return first.kind === 'constant' && first.value === undefined
        ? constant(undefined)
        : { kind: 'text', parts: jsonParts(first, from) };
    case 'String':
      if (first !== undefined && primitive(first) === undefined)
        return { kind: 'text', parts: stringParts(first, from) };
      break;
    case 'Number':
    case 'parseInt':
    case 'parseFloat':
      if (name === 'parseInt' && first?.kind === 'number' && hasFraction(first.of))
        return refuse('parseInt of a number with a fraction');
      if (
        first !== undefined &&
        primitive(first) === undefined &&
        (second === undefined || primitive(second)?.value === 10)
      )
        return sessionNumber(toNumber(first));
      break;
    default:
  }
  return foldFunction(name, args, from) ?? refuse(`the function ${name}`);
}

function makeMoment(
  value: Known | undefined,
  format: Known | undefined,
  count: number,
  utc: boolean,
  from: Provenance,
): Known {
  if (value === undefined) return refuse(readsClock);
  if (count > 2) return refuse('a strict or localised reading of a date');
  if (value.kind === 'instant') {
    if (count > 1 || (value.moment.floating && !utc)) return refuse('a moment read anew');
    return utc ? callMoment(value.moment, 'utc', [], from) : value;
  }
  if (value.kind === 'date') return instant(utc ? { kind: 'zone', of: value.at, zone: 'UTC' } : value.at, utc);
  if (value.kind === 'number') return { kind: 'instant', moment: momentOfNumber(value.of, 'millisecond', utc) };
  if (primitive(value) !== undefined) return refuse('a date that is no time of the session');
  const pattern =
    format === undefined
      ? undefined
      : format.kind === 'library' && format.name === 'moment.ISO_8601'
        ? undefined
        : (staticString(format) ?? refuse('a date format that is not constant'));
  return { kind: 'instant', moment: momentOfText(toSessionExpr(value, from), pattern, utc) };
}

/** `new Date(…)` of a time of the session. */
export function makeDate(args: readonly Known[], from: Provenance): Known {
  const [first, ...others] = args;
  if (first === undefined) return refuse(readsClock);
  if (others.length > 0) return refuse('a date that is no time of the session');
  if (first.kind === 'date') return first;
  if (first.kind === 'instant' && !first.moment.floating) return { kind: 'date', at: first.moment.at };
  if (first.kind === 'number') return { kind: 'date', at: momentOfNumber(first.of, 'millisecond', false).at };
  const ast =
    first.kind === 'text' && staticString(first) === undefined
      ? toSessionExpr(first, from)
      : refuse('a date that is no time of the session');
  // Without an offset in the text, engines disagree on the zone.
  if (ast.kind !== 'format' || !ast.pattern.some((part) => part.kind === 'token' && part.token === 'Z'))
    return refuse('Date of a text without an offset');
  return { kind: 'date', at: momentOfText(ast, undefined, false).at };
}

export function callDate(
  date: Extract<Known, { kind: 'date' }>,
  name: string,
  args: readonly Known[],
  from: Provenance,
): Known {
  if (args.length > 0) return refuse(`the Date method ${name}`);
  const zoned = name.startsWith('getUTC') ? ({ kind: 'zone', of: date.at, zone: 'UTC' } as const) : date.at;
  const field = (
    {
      FullYear: 'year',
      Month: 'month',
      Date: 'date',
      Day: 'day',
      Hours: 'hour',
      Minutes: 'minute',
      Seconds: 'second',
    } as const
  )[name.replace(/^get(?:UTC)?/, '')];
  if (field !== undefined && name.startsWith('get')) return sessionNumber({ kind: 'field', at: zoned, field });
  if (name === 'getTime' || name === 'valueOf')
    return sessionNumber({ kind: 'unix', at: date.at, unit: 'millisecond' });
  if (name === 'toISOString' || name === 'toJSON')
    return callMoment({ at: date.at, utc: false, floating: false }, 'toISOString', [], from);
  return refuse(`the Date method ${name}`);
}

function hasFraction(of: SessionNumber): boolean {
  return of.kind === 'arithmetic' && (of.op === '/' || hasFraction(of.left) || hasFraction(of.right));
}
