import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import type { SourceSpan } from '../core/source.ts';
import type { Order, Retry, Task } from '../ir/graph.ts';
import { entryOf, staticInteger, staticScalar, staticText } from '../ir/read-value.ts';
import type { Value } from '../ir/value.ts';
import type { YamlMap, YamlNode } from '../yaml/node.ts';

/** `_retry: N` or `{limit, interval, interval_type, max_interval}`; numbers may be written as text. */
export function readRetry(value: Value, span: SourceSpan, sink: DiagnosticSink): Retry | undefined {
  const limit = staticInteger(value.kind === 'map' ? entryOf(value, 'limit') : value);
  if (limit === undefined) {
    sink.add(diagnose('GRAPH_NOT_STATIC', { directive: '_retry' }, { span }));
    return undefined;
  }
  const maximum = staticInteger(entryOf(value, 'max_interval'));
  return {
    limit,
    intervalSeconds: staticInteger(entryOf(value, 'interval')) ?? 0,
    growth: staticText(entryOf(value, 'interval_type'))?.toLowerCase() === 'exponential' ? 'exponential' : 'constant',
    ...(maximum === undefined ? {} : { maxIntervalSeconds: maximum }),
  };
}

/** `_parallel: true` or `{limit: N}`; a limit below one means no limit. */
export function readOrder(value: Value | undefined): Order {
  if (value?.kind === 'map') {
    const limit = staticInteger(entryOf(value, 'limit'));
    return limit === undefined || limit < 1 ? { kind: 'parallel' } : { kind: 'parallel', limit };
  }
  return { kind: staticScalar(value)?.trim() === 'true' ? 'parallel' : 'serial' };
}

/** The options of `require>`. */
export function readRequire(
  options: ReadonlyMap<string, Value>,
): Pick<Extract<Task, { kind: 'require' }>, 'session' | 'ignoreFailure' | 'rerunOn' | 'params' | 'elsewhere'> {
  const rerun = staticText(options.get('rerun_on'));
  const session = options.get('session_time');
  const params = options.get('params');
  const elsewhere = options.get('project_name') ?? options.get('project_id');
  return {
    ignoreFailure: staticScalar(options.get('ignore_failure')) === 'true',
    rerunOn: rerun === 'failed' || rerun === 'all' ? rerun : 'none',
    ...(session === undefined ? {} : { session }),
    ...(params === undefined ? {} : { params }),
    ...(elsewhere === undefined ? {} : { elsewhere: staticScalar(elsewhere) ?? '?' }),
  };
}

const slaKeys: ReadonlySet<string> = new Set(['time', 'duration', 'alert', 'fail']);

/** What an `sla` holds beside its own keys: a task. */
export function tasksOfSla(node: YamlNode | undefined): YamlMap | undefined {
  if (node?.kind !== 'map') return undefined;
  const entries = node.entries.filter((entry) => !slaKeys.has(entry.key));
  return entries.length === 0 ? undefined : { ...node, entries };
}
