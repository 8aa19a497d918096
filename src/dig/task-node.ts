import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import { nameOf } from '../yaml/merge-keys.ts';
import { asText } from './coerce.ts';
import type { Draft } from './compile-tasks.ts';
import type { DigOperator, DigTask, YamlEntry, YamlMap, YamlNode } from './types.ts';

/** Keys with a meaning of their own to Digdag; on operators all others are parameters. */
const directives: ReadonlySet<string> = new Set([
  '_export',
  '_retry',
  '_parallel',
  '_background',
  '_after',
  '_error',
  '_check',
  '_do',
  '_else_do',
  '_secrets',
  '_env',
  '_disable',
  '_type',
  '_command',
]);

/** A task with all that its siblings decide. */
export function taskOf(draft: Draft, place: Pick<DigTask, 'background' | 'after' | 'upstreams'>): DigTask {
  const { config, kind } = draft;
  const value = (key: string): YamlNode | undefined => config.find((entry) => entry.key === key)?.value;
  const mapping = (key: string): YamlMap | undefined => {
    const node = value(key);
    return node?.kind === 'map' ? node : undefined;
  };
  const optional = {
    operator: kind === 'operator' ? operatorOf(config) : undefined,
    comment: draft.comment,
    exports: mapping('_export'),
    retry: value('_retry'),
    parallel: value('_parallel'),
    error: mapping('_error'),
    check: mapping('_check'),
    do: mapping('_do'),
    elseDo: mapping('_else_do'),
    secrets: value('_secrets'),
    env: mapping('_env'),
  };
  const { name, fullName, index, keySpan, disabled, children } = draft;
  const local =
    kind === 'operator' ? config.filter((entry) => !directives.has(entry.key) && !entry.key.endsWith('>')) : [];
  const used = draft.node.entries.filter(
    ({ key }) => (disabled || !key.startsWith('+')) && !config.some((entry) => entry.key === key),
  );
  return {
    name,
    fullName,
    index,
    span: draft.node.span,
    keySpan,
    kind,
    config,
    used,
    local,
    disabled,
    children,
    ...place,
    ...present(optional),
  };
}

function present<T extends object>(fields: T): { readonly [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, field]) => field !== undefined)) as {
    readonly [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** `_type` wins over a key with ">", and then the command is `_command`. */
function operatorOf(config: readonly YamlEntry[]): DigOperator | undefined {
  const type = config.find((entry) => entry.key === '_type');
  if (type !== undefined) {
    const command = config.find((entry) => entry.key === '_command')?.value;
    return {
      type: asText(type.value) ?? nameOf(type.value),
      keySpan: type.keySpan,
      ...(command === undefined ? {} : { command }),
    };
  }
  const operator = config.find((entry) => entry.key.endsWith('>'));
  return operator === undefined
    ? undefined
    : { type: operator.key.slice(0, -1), command: operator.value, keySpan: operator.keySpan };
}

/** What loads well and fails at run time, for the task alone. */
export function warnOfRunTimeFailures(task: DigTask, sink: DiagnosticSink): void {
  for (const { key, value, keySpan } of task.config) {
    // On a group `_check` is never looked at; `_do` may be JSON text.
    const mapping =
      key === '_export' ||
      (task.kind === 'operator' && (key === '_check' || key === '_env')) ||
      (['_do', '_else_do'].includes(key) && value.kind !== 'string');
    if (mapping && value.kind !== 'map' && value.kind !== 'null')
      sink.add(
        diagnose(
          'DIG_FAILS_AT_RUN',
          { task: task.fullName, key, problem: `must be a mapping, found ${nameOf(value)}` },
          { span: keySpan },
        ),
      );
  }
  for (const child of task.children) warnOfRunTimeFailures(child, sink);
}
