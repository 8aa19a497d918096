import { cronFires } from '../../argo-expr/cron-fires.ts';
import { evaluateTemplate } from '../../argo-expr/template.ts';
import type { Plain } from '../effect.ts';
import { asList, asMap, asText } from './data.ts';

export type ArgoFires =
  | { readonly kind: 'fires'; readonly atMs: readonly number[] }
  | { readonly kind: 'malformed'; readonly reason: string }
  | { readonly kind: 'refused'; readonly why: string };

/** More fires than this in one comparison are not looked at; no job of a batch platform has them. */
const MOST_FIRES = 600_000;

/** When a CronWorkflow starts a run, from an instant (exclusive) to another (inclusive); none where it is suspended. */
export function argoFires(cron: Plain, fromMs: number, untilMs: number): ArgoFires {
  const spec = asMap(asMap(cron)['spec']);
  if (spec['suspend'] === true) return { kind: 'fires', atMs: [] };
  if (spec['stopStrategy'] !== undefined) return { kind: 'refused', why: 'a stop strategy' };
  const timezone = asText(spec['timezone']);
  const found: number[] = [];
  const cronSpec = {
    schedules: asList(spec['schedules']).map((schedule) => asText(schedule)),
    ...(timezone === '' ? {} : { timezone }),
  };
  for (let at = fromMs; at < untilMs && found.length < MOST_FIRES; ) {
    const next = cronFires(cronSpec, at, 64);
    if (next.kind === 'malformed') return next;
    const times = [...new Set(next.fires.map((fire) => fire.atMs))];
    found.push(...times.filter((time) => time <= untilMs));
    at = times.at(-1) ?? untilMs;
  }
  const when = asText(spec['when']);
  if (when === '') return { kind: 'fires', atMs: found };
  const kept: number[] = [];
  for (const time of found) {
    const decided = evaluateTemplate(when.startsWith('{{') ? when : `{{=${when}}}`, new Map(), {
      now: new Date(time).toISOString(),
    });
    if (decided.kind === 'refused') return { kind: 'refused', why: decided.why };
    if (decided.kind === 'error') return { kind: 'malformed', reason: decided.message };
    if (decided.text === 'true') kept.push(time);
  }
  return { kind: 'fires', atMs: kept };
}
