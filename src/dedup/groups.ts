import { compareText, sortedBy } from '../core/order.ts';
import { factsOf } from './facts.ts';
import { generalise } from './generalise.ts';
import { isEnvironmental } from './score.ts';
import { similarPairs } from './similar-pairs.ts';
import type { Clash, Decisions, Generalisation, Level, Member, Thresholds } from './types.ts';

export interface GroupOptions {
  readonly level: Level;
  readonly thresholds: Thresholds;
  readonly decisions: Decisions;
}

/** Members that have a common pattern, and those that came close. */
export interface Group {
  readonly members: readonly Member[];
  readonly general: Generalisation;
}

/** A member that is alike to others and has no pattern with them. */
export interface Stray {
  readonly member: Member;
  /** The one that it was compared with first. */
  readonly beside: Member;
  /** What the others became; absent where nobody fitted. */
  readonly group: Group | undefined;
  readonly clash: Clash | undefined;
}

/**
 * Groups of one block. The member with the most neighbours begins a group and takes those of its neighbours that fit; chains of
 * neighbours do not grow a group, so that its ends stay alike.
 */
export function groupsOf(
  members: readonly Member[],
  options: GroupOptions,
): { readonly groups: readonly Group[]; readonly strays: readonly Stray[] } {
  const ordered = sortedBy(members, (member) => member.id);
  const neighbours = neighboursOf(ordered, options.thresholds.similarity);
  const free = new Set(ordered.map((_, at) => at));
  const groups: Group[] = [];
  const strays: Stray[] = [];
  const seeds = [...free].sort((a, b) => (neighbours[b]?.size ?? 0) - (neighbours[a]?.size ?? 0) || a - b);
  for (const seed of seeds) {
    const first = ordered[seed];
    if (!free.has(seed) || first === undefined) continue;
    const near = [...(neighbours[seed] ?? [])]
      .filter(([at]) => free.has(at))
      .sort(([a, x], [b, y]) => y - x || compareText(ordered[a]?.id ?? '', ordered[b]?.id ?? ''))
      .flatMap(([at]) => ordered[at] ?? []);
    if (near.length === 0) continue;
    const grown = grow(first, near, options);
    for (const { member, clash } of grown.left) strays.push({ member, beside: first, group: grown.group, clash });
    if (grown.group === undefined) continue;
    groups.push(grown.group);
    for (const member of grown.group.members) free.delete(ordered.indexOf(member));
  }
  const taken = new Set(groups.flatMap((group) => group.members));
  return { groups, strays: strays.filter((stray) => !taken.has(stray.member)) };
}

function neighboursOf(members: readonly Member[], similarity: number): readonly ReadonlyMap<number, number>[] {
  const environment = commonEnvironment(members);
  const sets = members.map((member) => {
    const bodies = member.whole ?? member.bodies;
    const body = bodies.get(environment) ?? [...bodies.values()].at(-1);
    return body === undefined ? [] : factsOf(body);
  });
  const neighbours = members.map(() => new Map<number, number>());
  for (const pair of similarPairs(sets, similarity)) {
    neighbours[pair.a]?.set(pair.b, pair.similarity);
    neighbours[pair.b]?.set(pair.a, pair.similarity);
  }
  return neighbours;
}

/** The environment that most members have, of equals the last: facts of one environment are compared, or its own would count as differences. */
function commonEnvironment(members: readonly Member[]): string {
  const counts = new Map<string, number>();
  for (const member of members) for (const name of member.bodies.keys()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => x - y || compareText(a, b)).at(-1)?.[0] ?? '';
}

/** All at once where they fit together; else one after the other, the most alike first. */
function grow(
  first: Member,
  near: readonly Member[],
  options: GroupOptions,
): {
  readonly group: Group | undefined;
  readonly left: readonly { readonly member: Member; readonly clash: Clash | undefined }[];
} {
  const whole = fitting([first, ...near], options);
  if (whole.group !== undefined) return { group: whole.group, left: [] };
  let group: Group | undefined;
  const left: { member: Member; clash: Clash | undefined }[] = [];
  for (const member of near) {
    const tried = fitting([...(group?.members ?? [first]), member], options);
    if (tried.group === undefined) left.push({ member, clash: tried.clash });
    else group = tried.group;
  }
  return { group, left };
}

/** The members as one group; else why not. */
export function fitting(
  members: readonly Member[],
  { thresholds, decisions, level }: GroupOptions,
): { readonly group?: Group; readonly clash?: Clash } {
  const ordered = sortedBy(members, (member) => member.id);
  const result = generalise(ordered, decisions.secrets, level);
  if (result.kind === 'clash') return { clash: result.clash };
  const own = result.general.holes.filter((hole) => !isEnvironmental(hole, result.general.columns));
  if (own.length > thresholds.parameters) return {};
  return { group: { members: ordered, general: result.general } };
}
