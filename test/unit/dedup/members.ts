import { parse } from 'yaml';
import { type Families, type FamilyOptions, findFamilies } from '../../../src/dedup/find-families.ts';
import { inputOrder, renameInputs } from '../../../src/dedup/own-inputs.ts';
import type { Family, Member } from '../../../src/dedup/types.ts';
import { defaultThresholds, noDecisions } from '../../../src/dedup/types.ts';
import { fromPlain, type PlainData } from '../../../src/emit/plain-value.ts';
import type { MapValue } from '../../../src/ir/value.ts';
import { k8sNames } from '../../../src/k8s/names.ts';

/** A body from YAML. */
function bodyOf(yaml: string): MapValue {
  const value = fromPlain(parse(yaml) as PlainData, 'test');
  if (value.kind !== 'map') throw new Error('a body is a map');
  return value;
}

/** `job/template` with a body for each environment. */
export function memberOf(id: string, bodies: Readonly<Record<string, string>>): Member {
  const [job = '', template = ''] = id.split('/');
  const read = Object.entries(bodies).map(([environment, yaml]): [string, MapValue] => [environment, bodyOf(yaml)]);
  const names = new Map(
    inputOrder(read[0]?.[1] ?? bodyOf('{}')).map((name, at): [string, string] => [name, `in${at + 1}`]),
  );
  return {
    id,
    job,
    template,
    bodies: new Map(read.map(([environment, body]) => [environment, renameInputs(body, names)])),
    inputs: names,
  };
}

export function familiesOf(members: readonly Member[], more: Partial<FamilyOptions> = {}): Families {
  return findFamilies(members, {
    level: 'step',
    thresholds: { ...defaultThresholds, lines: 0 },
    decisions: noDecisions,
    lines: (body) => JSON.stringify([...body.entries.keys()]).length,
    names: (wishes) => k8sNames(wishes),
    ...more,
  });
}

export function only(found: Families): Family {
  const [family, ...others] = found.families;
  if (family === undefined || others.length > 0) throw new Error(`${found.families.length} families`);
  return family;
}
