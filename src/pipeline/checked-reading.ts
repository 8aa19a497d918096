import type { ConfigValue } from '../expr/config-value.ts';
import { evaluateSession } from '../expr/evaluate-session.ts';
import type { Evaluator } from '../expr/evaluator.ts';
import { fixedValue } from '../expr/resolve-static.ts';
import { sampleSessions } from '../expr/sample-sessions.ts';
import { textOf } from '../ir/build-value.ts';
import { holdsGiven } from '../ir/session-needs.ts';
import type { TextPart, TextValue, Value } from '../ir/value.ts';
import { builtInParams, type SessionTimes } from '../session/built-ins.ts';

const DAY = 86_400_000;

/**
 * A text as it was read, tried against Digdag's own evaluation on sample sessions. What reads otherwise becomes opaque: it
 * is reported where it is used, and never converted. Texts that hold more than the session cannot be tried.
 */
export function checkedReading(
  written: string,
  text: TextValue,
  scope: ReadonlyMap<string, Value>,
  timezone: string,
  evaluator: Evaluator,
): TextValue {
  if (!text.parts.some(isSession) || text.parts.some(isOther) || isPlainParameter(written)) return text;
  for (const session of sampleSessions(timezone, false)) {
    const times: SessionTimes = { zone: timezone, session, last: session - DAY, next: session + DAY };
    const want = evaluator.evaluateText(written, paramsAt(times, scope));
    if (want.kind === 'value' && want.value === textAt(text, times)) continue;
    // Where a parameter is known only at run time, its name is missing in the trial.
    if (want.kind === 'failed' && [...scope.values()].some((value) => valueAt(value, times) === undefined)) return text;
    const at = new Date(session).toISOString();
    const reason = `for the session ${at} it was read as something that Digdag does not print`;
    return textOf(
      text.parts.map((part) => (isSession(part) ? opaque(part, written, reason) : part)),
      text.from,
    );
  }
  return text;
}

/** `${session_date}` alone needs no trial. */
function isPlainParameter(written: string): boolean {
  return /^[^$]*\$\{\s*(?:last_|next_)?session_[a-z_]+\s*\}[^$]*$/.test(written);
}

function isSession(part: TextPart): boolean {
  return part.kind === 'runtime' && part.expr.kind === 'session';
}

function isOther(part: TextPart): boolean {
  return part.kind === 'runtime' && (part.expr.kind !== 'session' || holdsGiven(part.expr.ast));
}

function opaque(part: TextPart, written: string, reason: string): TextPart {
  return { kind: 'runtime', expr: { kind: 'opaque', engine: 'digdag', source: written, reason }, from: part.from };
}

function textAt(text: TextValue, { zone, session, last, next }: SessionTimes): string {
  const at = {
    sessionMs: session,
    zone,
    ...(last === undefined ? {} : { lastMs: last }),
    ...(next === undefined ? {} : { nextMs: next }),
  };
  return text.parts
    .map((part) => {
      if (part.kind !== 'runtime') return part.text;
      return part.expr.kind === 'session' ? evaluateSession(part.expr.ast, at) : '';
    })
    .join('');
}

/** The parameters of one session: Digdag's own, and those of the scope as far as they are known. */
function paramsAt(times: SessionTimes, scope: ReadonlyMap<string, Value>): ReadonlyMap<string, ConfigValue> {
  const params = new Map(builtInParams(times));
  for (const [name, value] of scope) {
    const known = params.has(name) ? undefined : valueAt(value, times);
    if (known !== undefined) params.set(name, known);
  }
  return params;
}

/** A parameter in one session; undefined where a part of it is known only at run time. */
function valueAt(value: Value, times: SessionTimes): ConfigValue | undefined {
  switch (value.kind) {
    case 'text':
      return value.parts.some(isOther) ? undefined : textAt(value, times);
    case 'scalar':
      return fixedValue(value);
    case 'list': {
      const items = value.items.map((item) => valueAt(item, times));
      return items.every((item) => item !== undefined) ? items : undefined;
    }
    case 'map': {
      const entries = new Map<string, ConfigValue>();
      for (const [key, entry] of value.entries) {
        const known = valueAt(entry, times);
        if (known === undefined) return undefined;
        entries.set(key, known);
      }
      return entries;
    }
  }
}
