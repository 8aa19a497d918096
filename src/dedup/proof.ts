import { mapTexts } from '../ir/read-value.ts';
import type { MapValue, TextPart, Value } from '../ir/value.ts';
import { withoutCallerFields } from './caller-fields.ts';
import type { FamilyBody } from './family-body.ts';
import { renameInputs } from './own-inputs.ts';
import { withPatchedResources } from './patched-resources.ts';
import { leafText, textKey } from './plain-text.ts';
import type { Column, Generalisation, Level, Member } from './types.ts';

/**
 * Substitutes each column's row into the family's template and compares with the member as it was converted, in each environment;
 * what the calling workflow says for it is checked where the workflows are rewritten.
 * The columns that do not come out the same; empty is the proof.
 */
export function unprovedColumns(
  general: Generalisation,
  family: FamilyBody,
  members: readonly Member[],
  level: Level,
): readonly Column[] {
  return general.columns.filter((column, at) => {
    const wanted = members.find((member) => member.id === column.member)?.bodies.get(column.environment);
    return (
      wanted === undefined ||
      textKey(withPatchedResources(expanded(general, family, at, level))) !==
        textKey(withPatchedResources(withoutCallerFields(wanted, general.callerFields)))
    );
  });
}

/** The family's template with one column's values, its own inputs called as in the members' bodies. */
function expanded(general: Generalisation, family: FamilyBody, column: number, level: Level): MapValue {
  const rowOf = new Map(general.holes.map((hole) => [hole.name, hole.values[column]]));
  const scope = level === 'step' ? 'inputs' : 'workflow';
  const tag = new RegExp(`\\{\\{${scope}\\.parameters\\.([A-Za-z0-9_-]+)\\}\\}`, 'g');
  const replace = (part: TextPart): TextPart => {
    if (part.kind !== 'literal') return part;
    const text = part.text.replaceAll(tag, (whole, name: string) => {
      const value = rowOf.get(name);
      return value === undefined ? whole : leafText(value);
    });
    return { ...part, text };
  };
  const own = new Map([...family.ownInputs].map(([inner, outer]) => [outer, inner]));
  const substituted = renameInputs(withoutHoles(family.body, rowOf), own);
  const body = mapTexts(substituted, (text) => ({ ...text, parts: text.parts.map(replace) }));
  if (body.kind !== 'map') throw new Error('a body is a map');
  return body;
}

/** The inputs that are holes are not the member's own. */
function withoutHoles(body: MapValue, holes: ReadonlyMap<string, unknown>): MapValue {
  const inputs = body.entries.get('inputs');
  const parameters = inputs?.kind === 'map' ? inputs.entries.get('parameters') : undefined;
  if (inputs?.kind !== 'map' || parameters?.kind !== 'list') return body;
  const items = parameters.items.filter((item) => {
    const name = item.kind === 'map' ? item.entries.get('name') : undefined;
    return name === undefined || !holes.has(leafText(name));
  });
  const left: Value = { ...parameters, items };
  const entries = new Map(body.entries);
  if (items.length === 0) entries.delete('inputs');
  else entries.set('inputs', { ...inputs, entries: new Map([...inputs.entries, ['parameters', left]]) });
  return { ...body, entries };
}
