import { freeName } from '../core/free-name.ts';
import { compareText, sortedBy } from '../core/order.ts';
import { withEntry } from '../ir/build-value.ts';
import { entryOf, itemsOf } from '../ir/read-value.ts';
import type { MapValue } from '../ir/value.ts';
import { callingShared } from './call-shared.ts';
import { type CalledPart, calledParts, positionName, withNames } from './called-files.ts';
import { inRounds } from './called-order.ts';
import { familyBody } from './family-body.ts';
import { fitting, type Group } from './groups.ts';
import { describeHole } from './hole-text.ts';
import type { ConvertedJobs } from './members.ts';
import { unprovedColumns } from './proof.ts';
import type { SharedFile } from './shared-file.ts';
import { inputNames, withThreadedInputs } from './thread-inputs.ts';
import type { Decisions, Generalisation, Thresholds } from './types.ts';

export interface SharedFileOptions {
  readonly thresholds: Thresholds;
  readonly decisions: Decisions;
  readonly reference: string;
  /** A valid name that no workflow has. */
  readonly name: (wish: string) => string;
}

/** The template of a called file that its callers name. */
const ENTRY = 'tasks';

/** The jobs as they call the files that they share. */
export interface SharedFiles {
  readonly jobs: ConvertedJobs;
  readonly files: readonly SharedFile[];
}

/** The files that `call>` of at least two jobs runs alike: each is one WorkflowTemplate. A called file comes before those that call it. */
export function withSharedFiles(jobs: ConvertedJobs, options: SharedFileOptions): SharedFiles {
  const files: SharedFile[] = [];
  let left = jobs;
  for (const round of inRounds(jobs)) {
    const taken = new Set(files.map(({ name }) => name));
    const found = sharedIn(left, round, taken, options);
    left = callingShared(left, found);
    files.push(...found);
  }
  return { jobs: left, files: sortedBy(files, ({ name }) => name) };
}

function sharedIn(
  jobs: ConvertedJobs,
  round: ReadonlySet<string>,
  taken: ReadonlySet<string>,
  options: SharedFileOptions,
): readonly SharedFile[] {
  const byFile = new Map<string, CalledPart[]>();
  for (const part of sortedBy(calledParts(jobs, options.reference), ({ member }) => member.id))
    if (round.has(part.file)) byFile.set(part.file, [...(byFile.get(part.file) ?? []), part]);
  const found = sortedBy(byFile, ([file]) => file).flatMap(([file, parts]) =>
    groupsOf(parts, options).map((group) => ({ file, ...group })),
  );
  const { reject, rename } = options.decisions;
  const used = new Set(taken);
  return found.flatMap((each): SharedFile[] => {
    const free = freeName(nameOf(each.file), '-', { has: (wish) => used.has(options.name(wish)) });
    const name = options.name(free);
    used.add(name);
    if (reject.has(name) || reject.has(each.file)) return [];
    return [{ ...each, name: rename.get(name) ?? name }];
  });
}

/** `lib/load.dig` → `load`. */
function nameOf(file: string): string {
  return file.replace(/^.*\//, '').replace(/\.dig$/, '');
}

type Shareable = Pick<SharedFile, 'parts' | 'general' | 'templates'>;

/** Each call joins the first ones that it fits. */
function groupsOf(parts: readonly CalledPart[], options: SharedFileOptions): readonly Shareable[] {
  const groups: { parts: CalledPart[]; shareable: Shareable | undefined }[] = [];
  for (const part of parts) {
    const home = groups.find((group) => {
      const shareable = shareableOf([...group.parts, part], options);
      if (shareable === undefined) return false;
      group.parts.push(part);
      group.shareable = shareable;
      return true;
    });
    if (home === undefined) groups.push({ parts: [part], shareable: undefined });
  }
  return groups.flatMap(({ shareable }) =>
    shareable !== undefined && new Set(shareable.parts.map(({ member }) => member.job)).size > 1 ? [shareable] : [],
  );
}

/** The templates that all these calls can share; undefined where they say something else, or too much differs. */
function shareableOf(parts: readonly CalledPart[], options: SharedFileOptions): Shareable | undefined {
  const members = parts.map(({ member }) => member);
  const { group } = fitting(members, { ...options, level: 'workflow' });
  if (group === undefined || group.general.holes.some(isOfItems)) return undefined;
  const general = withFreeNames(group);
  const made = familyBody(general, members, 'workflow', describeHole);
  if (made === undefined || unprovedColumns(general, made, members, 'workflow').length > 0) return undefined;
  const names = namesFor(parts);
  const bodies = itemsOf(entryOf(made.body, 'templates')).flatMap((template, at): [string, MapValue][] => {
    if (template.kind !== 'map') return [];
    return [[names.get(positionName(at)) ?? '', withNames(withEntry(template, 'name', undefined), names)]];
  });
  return { parts, general, templates: withThreadedInputs(bodies) };
}

/** The items of a loop are its structure. */
function isOfItems(hole: Generalisation['holes'][number]): boolean {
  return hole.places.some((path) => path.some((step) => step.key === 'withItems'));
}

/** No value is called as an input that a template has already. */
function withFreeNames({ general, members }: Group): Generalisation {
  const taken = new Set(
    members.flatMap((member) =>
      [...member.bodies.values()].flatMap((body) => itemsOf(entryOf(body, 'templates')).flatMap(inputNames)),
    ),
  );
  const holes = general.holes.map((hole) => {
    const name = freeName(hole.name, '_', taken);
    taken.add(name);
    return { ...hole, name };
  });
  return { ...general, holes };
}

/** Position → name in the WorkflowTemplate. */
function namesFor(parts: readonly CalledPart[]): ReadonlyMap<string, string> {
  const all = parts.flatMap((part) => [...part.names.values()]);
  const taken = new Set<string>();
  const count = Math.max(...all.map((names) => names.length));
  return new Map(
    Array.from({ length: count }, (_, at): [string, string] => {
      const wish = at === 0 ? ENTRY : wishFor(all.map((names) => [names[0] ?? '', names[at] ?? '']));
      const name = freeName(wish, '-', taken);
      taken.add(name);
      return [positionName(at), name];
    }),
  );
}

/** What all callers name after their own step is named after the entry; else the name that got the fewest numbers. */
function wishFor(names: readonly (readonly [entry: string, name: string])[]): string {
  const ends = names.map(([entry, name]) => (name.startsWith(`${entry}-`) ? name.slice(entry.length) : undefined));
  const [end] = ends;
  if (end !== undefined && new Set(names.map(([entry]) => entry)).size > 1 && ends.every((each) => each === end))
    return `${ENTRY}${end}`;
  const [shortest = ENTRY] = names.map(([, name]) => name).sort((a, b) => a.length - b.length || compareText(a, b));
  return shortest;
}
