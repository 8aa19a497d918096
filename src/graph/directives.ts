import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import type { Order, Retry } from '../ir/graph.ts';
import { valueNamed, type YamlNode } from '../yaml/node.ts';

/** `_retry: N` or `{limit, interval, interval_type, max_interval}`; numbers may be written as text. */
export function readRetry(node: YamlNode | undefined, sink: DiagnosticSink): Retry | undefined {
  if (node === undefined) return undefined;
  const limit = integerOf(node.kind === 'map' ? valueNamed(node, 'limit') : node);
  if (limit === undefined) {
    sink.add(diagnose('GRAPH_NOT_STATIC', { directive: '_retry' }, { span: node.span }));
    return undefined;
  }
  const interval = integerOf(valueNamed(node, 'interval')) ?? 0;
  const kind = valueNamed(node, 'interval_type');
  const maximum = integerOf(valueNamed(node, 'max_interval'));
  return {
    limit,
    intervalSeconds: interval,
    growth: kind?.kind === 'string' && kind.value === 'exponential' ? 'exponential' : 'constant',
    ...(maximum === undefined ? {} : { maxIntervalSeconds: maximum }),
  };
}

/** `_parallel: true` or `{limit: N}`; a limit below one means no limit. */
export function readOrder(node: YamlNode | undefined): Order {
  if (node?.kind === 'bool' && node.value) return { kind: 'parallel' };
  if (node?.kind === 'string' && node.value === 'true') return { kind: 'parallel' };
  if (node?.kind !== 'map') return { kind: 'serial' };
  const limit = integerOf(valueNamed(node, 'limit'));
  return limit === undefined || limit < 1 ? { kind: 'parallel' } : { kind: 'parallel', limit };
}

function integerOf(node: YamlNode | undefined): number | undefined {
  if (node?.kind === 'int') return Number(node.value);
  if (node?.kind === 'string' && /^\s*\d+\s*$/.test(node.value)) return Number(node.value);
  return undefined;
}
