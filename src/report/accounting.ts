import type { AccountedUnit } from '../core/accounting.ts';
import { sortedBy } from '../core/order.ts';
import type { Report } from './types.ts';

type DroppedRow = Report['accounting']['dropped'][number];

/** What became of the units of the legacy tree; drops counted by rule and reason. */
export function accountingOf(units: readonly AccountedUnit[]): Report['accounting'] {
  const dropped = new Map<string, DroppedRow>();
  for (const { fate } of units) {
    if (fate.kind !== 'dropped') continue;
    const key = dropKey(fate);
    dropped.set(key, { rule: fate.rule, reason: fate.reason, count: (dropped.get(key)?.count ?? 0) + 1 });
  }
  return {
    consumed: units.filter(({ fate }) => fate.kind === 'consumed').length,
    dropped: sortedBy(dropped.values(), dropKey),
    unaccounted: units
      .filter(({ fate }) => fate.kind === 'unaccounted')
      .map(({ unit }) => ({ kind: unit.kind, label: unit.label, span: unit.span })),
  };
}

function dropKey({ rule, reason }: { readonly rule: string; readonly reason: string }): string {
  return `${rule}\u0000${reason}`;
}
