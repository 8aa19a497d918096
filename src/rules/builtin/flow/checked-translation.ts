import type { sessionExprToArgo } from '../../../argo-expr/from-session.ts';
import { evaluateTemplate } from '../../../argo-expr/template.ts';
import { localTime, offsetSeconds } from '../../../core/zoned-time.ts';
import { evaluateSession } from '../../../expr/evaluate-session.ts';
import { sampleSessions } from '../../../expr/sample-sessions.ts';
import type { SessionExpr } from '../../../ir/session-expr.ts';
import type { SessionInput } from './types.ts';

type Written = ReturnType<typeof sessionExprToArgo>;

/** A translated expression, tried on sample sessions by Argo's rules: one that prints anything else than Digdag is refused. */
export function checkedTranslation(ast: SessionExpr, written: Written, zone: string, session: SessionInput): Written {
  if (written.kind === 'refused') return written;
  for (const sessionMs of sampleSessions(zone, session.kind === 'date')) {
    const given = sessionText(sessionMs, zone, session);
    const want = evaluateSession(ast, { sessionMs, zone });
    const made = evaluateTemplate(written.text, new Map([[`inputs.parameters.${session.name}`, given]]));
    if (made.kind === 'text' && made.text === want) continue;
    const got = made.kind === 'text' ? made.text : made.kind === 'error' ? made.message : made.why;
    return { kind: 'refused', reason: `for the session ${given} Digdag prints ${want}, the translation ${got}` };
  }
  return written;
}

/** What `main` hands down for the session. */
function sessionText(ms: number, zone: string, session: SessionInput): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  const { year, month, day, hour, minute, second } = localTime(zone, ms);
  const date = `${year}-${two(month)}-${two(day)}`;
  if (session.kind === 'date') return date;
  const offset = offsetSeconds(zone, ms);
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 3600), Math.floor((Math.abs(offset) % 3600) / 60)];
  return `${date}T${two(hour)}:${two(minute)}:${two(second)}${offset < 0 ? '-' : '+'}${two(hours)}:${two(minutes)}`;
}
