import { textOf } from '../../../ir/build-value.ts';
import { WORKER_CLOCK } from '../../../ir/opaque-reasons.ts';
import { staticText } from '../../../ir/read-value.ts';
import { readRelativeDate } from '../../../ir/relative-date.ts';
import type { CalendarUnit, FormatPart, SessionExpr, SessionInstant } from '../../../ir/session-expr.ts';
import { readStrftime } from '../../../ir/strftime.ts';
import type { Provenance, TextValue } from '../../../ir/value.ts';
import type { Call, Result } from '../call.ts';
import { opaque, printed } from '../content.ts';
import type { Shell } from '../shell.ts';
import { cutText, shapeOf } from '../text-value.ts';
import { HOLE } from '../text-with-holes.ts';

/** Conversions by which `date` gives each second its own text: such a text makes names unique. */
const perSecond = /%(s|N|S|T|X|c|r|\+|3N)|^$/;

export function date(shell: Shell, call: Call): Result {
  const read = readCall(call);
  const from: Provenance = { via: 'literal', span: call.span };
  const format = read.format === undefined ? undefined : staticText(read.format);
  if (format !== undefined && perSecond.test(format) && call.args.length === 1)
    return printed(textOf([{ kind: 'runtime', expr: { kind: 'unique', source: call.source }, from }], from));
  const moved =
    read.when === undefined || format === undefined ? undefined : movedSession(read.when, read.shifts, format);
  if (moved !== undefined)
    return printed(textOf([{ kind: 'runtime', expr: { kind: 'session', ast: moved }, from }], from));
  const asksClock = read.when === undefined || readRelativeDate(staticText(read.when) ?? '?') !== undefined;
  return {
    stdout: {
      kind: 'text',
      text: asksClock
        ? opaque(expandedSource(call, shell), WORKER_CLOCK, from)
        : opaque(call.source, 'arithmetic on a date by the shell', from),
    },
    status: 'ok',
  };
}

interface DateArguments {
  readonly format: TextValue | undefined;
  /** What `-d` says, or the date that BSD's `-f` reads. */
  readonly when: TextValue | undefined;
  readonly shifts: readonly { readonly amount: number; readonly unit: CalendarUnit }[];
}

const bsdUnits: Readonly<Record<string, CalendarUnit>> = { d: 'day', w: 'week', m: 'month', y: 'year' };

function readCall(call: Call): DateArguments {
  let format: TextValue | undefined;
  let when: TextValue | undefined;
  const shifts: { amount: number; unit: CalendarUnit }[] = [];
  for (let at = 0; at < call.args.length; at++) {
    const arg = call.args[at];
    if (arg === undefined) break;
    const shape = shapeOf(arg);
    const bsd = /^-v([-+]\d+)([dwmy])$/.exec(shape);
    if (shape.startsWith('+')) format = cutText(arg, 1);
    else if (shape === '-d' || shape === '--date') when = call.args[++at];
    else if (shape.startsWith('--date=')) when = cutText(arg, '--date='.length);
    else if (/^-d./.test(shape)) when = cutText(arg, 2);
    else if (shape === '-f') when = call.args[at + 2];
    else if (bsd !== null) shifts.push({ amount: Number(bsd[1]), unit: bsdUnits[bsd[2] ?? ''] ?? 'day' });
  }
  return { format, when, shifts };
}

/** `date -d "$SESSION_DATE 1 day ago" +%Y%m%d`: days from a date of the session, which no clock and no zone takes part in. */
function movedSession(when: TextValue, shifts: DateArguments['shifts'], format: string): SessionExpr | undefined {
  const runtime = when.parts.filter((part) => part.kind === 'runtime');
  const [only] = runtime;
  if (runtime.length !== 1 || only?.kind !== 'runtime' || only.expr.kind !== 'session') return undefined;
  const [before = '', after = ''] = shapeOf(when).split(HOLE);
  const start = before.trim() === '' ? startOf(only.expr.ast, after) : undefined;
  const pattern = readStrftime(format);
  if (start === undefined || pattern.kind === 'unknown' || !pattern.parts.every(isOfDay)) return undefined;
  const relative = readRelativeDate(start.rest);
  if (relative === undefined) return undefined;
  const all = [...relative, ...shifts];
  // GNU lets months overflow where moment clamps them; from the first of a month both agree.
  if (!all.every(({ unit }, at) => unit === 'day' || unit === 'week' || (start.first && at === 0 && unit !== 'hour')))
    return undefined;
  const at = all.reduce<SessionInstant>(
    (of, { amount, unit }) => (amount === 0 ? of : { kind: 'shift', of, amount, unit }),
    start.at,
  );
  return { kind: 'format', at, pattern: pattern.parts };
}

/** The day that a session text names, with what follows it. `first`: the day is the first of its month. */
function startOf(
  ast: SessionExpr,
  after: string,
): { readonly at: SessionInstant; readonly rest: string; readonly first: boolean } | undefined {
  const plain = ast.kind === 'replace' && ast.search === '-' && ast.by === '' && ast.all ? ast.of : ast;
  if (plain.kind !== 'format') return undefined;
  const shape = shapeOfPattern(plain.pattern);
  if (shape === 'YYYY-MM-DD' || shape === 'YYYYMMDD') {
    if (/^\S/.test(after)) return undefined;
    return { at: plain.at, rest: after, first: false };
  }
  const first = shape === 'YYYY-MM-01' || shape === 'YYYYMM01' ? after : /^(?:-01|01)(?=\s|$)(.*)$/s.exec(after)?.[1];
  if (first === undefined || !/^YYYY-?MM(?:-?01)?$/.test(shape)) return undefined;
  return { at: { kind: 'startOf', of: plain.at, unit: 'month' }, rest: first, first: true };
}

function shapeOfPattern(pattern: readonly FormatPart[]): string {
  return pattern.map((part) => (part.kind === 'token' ? part.token : part.text)).join('');
}

/** Fields that a calendar day alone decides. */
function isOfDay(part: FormatPart): boolean {
  return part.kind === 'literal' || /^(?:YYYY|YY|MM|M|DD|D|DDDD|DDD|E|d|ddd|dddd|MMM|MMMM|WW|GGGG)$/.test(part.token);
}

/** The call with its variables replaced, where all are known, in the zone that the script sets. */
function expandedSource(call: Call, shell: Shell): string {
  const own = shell.exported.has('TZ') || shell.step.scope.has('TZ') || shell.step.options.has('_env.TZ');
  const zone = own ? [shell.lookup('TZ')] : [];
  const [words, zones] = [call.args, zone].map((texts) => texts.map((text) => text && staticText(text)));
  if (words === undefined || zones === undefined || [...words, ...zones].includes(undefined)) return call.source;
  return [...zones.map((name) => `TZ=${quoted(name ?? '')}`), 'date', ...words.map((word) => quoted(word ?? ''))].join(
    ' ',
  );
}

function quoted(word: string): string {
  return /^[\w+%:./=@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
