import { sortedBy } from '../core/order.ts';
import type { MapValue } from '../ir/value.ts';
import { type Block, blocksOf } from './blocks.ts';
import { clashText, pathText } from './clash-text.ts';
import { familyBody } from './family-body.ts';
import { proposedName, withStepWords } from './family-names.ts';
import { inFamilies, type NamelessForm, partThatDiffers, similarityOf } from './forms.ts';
import { generalise } from './generalise.ts';
import { type Group, groupsOf, type Stray } from './groups.ts';
import { describeHole } from './hole-text.ts';
import { unprovedColumns } from './proof.ts';
import { scoreOf } from './score.ts';
import type { Decisions, Family, Form, Level, Member, NearMiss, Thresholds } from './types.ts';

export interface FamilyOptions {
  readonly level: Level;
  readonly thresholds: Thresholds;
  readonly decisions: Decisions;
  /** How many lines a body takes when it is printed. */
  readonly lines: (body: MapValue) => number;
  /** Free, valid names for the wished ones; the same wishes give the same names in any order. */
  readonly names: (wishes: readonly string[]) => ReadonlyMap<string, string>;
}

export interface Families {
  readonly families: readonly Family[];
  readonly nearMisses: readonly NearMiss[];
}

/**
 * Families of near-identical members: candidates by program and shape, neighbours by the facts they share, one pattern with
 * holes for each group, the score, and for each member the proof that its row gives it back exactly.
 */
export function findFamilies(members: readonly Member[], options: FamilyOptions): Families {
  const { reject } = options.decisions;
  const allowed = members.filter((member) => !reject.has(member.id) && !reject.has(member.job));
  const { blocks, uneven } = blocksOf(allowed, options.level);
  const forms: NamelessForm[] = [];
  const strays: Stray[] = [];
  for (const block of blocks) {
    if (block.members.length < 2) continue;
    const found = groupsOf(block.members, options);
    strays.push(...found.strays);
    for (const group of found.groups) {
      const form = provedForm(group, options);
      if (form !== undefined) forms.push({ ...form, program: block.program });
    }
  }
  const groups = options.level === 'step' ? inFamilies(forms, options.thresholds) : forms.map((form) => [form]);
  const named = withNames(groups, options).filter(([name]) => !options.decisions.reject.has(name));
  const large = named.filter(([name, family]) => worthwhile(name, family, options));
  const small = named.filter((each) => !large.includes(each));
  const families = large.map(([name, family]) => familyOf(name, family, options));
  return {
    families: sortedBy(families, (family) => family.name),
    nearMisses: sortedBy(
      withOtherShapes(
        [...nearMisses(strays, uneven, families), ...small.flatMap(([, family]) => tooSmall(family, options))],
        blocks,
        large,
        options,
      ),
      (miss) => miss.member,
    ),
  };
}

/** The group without the members that its template does not give back; undefined where fewer than two are left. */
function provedForm(group: Group, options: FamilyOptions): Omit<Form, 'name'> | undefined {
  const made = familyBody(group.general, group.members, options.level, describeHole);
  if (made === undefined) return undefined;
  const unproved = unprovedColumns(group.general, made, group.members, options.level);
  const failed = new Set(unproved.map((column) => column.member));
  if (failed.size === 0) {
    const { body, ownInputs } = made;
    return { members: group.members, general: group.general, body, ownInputs, score: scoreOf(group, body, options) };
  }
  const left = group.members.filter((member) => !failed.has(member.id));
  const again = left.length < 2 ? undefined : groupsOf(left, options).groups[0];
  return again === undefined || again.members.length >= group.members.length ? undefined : provedForm(again, options);
}

type Named = readonly (readonly [string, readonly NamelessForm[]])[];

/** The same wish of two families is told apart by their first members, not by the order in which they were found. */
function withNames(families: readonly (readonly NamelessForm[])[], { names, decisions, level }: FamilyOptions): Named {
  const first = (family: readonly NamelessForm[]): Member | undefined => family[0]?.members[0];
  const ordered = sortedBy(families, (family) => first(family)?.id ?? '');
  const wishes = ordered.map((family) =>
    proposedName(
      family.flatMap((form) => form.members),
      family[0]?.program ?? '',
      level,
    ),
  );
  const counts = new Map<string, number>();
  for (const wish of wishes) counts.set(wish, (counts.get(wish) ?? 0) + 1);
  const telling = wishes.map((wish, at) =>
    (counts.get(wish) ?? 0) > 1
      ? withStepWords(
          wish,
          (ordered[at] ?? []).flatMap((form) => form.members),
        )
      : wish,
  );
  const distinct = telling.map((wish, at) => {
    const member = first(ordered[at] ?? []);
    return telling.filter((other) => other === wish).length > 1 ? `${wish}-${member?.job}-${member?.template}` : wish;
  });
  const wanted = distinct.map((wish) => decisions.rename.get(wish) ?? wish);
  const given = names(wanted);
  return ordered.map((family, at) => [given.get(wanted[at] ?? '') ?? wanted[at] ?? '', family]);
}

