import type { CalendarUnit, FormatPart, SessionInstant } from '../ir/session-expr.ts';
import { type LayoutField, layoutChunks } from './go-layout.ts';
import { type Code, joined, NotWritable, quoted, textCode } from './session-code.ts';
import {
  lastDayOf,
  monthsOf,
  type SessionInputAt,
  shiftedMonth,
  type TimeCode,
  writeInstant,
} from './session-instant.ts';
import { simplified } from './session-simplify.ts';

interface LayoutToken {
  readonly layout: string;
  readonly field: LayoutField;
  readonly needs: 'month' | 'date' | 'time';
}

/** moment tokens that one Go layout field prints. */
const layoutTokens: Readonly<Record<string, LayoutToken>> = {
  YYYY: { layout: '2006', field: 'long-year', needs: 'month' },
  YY: { layout: '06', field: 'short-year', needs: 'month' },
  MMMM: { layout: 'January', field: 'long-month', needs: 'month' },
  MMM: { layout: 'Jan', field: 'short-month', needs: 'month' },
  MM: { layout: '01', field: 'zero-month', needs: 'month' },
  M: { layout: '1', field: 'number-month', needs: 'month' },
  DDDD: { layout: '002', field: 'zero-year-day', needs: 'date' },
  DD: { layout: '02', field: 'zero-day', needs: 'date' },
  D: { layout: '2', field: 'day', needs: 'date' },
  dddd: { layout: 'Monday', field: 'long-weekday', needs: 'date' },
  ddd: { layout: 'Mon', field: 'short-weekday', needs: 'date' },
  HH: { layout: '15', field: 'hour', needs: 'time' },
  hh: { layout: '03', field: 'zero-hour-12', needs: 'time' },
  h: { layout: '3', field: 'hour-12', needs: 'time' },
  mm: { layout: '04', field: 'zero-minute', needs: 'time' },
  m: { layout: '4', field: 'minute', needs: 'time' },
  ss: { layout: '05', field: 'zero-second', needs: 'time' },
  s: { layout: '5', field: 'second', needs: 'time' },
  A: { layout: 'PM', field: 'PM', needs: 'time' },
  a: { layout: 'pm', field: 'pm', needs: 'time' },
  Z: { layout: '-07:00', field: 'offset', needs: 'time' },
  ZZ: { layout: '-0700', field: 'offset', needs: 'time' },
};

interface CallToken {
  readonly write: (time: string) => string;
  readonly yields: 'int' | 'string';
  readonly loose?: true;
  readonly needs: 'month' | 'date' | 'time';
}

/** moment tokens that take a method or arithmetic. */
const callTokens: Readonly<Record<string, CallToken>> = {
  Q: { write: (t) => `int((int(${t}.Month()) + 2) / 3)`, yields: 'int', needs: 'month' },
  DDD: { write: (t) => `${t}.YearDay()`, yields: 'int', needs: 'date' },
  Do: { write: ordinal, yields: 'string', loose: true, needs: 'date' },
  d: { write: (t) => `int(${t}.Weekday())`, yields: 'int', needs: 'date' },
  e: { write: (t) => `int(${t}.Weekday())`, yields: 'int', needs: 'date' },
  E: { write: (t) => `(int(${t}.Weekday()) + 6) % 7 + 1`, yields: 'int', loose: true, needs: 'date' },
  dd: { write: (t) => `${t}.Weekday().String()[0:2]`, yields: 'string', needs: 'date' },
  W: { write: isoWeek, yields: 'int', loose: true, needs: 'date' },
  WW: {
    write: (t) => `(${isoWeek(t)} < 10 ? '0' : '') + string(${isoWeek(t)})`,
    yields: 'string',
    loose: true,
    needs: 'date',
  },
  GGGG: { write: (t) => `${t}.ISOWeek()`, yields: 'int', needs: 'date' },
  H: { write: (t) => `${t}.Hour()`, yields: 'int', needs: 'time' },
  SSS: { write: (t) => `${t}.Format('.000')[1:]`, yields: 'string', needs: 'time' },
  X: { write: (t) => `${t}.Unix()`, yields: 'int', needs: 'time' },
  x: { write: (t) => `${t}.UnixMilli()`, yields: 'int', needs: 'time' },
};

export function isoWeek(time: string): string {
  return `int((${time}.AddDate(0, 0, 3 - (int(${time}.Weekday()) + 6) % 7).YearDay() - 1) / 7) + 1`;
}

function ordinal(time: string): string {
  const day = `${time}.Day()`;
  return `string(${day}) + (${day} in [11, 12, 13] ? 'th' : ${day} % 10 == 1 ? 'st' : ${day} % 10 == 2 ? 'nd' : ${day} % 10 == 3 ? 'rd' : 'th')`;
}

