import { localTime } from '../../core/zoned-time.ts';
import type { DigWorkflow, YamlNode } from '../../dig/types.ts';
import type { Fire } from '../../session/schedule/fires.ts';
import type { Start } from '../effect.ts';
import { type LegacySchedule, legacyFires } from './schedule.ts';
import { byTarget, type StartOptions, scheduled } from './starts.ts';

const DAY = 86_400_000;
const YEAR = 366 * DAY;
const HOURS = 24;
const DAYS = 31;

/** What makes other tasks at one session than at another. */
const branching: ReadonlySet<string> = new Set(['if', 'loop', 'for_range', 'call']);

/** True where which tasks a session has may depend on its date or hour. */
export function hasBranches({ node }: DigWorkflow): boolean {
  return holdsBranch(node);
}

function holdsBranch(node: YamlNode): boolean {
  if (node.kind === 'list') return node.items.some(holdsBranch);
  if (node.kind !== 'map') return false;
  return node.entries.some(({ key, value }) => branching.has(key.replace(/>$/, '')) || holdsBranch(value));
}

/**
 * Sessions of a year among which every hour, day of the week, day of the month, and month's start and end is: where a branch
 * may be taken that the usual sessions do not take.
 */
export function sessionsOfAYear(schedule: LegacySchedule | undefined, options: StartOptions): readonly Start[] {
  const { fromMs } = options;
  if (schedule === undefined)
    return Array.from({ length: 2 * DAYS }, (_, day) => {
      const ms = midnightOf(fromMs + (day + 1) * DAY, options.timezone);
      return byTarget(ms, ms + DAY, options);
    });
  const fires = legacyFires(schedule, fromMs, fromMs + YEAR);
  const local = (fire: Fire) => localTime(schedule.timezone, fire.sessionMs);
  const hours = firstOfEach(fires, (fire) => `${dayKey(local(fire))} ${local(fire).hour}`).slice(0, HOURS);
  const byDay = [...grouped(fires, (fire) => dayKey(local(fire))).values()];
  // Another time of the day each day.
  const days = byDay.slice(0, DAYS).flatMap((own, day) => own[(day * 5) % own.length] ?? []);
  const ends = byDay
    .flatMap((own) => own[0] ?? [])
    .filter((fire, at, all) => {
      const next = all[at + 1];
      return local(fire).day === 1 || (next !== undefined && local(next).day === 1);
    });
  return [...new Set([...hours, ...days, ...ends])].map((fire) => scheduled(fire, options));
}

function midnightOf(ms: number, timezone: string): number {
  const { hour, minute, second } = localTime(timezone, ms);
  return ms - (ms % 1000) - (hour * 3600 + minute * 60 + second) * 1000;
}

function dayKey({ year, month, day }: ReturnType<typeof localTime>): string {
  return `${year}-${month}-${day}`;
}

function grouped(fires: readonly Fire[], key: (fire: Fire) => string): ReadonlyMap<string, readonly Fire[]> {
  const groups = new Map<string, Fire[]>();
  for (const fire of fires) {
    const own = groups.get(key(fire));
    if (own === undefined) groups.set(key(fire), [fire]);
    else own.push(fire);
  }
  return groups;
}

function firstOfEach(fires: readonly Fire[], key: (fire: Fire) => string): readonly Fire[] {
  return [...grouped(fires, key).values()].flatMap((own) => own[0] ?? []);
}

/** Of the candidates those whose sessions run other tasks than all before, first come first; not more than `most`. */
export async function startsOfOtherShape(
  known: readonly Start[],
  candidates: readonly Start[],
  most: number,
  tasks: (start: Start) => Promise<readonly string[]>,
): Promise<readonly Start[]> {
  const shape = async (start: Start): Promise<string> => [...new Set(await tasks(start))].sort().join('\n');
  const shapes = new Set<string>();
  for (const start of known) shapes.add(await shape(start));
  const found: Start[] = [];
  for (const start of candidates) {
    if (found.length === most) break;
    const own = await shape(start);
    if (shapes.has(own)) continue;
    shapes.add(own);
    found.push(start);
  }
  return found;
}
