import type { MapValue } from '../ir/value.ts';
import type { Group } from './groups.ts';
import { leafText } from './plain-text.ts';
import type { Column, Hole, Score } from './types.ts';

/** Lines of a call: the name of the family's template instead of an own one. */
const REFERENCE_LINES = 1;

/** What a family saves and costs, with every member written out once, as its first environment has it. */
export function scoreOf(
  group: Group,
  body: MapValue,
  { lines }: { readonly lines: (body: MapValue) => number },
): Score {
  const before = group.members.reduce((sum, member) => {
    const [first] = member.bodies.values();
    return sum + (first === undefined ? 0 : lines(first));
  }, 0);
  const { holes } = group.general;
  return {
    linesBefore: before,
    linesAfter: lines(body) + group.members.length * (REFERENCE_LINES + holes.length),
  };
}

/** True where all members of each environment have the same value. */
export function isEnvironmental(hole: Hole, columns: readonly Column[]): boolean {
  const seen = new Map<string, string>();
  return columns.every(({ environment }, at) => {
    const value = hole.values[at];
    const text = value === undefined ? '' : leafText(value);
    const known = seen.get(environment) ?? text;
    seen.set(environment, known);
    return known === text;
  });
}
