import { sortedBy } from '../core/order.ts';
import type { Value } from '../ir/value.ts';
import { factsOf } from './facts.ts';
import { generalise } from './generalise.ts';
import { jaccardOf } from './similar-pairs.ts';
import type { Form, Member, Thresholds } from './types.ts';

/** A form before its family has a name, with the program that its members run. */
export interface NamelessForm extends Omit<Form, 'name'> {
  readonly program: string;
}

/**
 * Forms that belong to one family: the same program, members as alike as inside a form, and a part that one form has and the other
 * lacks. Argo has no optional parts, so that each form is a template of its own beside the other. A family has at most two.
 */
export function inFamilies(
  forms: readonly NamelessForm[],
  thresholds: Thresholds,
): readonly (readonly NamelessForm[])[] {
  const left = sortedBy(forms, (form) => form.members[0]?.id ?? '').sort((a, b) => b.members.length - a.members.length);
  const families: NamelessForm[][] = [];
  for (const form of left) {
    const home = families.find(
      (family) => family.length === 1 && family.every((other) => areForms(other, form, thresholds)),
    );
    if (home === undefined) families.push([form]);
    else home.push(form);
  }
  return families;
}

function areForms(a: NamelessForm, b: NamelessForm, thresholds: Thresholds): boolean {
  const [first, second] = [a.members[0], b.members[0]];
  if (a.program !== b.program || first === undefined || second === undefined) return false;
  // Most forms of one program are not alike, which is quickly seen.
  return similarityOf(first, second) >= thresholds.similarity && partThatDiffers(a, b) !== undefined;
}

/** The share of equal facts in the last environment that both have; 0 where they have none in common. */
export function similarityOf(first: Member, second: Member): number {
  const environment = [...first.bodies.keys()].filter((name) => second.bodies.has(name)).at(-1) ?? '';
  const [one, other] = [first, second].map((member) => (member.whole ?? member.bodies).get(environment));
  return one === undefined || other === undefined ? 0 : jaccardOf(factSet(one), factSet(other));
}

/** Every form is compared with many others. */
const factSets = new WeakMap<Value, ReadonlySet<string>>();

function factSet(body: Value): ReadonlySet<string> {
  const known = factSets.get(body) ?? new Set(factsOf(body));
  factSets.set(body, known);
  return known;
}

/** `with-proxy`: what the second form is called behind the family's name; undefined where the forms differ otherwise. */
export function partThatDiffers(first: NamelessForm, second: NamelessForm): string | undefined {
  const [a, b] = [first.members[0], second.members[0]];
  if (a === undefined || b === undefined) return undefined;
  const result = generalise([a, b], []);
  if (result.kind !== 'clash') return undefined;
  const { clash } = result;
  if (clash.reason !== 'optional-part' && clash.reason !== 'list-length') return undefined;
  const part = (clash.path.at(-1)?.key ?? 'part')
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .toLowerCase();
  const has = clash.columns[0].member === b.id;
  return `${has ? 'with' : 'without'}-${part === '' ? 'part' : part}`;
}
