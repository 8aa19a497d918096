import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import { partsOf, spanOf } from '../ir/read-value.ts';
import type { Value } from '../ir/value.ts';
import { zoneTable } from '../sandbox/zones.ts';

/** One finding for each expression below `value` that could not be read. */
export function reportOpaque(value: Value, sink: DiagnosticSink): void {
  for (const part of partsOf(value)) {
    if (part.kind !== 'runtime' || part.expr.kind !== 'opaque' || part.expr.engine !== 'digdag') continue;
    sink.add(
      diagnose(
        'EXPR_NOT_TRANSLATED',
        { expression: part.expr.source, reason: part.expr.reason },
        { span: spanOf(part.from) },
      ),
    );
  }
}

/**
 * True for zones where Digdag's default engine on Java 11 and later computes wrongly: GraalJS 19.3 takes the zone's offset of 1970-01-01
 * for its standard time.
 */
export function zoneDiffersInGraal(zone: string): boolean {
  const table = zoneTable(zone);
  if (table === undefined) return false;
  const then = table.offsets[table.untils.findIndex((until) => until === null || until > 0)] ?? 0;
  const { offsets, untils } = table;
  const last = offsets.at(-1) ?? 0;
  const standard = (untils.at(-2) ?? 0) > 2e12 ? Math.max(last, offsets.at(-2) ?? last) : last;
  return then !== standard;
}
