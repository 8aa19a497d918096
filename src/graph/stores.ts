import type { RepoPath } from '../core/source.ts';
import type { TaskId } from '../ir/graph.ts';
import { entriesOf, staticText } from '../ir/read-value.ts';
import type { Value } from '../ir/value.ts';
import { methodSource } from '../launchers/method-files.ts';

/** What a task may leave behind for the tasks after it. */
export interface StoreSource {
  readonly task: TaskId;
  /** Names that it stores, as far as they are known. */
  readonly names: ReadonlySet<string>;
  /** True where it may store other names too. */
  readonly open: boolean;
}

export interface StoringStep {
  readonly task: TaskId;
  readonly operator: string;
  readonly command: Value;
  readonly options: ReadonlyMap<string, Value>;
  readonly workdir: string;
}

/**
 * Parameter that an operator stores by itself, and the option it takes for that.
 * @see digdag-standards 0.10.5, the `storeParams` of each operator
 */
const ownStores: ReadonlyMap<string, { readonly name: string; readonly option?: string }> = new Map([
  ['http', { name: 'http', option: 'store_content' }],
  ['pg', { name: 'pg', option: 'store_last_results' }],
  ['redshift', { name: 'redshift', option: 'store_last_results' }],
  ['emr', { name: 'emr' }],
  ['s3_wait', { name: 's3' }],
  ['gcs_wait', { name: 'gcs_wait' }],
  ...['td', 'td_run', 'td_ddl', 'td_load', 'td_table_export', 'td_partial_delete', 'td_result_export', 'td_wait'].map(
    (operator) => [operator, { name: 'td' }] as const,
  ),
  ...['bq', 'bq_ddl', 'bq_load', 'bq_extract'].map((operator) => [operator, { name: 'bq' }] as const),
]);

/** Operators that store nothing, whatever they run. */
const silent: ReadonlySet<string> = new Set([
  'sh',
  'echo',
  'fail',
  'wait',
  'mail',
  'embulk',
  'notify',
  'param_set',
  'redshift_load',
  'redshift_unload',
  'td_for_each',
  'td_wait_table',
]);

/** What the step may store; undefined for nothing. `read` gives a file of the project. */
export function storeOf(step: StoringStep, read: (path: RepoPath) => string | undefined): StoreSource | undefined {
  const known = ownStores.get(step.operator);
  if (known !== undefined) {
    const stores = known.option === undefined || isOn(step.options.get(known.option));
    return stores ? { task: step.task, names: new Set([known.name]), open: false } : undefined;
  }
  if (silent.has(step.operator)) return undefined;
  if (step.operator === 'param_get') {
    const names = entriesOf(step.command).map(([key, value]) => staticText(value) ?? key);
    return { task: step.task, names: new Set(names), open: false };
  }
  const source = methodSource(step, read);
  if (source === undefined) return { task: step.task, names: new Set(), open: true };
  const own = methodBody(source, staticText(step.command)?.split('.').at(-1) ?? '');
  // What the method itself does not store, something that it calls may.
  return storedBy(step, own !== undefined && /\bstore\b/.test(own) ? own : source);
}

function isOn(option: Value | undefined): boolean {
  if (option === undefined) return false;
  if (option.kind === 'scalar') return option.value === true;
  return staticText(option) !== 'false';
}

/** The lines of a Python or Ruby method: those below its `def` that stand further in. */
function methodBody(source: string, name: string): string | undefined {
  const lines = source.split('\n');
  const start = lines.findIndex((line) =>
    new RegExp(`^\\s*def\\s+(?:self\\.)?${name.replaceAll(/\W/g, '')}\\b`).test(line),
  );
  if (start < 0) return undefined;
  const indent = /^\s*/.exec(lines[start] ?? '')?.[0].length ?? 0;
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => line.trim() !== '' && (/^\s*/.exec(line)?.[0].length ?? 0) <= indent);
  return rest.slice(0, end < 0 ? rest.length : end).join('\n');
}

/** The keys of `digdag.env.store({'key': …})` in the source; what is stored in another form leaves the list open. */
function storedBy(step: StoringStep, source: string): StoreSource | undefined {
  const calls = [...source.matchAll(/\bstore\s*(?:\(([^)]*)|\s+([^\n]*))/g)].filter(
    (call) => !/\bdef\s+$/.test(source.slice(0, call.index)),
  );
  if (calls.length === 0) return undefined;
  const names = new Set<string>();
  let open = false;
  for (const call of calls) {
    const written = (call[1] ?? call[2] ?? '').trim();
    const keys = [
      ...written.matchAll(/(?:^\{|[{,]|^)\s*(?:['"]([\w-]+)['"]\s*(?::|=>)|([A-Za-z_]\w*)(?::\s|=(?!=)))/g),
    ];
    for (const key of keys) names.add(key[1] ?? key[2] ?? '');
    if (keys.length === 0) open = true;
  }
  return { task: step.task, names, open };
}