function worthwhile(name: string, family: readonly NamelessForm[], { thresholds, decisions }: FamilyOptions): boolean {
  if (decisions.accept.has(name)) return true;
  const members = family.reduce((sum, form) => sum + form.members.length, 0);
  return members >= thresholds.members && linesSaved(family) >= thresholds.lines;
}

function linesSaved(family: readonly NamelessForm[]): number {
  return family.reduce((sum, { score }) => sum + score.linesBefore - score.linesAfter, 0);
}

/** And members of a family's program that are alike enough, in another shape: they were never compared with it. */
function withOtherShapes(
  known: readonly NearMiss[],
  blocks: readonly Block[],
  families: Named,
  { level, thresholds, decisions }: FamilyOptions,
): readonly NearMiss[] {
  const inFamily = new Set(
    families.flatMap(([, family]) => family.flatMap((form) => form.members.map(({ id }) => id))),
  );
  const told = new Set(known.flatMap((miss) => [miss.member, miss.family]));
  const found = blocks.flatMap(({ program, members }) =>
    members
      .filter(({ id }) => !inFamily.has(id) && !told.has(id))
      .flatMap((member): NearMiss[] => {
        for (const [name, family] of families) {
          const first = family[0]?.program === program ? family[0].members[0] : undefined;
          if (first === undefined || similarityOf(first, member) < thresholds.similarity) continue;
          const result = generalise([first, member], decisions.secrets, level);
          if (result.kind === 'pattern') continue;
          const { clash } = result;
          return [
            {
              member: member.id,
              family: name,
              reason: clashText(clash.reason),
              where: pathText(clash.path),
              values: clash.values,
            },
          ];
        }
        return [];
      }),
  );
  return [...known, ...found];
}

/** A family that is not worth a template: one of its members speaks for all. */
function tooSmall(family: readonly NamelessForm[], { thresholds }: FamilyOptions): readonly NearMiss[] {
  const [first, second] = family.flatMap((form) => form.members);
  if (first === undefined || second === undefined) return [];
  const members = family.reduce((sum, form) => sum + form.members.length, 0);
  const saved = linesSaved(family);
  const reason =
    members < thresholds.members
      ? `they would be ${members}, fewer than dedup.members`
      : `a template for the ${members} of them would ${saved < 0 ? `cost ${-saved}` : `save ${saved}`} lines; dedup.lines asks for ${thresholds.lines}`;
  return [{ member: second.id, family: first.id, reason, where: '', values: ['', ''] }];
}

function familyOf(name: string, forms: readonly NamelessForm[], options: FamilyOptions): Family {
  const members = forms.flatMap((form) => form.members);
  const manifests = new Set(members.map((member) => member.manifest ?? member.id));
  const named = forms.map(({ program: _program, ...form }, at): Form => {
    const [head] = forms;
    const own = forms[at];
    const part = at === 0 || head === undefined || own === undefined ? undefined : partThatDiffers(head, own);
    return {
      name: part === undefined ? name : `${name}-${part}`,
      ...pinned(form, options.decisions.representative.get(name), options),
    };
  });
  return { name, level: options.level, kind: manifests.size === 1 ? 'one-manifest' : 'alike', forms: named };
}

/** The form with the order and the comments of the member that a person chose. */
function pinned(
  form: Omit<Form, 'name'>,
  representative: string | undefined,
  options: FamilyOptions,
): Omit<Form, 'name'> {
  const chosen = form.members.find((member) => member.id === representative);
  if (chosen === undefined) return form;
  const members = [chosen, ...form.members.filter((member) => member !== chosen)];
  const result = generalise(members, options.decisions.secrets, options.level);
  if (result.kind === 'clash') return form;
  return provedForm({ members, general: result.general }, options) ?? form;
}

function nearMisses(
  strays: readonly Stray[],
  uneven: readonly Member[],
  families: readonly Family[],
): readonly NearMiss[] {
  const homes = new Map(
    families.flatMap((family) =>
      family.forms.flatMap((form) => form.members.map((member) => [member.id, family.name] as const)),
    ),
  );
  // Once for each member; of two that do not fit each other, one.
  const told = new Set<string>();
  const clashes = strays.flatMap(({ member, beside, group, clash }): NearMiss[] => {
    if (homes.has(member.id) || told.has(member.id) || told.has(`${beside.id} beside ${member.id}`)) return [];
    told.add(member.id).add(`${member.id} beside ${beside.id}`);
    return [
      {
        member: member.id,
        family: homes.get(group?.members[0]?.id ?? '') ?? beside.id,
        reason:
          clash === undefined ? 'it would need more parameters than dedup.parameters allows' : clashText(clash.reason),
        where: clash === undefined ? '' : pathText(clash.path),
        values: clash === undefined ? ['', ''] : clash.values,
      },
    ];
  });
  const apart = uneven.map((member): NearMiss => {
    const alone = generalise([member], []);
    const { path, values } = alone.kind === 'clash' ? alone.clash : { path: [], values: ['', ''] as const };
    const reason = 'its structure differs between environments';
    return { member: member.id, family: '', reason, where: pathText(path), values };
  });
  return sortedBy([...clashes, ...apart], (miss) => miss.member);
}
