import type { GoTime } from '../../argo-expr/go-time.ts';
import { formatGoTime } from '../../argo-expr/go-time-format.ts';
import { parseGoTime } from '../../argo-expr/go-time-parse.ts';

/** An RFC 3339 time. */
export function asGoTime(text: string): GoTime {
  return parseGoTime('2006-01-02T15:04:05Z07:00', text);
}

export function formatTime(time: GoTime, layout: string): string {
  return formatGoTime(time, layout);
}
