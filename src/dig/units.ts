import type { Unit } from '../core/accounting.ts';
import type { LoadedDig, YamlNode } from './types.ts';

/** What must be accounted for: each key and each scalar value as written in the files, and schedules that are commented out. */
export function digUnits(loaded: LoadedDig): readonly Unit[] {
  const units: Unit[] = [];
  for (const part of loaded.parts) {
    addUnits(part.root, '', units);
    const schedule = part.commentedSchedule;
    if (schedule !== undefined)
      units.push({
        kind: 'commented-schedule',
        span: schedule.span,
        label: `${schedule.operator}>: ${schedule.written}`,
      });
  }
  return units;
}

function addUnits(node: YamlNode, path: string, units: Unit[]): void {
  if (node.kind === 'map') {
    for (const { key, keySpan, value } of node.entries) {
      const shown = /^!include:\d+$/.test(key) ? '!include' : key;
      const below = path === '' ? shown : `${path}.${shown}`;
      units.push({ kind: 'dig-key', span: keySpan, label: below });
      addUnits(value, below, units);
    }
  } else if (node.kind === 'list')
    for (const [at, item] of node.items.entries()) addUnits(item, `${path}[${at}]`, units);
  else if (node.span.start.offset !== node.span.end.offset)
    units.push({ kind: 'dig-value', span: node.span, label: path });
}