/** A moment format of an instant. */
export function writeFormat(at: SessionInstant, pattern: readonly FormatPart[], where: SessionInputAt): Code {
  const time = writeFor(at, pattern, where);
  if (pattern.some((part) => part.kind === 'token' && needsOf(part.token) === 'time')) requireTimeOfDay(time);
  return joined(pieces(pattern).map((piece) => writePiece(piece, time)));
}

export function requireTimeOfDay(time: TimeCode): void {
  if (time.exact) return;
  throw new NotWritable(`the time of day is not certain when the clocks of ${time.zone} change`);
}

/** The instant, or a shorter one that prints the same where the format does not show all of it. */
function writeFor(whole: SessionInstant, pattern: readonly FormatPart[], where: SessionInputAt): TimeCode {
  const needs = pattern.flatMap((part) => (part.kind === 'token' ? [needsOf(part.token)] : []));
  const observed = needs.includes('time') ? 'time' : needs.includes('date') ? 'date' : 'month';
  const at = simplified(whole, observed, where.timezone);
  if (observed === 'month' && at.kind === 'shift' && Number.isInteger(at.amount)) {
    const calendar = monthsOf(at.amount, at.unit);
    if (calendar !== undefined) return shiftedMonth(writeInstant(at.of, where), calendar.years, calendar.months);
  }
  const longUnits: readonly CalendarUnit[] = ['year', 'quarter', 'month', 'week', 'isoWeek', 'day'];
  if (at.kind === 'endOf' && longUnits.includes(at.unit) && observed !== 'time')
    return lastDayOf(writeInstant(at.of, where), at.unit);
  return writeInstant(at, where);
}

function needsOf(token: string): 'month' | 'date' | 'time' {
  const known = lookUp(layoutTokens, token) ?? lookUp(callTokens, token);
  if (known === undefined) throw new NotWritable(`the format token ${token} has no equal`);
  return known.needs;
}

type Piece =
  | { readonly kind: 'layout'; readonly layout: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'call'; readonly token: CallToken };

/** Runs of tokens that one layout prints; a literal that Go would take for a field stands apart. */
function pieces(pattern: readonly FormatPart[]): readonly Piece[] {
  const done: Piece[] = [];
  let run: FormatPart[] = [];
  const flush = (): void => {
    if (run.length === 0) return;
    const onlyText = run.every((part) => part.kind === 'literal');
    done.push(
      onlyText
        ? { kind: 'text', text: run.map(layoutOf).join('') }
        : { kind: 'layout', layout: run.map(layoutOf).join('') },
    );
    run = [];
  };
  for (const part of pattern) {
    const call = part.kind === 'token' ? lookUp(callTokens, part.token) : undefined;
    if (call !== undefined) {
      flush();
      done.push({ kind: 'call', token: call });
      continue;
    }
    if (!printsAsMeant([...run, part])) flush();
    run.push(part);
    // A literal that is wrong by itself ("v1") is a text of its own.
    if (!printsAsMeant(run)) flush();
  }
  flush();
  return done;
}

function layoutOf(part: FormatPart): string {
  return part.kind === 'literal' ? part.text : (lookUp(layoutTokens, part.token)?.layout ?? '');
}

/** True where Go reads the joined layout as exactly these tokens and literals. */
function printsAsMeant(run: readonly FormatPart[]): boolean {
  const want: string[] = [];
  for (const part of run) {
    const field = part.kind === 'token' ? lookUp(layoutTokens, part.token)?.layout : undefined;
    if (field !== undefined) want.push(`<${field}>`);
    else if (part.kind === 'literal') want.push(part.text);
  }
  const got = layoutChunks(run.map(layoutOf).join('')).map((chunk) =>
    chunk.kind === 'literal' ? chunk.text : `<${layoutOfChunk(chunk)}>`,
  );
  return want.join('') === got.join('');
}

function layoutOfChunk(chunk: Extract<ReturnType<typeof layoutChunks>[number], { kind: 'field' }>): string {
  if (chunk.offset !== undefined)
    return chunk.offset.zulu || chunk.offset.precision !== 'minute' ? '?' : chunk.offset.colon ? '-07:00' : '-0700';
  return Object.values(layoutTokens).find((token) => token.field === chunk.field)?.layout ?? '?';
}

function writePiece(piece: Piece, time: TimeCode): Code {
  switch (piece.kind) {
    case 'text':
      return textCode(piece.text);
    case 'layout':
      return { text: `${time.text}.Format(${quoted(piece.layout)})`, yields: 'string', loose: false };
    case 'call':
      return { text: piece.token.write(time.text), yields: piece.token.yields, loose: piece.token.loose === true };
  }
}

function lookUp<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
