import { freeName } from '../core/free-name.ts';
import { byRule, list, map, text, textOf } from '../ir/build-value.ts';
import { entryOf, itemsOf, staticText } from '../ir/read-value.ts';
import type { MapValue, Value } from '../ir/value.ts';
import { renameInputs } from './own-inputs.ts';
import { type QuantityPlace, resourcePatch } from './resource-patch.ts';
import type { Generalisation, Hole, Level, Member, Pattern } from './types.ts';

export const DEDUP_RULE = 'dedup';

export interface FamilyBody {
  readonly body: MapValue;
  readonly ownInputs: ReadonlyMap<string, string>;
  readonly quantities: readonly QuantityPlace[];
}

/** The template of a family: holes have become tags, quantities a `podSpecPatch`. Undefined where that cannot be said. */
export function familyBody(
  general: Generalisation,
  members: readonly Member[],
  level: Level,
  describe: (hole: Hole) => string,
): FamilyBody | undefined {
  const tagOf = (hole: number): string =>
    `{{${level === 'step' ? 'inputs' : 'workflow'}.parameters.${general.holes[hole]?.name ?? ''}}}`;
  const quantities: QuantityPlace[] = general.holes.flatMap((hole, at) =>
    hole.type.kind === 'quantity' ? hole.places.map((path) => ({ path, tag: tagOf(at) })) : [],
  );
  const filled = fill(general.pattern, tagOf);
  if (filled?.kind !== 'map') return undefined;
  if (level === 'workflow') {
    const patched = withTemplatePatches(filled, quantities);
    return patched === undefined ? undefined : { body: patched, ownInputs: new Map(), quantities };
  }
  const patch =
    quantities.length === 0
      ? filled.entries.get('podSpecPatch')
      : resourcePatch(filled.entries.get('podSpecPatch'), quantities);
  if (quantities.length > 0 && patch === undefined) return undefined;
  const ownInputs = inputNames(members, new Set(general.holes.map((hole) => hole.name)));
  const body = renameInputs(filled, ownInputs);
  const inputs = map(
    [
      [
        'parameters',
        list(
          [
            ...itemsOf(entryOf(body, 'inputs', 'parameters')),
            ...general.holes.map((hole) => declared(hole, describe(hole))),
          ],
          byRule(DEDUP_RULE),
        ),
      ],
    ],
    byRule(DEDUP_RULE),
  );
  const rest = [...body.entries].filter(([key]) => key !== 'inputs' && key !== 'podSpecPatch');
  return { body: map([['inputs', inputs], ...rest, ['podSpecPatch', patch]], body.from), ownInputs, quantities };
}

/** A whole workflow: each of its templates gets the patch for its own quantities. */
function withTemplatePatches(body: MapValue, quantities: readonly QuantityPlace[]): MapValue | undefined {
  const templates = body.entries.get('templates');
  if (quantities.length === 0 || templates?.kind !== 'list') return body;
  const items: Value[] = [];
  for (const template of templates.items) {
    const name = staticText(entryOf(template, 'name'));
    const own = quantities.filter(({ path }) => path[0]?.key === 'templates' && path[1]?.key === name);
    if (template.kind !== 'map' || own.length === 0) {
      items.push(template);
      continue;
    }
    const inside = own.map(({ path, tag }) => ({ path: path.slice(2), tag }));
    const patch = resourcePatch(template.entries.get('podSpecPatch'), inside);
    if (patch === undefined) return undefined;
    items.push({ ...template, entries: new Map([...template.entries, ['podSpecPatch', patch]]) });
  }
  return { ...body, entries: new Map([...body.entries, ['templates', { ...templates, items }]]) };
}

function declared(hole: Hole, description: string): Value {
  const from = byRule(DEDUP_RULE, hole.values.map((value) => value.from).slice(0, 1));
  return map(
    [
      ['name', text(hole.name, from)],
      ['description', text(description, from)],
    ],
    from,
  );
}

/** A pattern as a value; undefined where nothing is left of it. */
function fill(pattern: Pattern, tagOf: (hole: number) => string): Value | undefined {
  switch (pattern.kind) {
    case 'constant':
      return pattern.value;
    case 'quantity':
      return undefined;
    case 'text': {
      const { like } = pattern;
      const parts = pattern.pieces.flatMap((piece) =>
        typeof piece === 'number' ? text(tagOf(piece), like.from).parts : piece.kind === 'text' ? piece.parts : [],
      );
      return { ...textOf(parts, like.from), control: like.control };
    }
    case 'list':
      return { ...pattern.like, kind: 'list', items: pattern.items.flatMap((item) => fill(item, tagOf) ?? []) };
    case 'map': {
      const entries = [...pattern.entries].flatMap(([key, entry]): [string, Value][] => {
        const value = fill(entry, tagOf);
        return value === undefined ? [] : [[key, value]];
      });
      return entries.length === 0 && pattern.entries.size > 0
        ? undefined
        : { ...pattern.like, kind: 'map', entries: new Map(entries) };
    }
  }
}

/** What most members call each of their own inputs; never as a hole is called. */
function inputNames(members: readonly Member[], taken: ReadonlySet<string>): ReadonlyMap<string, string> {
  const used = new Set(taken);
  const names = new Map<string, string>();
  const inner = new Set(members.flatMap((member) => [...member.inputs.values()]));
  for (const input of [...inner].sort((a, b) => Number(a.slice(2)) - Number(b.slice(2)))) {
    const votes = new Map<string, number>();
    for (const member of members)
      for (const [outer, own] of member.inputs) if (own === input) votes.set(outer, (votes.get(outer) ?? 0) + 1);
    const wish = [...votes].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0] ?? input;
    const name = freeName(wish, '_', used);
    used.add(name);
    names.set(input, name);
  }
  return names;
}
