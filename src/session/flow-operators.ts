import { type ConfigMap, type ConfigValue, isMap, toJson } from '../expr/config-value.ts';
import { configError } from './operator-error.ts';
import { parseList, parseMap, readBoolean, readInteger, readMap } from './read-config.ts';

/** Digdag's limit of tasks in one attempt (`executor.task_max_run`). */
const taskLimit = 1000;

/** The tasks that `loop>`, `for_each>`, `for_range>` and `if>` generate; undefined for other operators. */
export function flowSubtask(type: string, config: ConfigMap): ConfigMap | undefined {
  switch (type) {
    case 'loop':
      return loop(config);
    case 'for_each':
      return forEach(config);
    case 'for_range':
      return forRange(config);
    case 'if':
      return branch(config);
    default:
      return undefined;
  }
}

function loop(config: ConfigMap): ConfigMap {
  const body = readMap(config, '_do');
  const count = config.has('count') ? readInteger(config, 'count') : readInteger(config, '_command');
  if (count > taskLimit) configError(`Too many loop subtasks. Limit: ${taskLimit}`);
  const tasks = new Map<string, ConfigValue>();
  for (let i = 0; i < count; i++) tasks.set(`+loop-${i}`, withExports(body, new Map([['i', i]])));
  return withParallel(tasks, config);
}

function forEach(config: ConfigMap): ConfigMap {
  const body = readMap(config, '_do');
  const lists = parseMap(config, '_command');
  const columns = [...lists.keys()].map((key, k) =>
    parseList(lists, key).map((value, v) => ({ key, value, tag: `${k}=${nameTag(key)}=${v}=${nameTag(value)}` })),
  );
  if (columns.reduce((count, column) => count * column.length, 1) > taskLimit)
    configError(`Too many for_each subtasks. Limit: ${taskLimit}`);
  const tasks = new Map<string, ConfigValue>();
  for (const row of combinations(columns)) {
    const exports = new Map(row.map(({ key, value }) => [key, value]));
    tasks.set(`+for-${row.map(({ tag }) => tag).join('&')}`, withExports(body, exports));
  }
  return withParallel(tasks, config);
}

/** The last column varies fastest. An empty column at the front is passed over, as Digdag does it. */
function combinations<T>(columns: readonly (readonly T[])[]): readonly (readonly T[])[] {
  let rows: readonly (readonly T[])[] = [];
  for (const column of columns)
    rows =
      rows.length === 0 ? column.map((item) => [item]) : rows.flatMap((row) => column.map((item) => [...row, item]));
  return rows;
}

function nameTag(value: ConfigValue): string {
  const text = typeof value === 'string' ? value : toJson(value);
  // Java encodes for forms: a lone half of a surrogate pair becomes a question mark, `*` stays, `~` does not.
  const cut = text.slice(0, 8).replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '?');
  return encodeURIComponent(cut).replace(/[!'()~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

function forRange(config: ConfigMap): ConfigMap {
  const body = readMap(config, '_do');
  const range = parseMap(config, '_command');
  const [from, to] = [readInteger(range, 'from', 'long'), readInteger(range, 'to', 'long')];
  const given = (key: string): number | undefined =>
    range.get(key) === undefined || range.get(key) === null ? undefined : readInteger(range, key, 'long');
  const step = stepOf(given('step'), given('slices'), from, to);
  const tasks = new Map<string, ConfigValue>();
  for (let at = from; at < to; at += step) {
    if (tasks.size >= taskLimit)
      configError(`Too many for_range subtasks (${Math.ceil((to - from) / step)}). Limit: ${taskLimit}`);
    const end = Math.min(at + step, to);
    const slice: ConfigMap = new Map([
      ['from', at],
      ['to', end],
      ['index', tasks.size],
    ]);
    tasks.set(`+range-from=${at}&to=${end}`, withExports(body, new Map([['range', slice]])));
  }
  return withParallel(tasks, config);
}

function stepOf(step: number | undefined, slices: number | undefined, from: number, to: number): number {
  if (step !== undefined && slices !== undefined)
    return configError('Setting both step and slices options to for_range is invalid');
  if (step !== undefined)
    return step > 0 ? step : configError(`step option must be same or greater than 1 but got ${step}`);
  if (slices === undefined) return configError('step or slices option is required for for_range');
  return slices > 0
    ? Math.trunc((to - from + slices - 1) / slices)
    : configError(`slices option must be same or greater than 1 but got ${slices}`);
}

function branch(config: ConfigMap): ConfigMap {
  const optional = (key: string): ConfigMap => (config.has(key) ? readMap(config, key) : new Map());
  const [body, otherwise] = [optional('_do'), optional('_else_do')];
  const condition = readBoolean(config, '_command');
  if (body.size === 0 && otherwise.size === 0) configError('Both _do and _else_do are not specified.');
  return condition ? body : otherwise;
}

function withExports(body: ConfigMap, exports: ConfigMap): ConfigMap {
  const own = body.get('_export');
  return new Map([...body, ['_export', new Map([...(isMap(own) ? own : []), ...exports])]]);
}

/** `_parallel` of a loop is that of the group it generates. */
function withParallel(tasks: Map<string, ConfigValue>, config: ConfigMap): ConfigMap {
  const parallel = config.get('_parallel');
  if (parallel === undefined) return tasks;
  if (isMap(parallel)) readInteger(parallel, 'limit');
  else if (typeof parallel !== 'boolean' && typeof parallel !== 'string')
    configError(`Invalid _parallel format: ${toJson(parallel)}`);
  else if (!readBoolean(config, '_parallel')) return tasks;
  return tasks.set('_parallel', parallel);
}
