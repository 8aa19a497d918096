import { expect, test } from 'vitest';
import { findFamilies } from '../../../src/dedup/find-families.ts';
import { defaultThresholds, type Family, noDecisions } from '../../../src/dedup/types.ts';
import { k8sNames } from '../../../src/k8s/names.ts';
import { dedupCorpus, pairScores } from '../../helpers/dedup-corpus.ts';

const options = {
  level: 'step',
  thresholds: defaultThresholds,
  decisions: noDecisions,
  lines: () => 60,
  names: (wishes: readonly string[]) => k8sNames(wishes),
} as const;

test('generated families are found whole, and no decoy with them', () => {
  const { members, truth } = dedupCorpus(600, 48, 7);
  const { families } = findFamilies(members, options);
  const found = families.map((family) => family.forms.flatMap((form) => form.members.map((member) => member.id)));
  expect(found.length).toBeGreaterThan(40);
  const { precision, recall } = pairScores(found, truth);
  expect(precision).toBeGreaterThanOrEqual(0.99);
  expect(recall).toBeGreaterThanOrEqual(0.97);
});

test('the order of the members decides nothing', () => {
  const { members } = dedupCorpus(200, 16, 3);
  expect(findFamilies([...members].reverse(), options)).toEqual(findFamilies(members, options));
});

test('adding a job changes only the family that it joins', () => {
  const { members } = dedupCorpus(200, 16, 5);
  const before = findFamilies(members, options).families;
  const [family] = before;
  const [like] = family?.forms[0]?.members ?? [];
  if (family === undefined || like === undefined) throw new Error('no family');
  const joining = { ...like, id: 'zz-new/run', job: 'zz-new' };
  const after = findFamilies([...members, joining], options).families;
  expect(after.map((each) => each.name)).toEqual(before.map((each) => each.name));
  const changed = after.filter((each, at) => JSON.stringify(bodies(each)) !== JSON.stringify(bodies(before[at])));
  expect(changed.every((each) => each.name === family.name)).toBe(true);
  expect(after[0]?.forms[0]?.members.map((member) => member.id)).toContain('zz-new/run');
});

function bodies(family: Family | undefined): unknown {
  return family?.forms.map((form) => [
    form.members.map((member) => member.id),
    form.general.holes.map((hole) => hole.name),
  ]);
}
test('members in which rights differ stay apart', () => {
  const { members } = dedupCorpus(300, 24, 11);
  const { families: found } = findFamilies(members, options);
  const folded = found.flatMap((family) => family.forms.flatMap((form) => form.members.map((member) => member.id)));
  expect(members.filter((member) => member.id.startsWith('rights-')).length).toBeGreaterThan(3);
  expect(folded.filter((id) => id.startsWith('rights-'))).toEqual([]);
});
