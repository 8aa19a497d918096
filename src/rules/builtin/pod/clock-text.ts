import type { DiagnosticArgs } from '../../../core/diagnostic.ts';
import type { Schedule } from '../../../ir/graph.ts';
import type { SessionExpr, SessionInstant } from '../../../ir/session-expr.ts';
import type { Provenance, TextPart } from '../../../ir/value.ts';
import type { Loaded } from '../../rule-set.ts';
import type { ClockRule } from '../../schema.ts';
import { type ClockLook, readClock } from './clock-instant.ts';
import { type ClockUse, findClockUses } from './clock-uses.ts';
import type { PartText } from './part-text.ts';
import type { TextLanguage } from './shell-of.ts';

type RuntimePart = Extract<TextPart, { kind: 'runtime' }>;

/** What a look at the clock is judged by, and where findings go. */
export interface ClockSetting {
  readonly clocks: readonly Loaded<ClockRule>[];
  /** Zone of the workflow's session times. */
  readonly timezone: string;
  readonly schedule: Schedule | undefined;
  /** Zone of the clock; the empty text where only the cluster knows it. */
  readonly zone: string;
  readonly zoneIsSet: boolean;
  readonly from: Provenance;
  report<C extends 'CLOCK_REPLACED' | 'CLOCK_KEPT'>(code: C, args: DiagnosticArgs[C], rule: string): void;
  /** A look at the clock stays: the job cannot be run for a past session. */
  kept(): void;
}

/** The text with every look at the clock that a rule can read replaced by the session; undefined where nothing changed. */
export function withoutClocks(
  text: PartText,
  language: TextLanguage,
  setting: ClockSetting,
): readonly TextPart[] | undefined {
  const parts: TextPart[] = [];
  let at = 0;
  for (const use of findClockUses(text, { language }, setting.zone, setting.clocks)) {
    const part = valuePart(use, text, setting);
    if (part === undefined) continue;
    const quote: readonly TextPart[] = use.quote === '' ? [] : [{ kind: 'literal', text: use.quote, from: part.from }];
    parts.push(...text.slice(at, use.start), ...quote, part, ...quote);
    at = use.end;
  }
  if (parts.length === 0) return undefined;
  return [...parts, ...text.slice(at, text.text.length)];
}

/** The session's value for a look at the clock; undefined, with a diagnostic, where it stays. */
function valuePart(use: ClockUse, text: PartText, setting: ClockSetting): RuntimePart | undefined {
  const written = text.text.slice(use.start, use.end);
  const before = text.text.slice(0, use.start);
  return sessionPart(use.look, { written, before, rule: use.rule, reason: use.reason }, setting);
}

export function sessionPart(
  look: ClockLook | undefined,
  use: { readonly written: string; readonly before: string; readonly rule: string; readonly reason: string },
  setting: ClockSetting,
): RuntimePart | undefined {
  const { timezone, schedule, zoneIsSet } = setting;
  const reading =
    look === undefined ? ({ kind: 'kept', reason: use.reason } as const) : readClock(look, { timezone, schedule });
  if (reading.kind === 'kept') {
    setting.report('CLOCK_KEPT', { written: use.written, reason: reading.reason }, use.rule);
    setting.kept();
    return undefined;
  }
  const zone = look?.zone ?? timezone;
  const stated = zoneIsSet ? zone : `${zone}, where no TZ is set`;
  setting.report('CLOCK_REPLACED', { written: use.written, zone: stated, session: inWords(reading.expr) }, use.rule);
  return {
    kind: 'runtime',
    expr: { kind: 'session', ast: reading.expr },
    name: nameFor(use.before, reading.expr),
    from: { via: 'rule', rule: use.rule, from: [setting.from] },
  };
}

/** What the legacy side called the value: the flag or variable it is given to, else what it is. */
function nameFor(before: string, expr: SessionExpr): string {
  const flag = /--?([A-Za-z][\w-]*)(?:=|\s+)["']?$/.exec(before)?.[1];
  const variable = /(?:^|[\s;])([A-Za-z_]\w*)=["']?$/.exec(before)?.[1];
  const named = flag ?? variable;
  if (named !== undefined) return named.toLowerCase().replaceAll('-', '_');
  const days = expr.kind === 'format' ? dayShift(expr.at) : undefined;
  return days === -1 ? 'yesterday' : days === 1 ? 'tomorrow' : 'date';
}

function dayShift(at: SessionInstant): number | undefined {
  if (at.kind === 'session') return 0;
  return at.kind === 'shift' && at.unit === 'day' && at.of.kind === 'session' ? at.amount : undefined;
}

function inWords(expr: SessionExpr): string {
  const days = expr.kind === 'format' ? dayShift(expr.at) : undefined;
  if (days === 0) return "the session's date";
  if (days !== undefined)
    return `the day ${Math.abs(days) === 1 ? '' : `${Math.abs(days)} days `}${days < 0 ? 'before' : 'after'} the session`;
  return 'the date of the session as its clock showed it';
}
