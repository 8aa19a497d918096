import { decideWhen } from '../../argo-expr/when.ts';
import type { Plain } from '../effect.ts';
import { asList, asMap, asText, isList, isMap, type PlainMap } from './data.ts';
import { runEndHooks, runStartHooks } from './hooks.ts';
import { defaultOutputs } from './leaf.ts';
import type { NodeEnd, NodeScope, Place, Run } from './run-types.ts';
import { PlayError, PlayRefusal, substitute } from './substitute.ts';
import { argumentsOf, calledTemplate, runTemplate } from './template-run.ts';

/** How a step or task ended, with all its items, and the effects it had. */
export interface CallEnd extends NodeEnd {
  readonly effects: readonly string[];
}

/**
 * Runs a step of a group or a task of a DAG: tags of other steps, items, `when`, the call, its hooks.
 * `root` is what the neighbours are called by: `steps` or `tasks`.
 */
export function runCall(call: PlainMap, root: 'steps' | 'tasks', scope: NodeScope, place: Place, run: Run): CallEnd {
  const started = run.effects.length;
  const end = (node: NodeEnd): CallEnd => ({
    ...node,
    effects: node.daemon === true ? [] : run.effects.slice(started).map((effect) => effect.task),
  });
  const strict = { allowUnresolved: true, strictRoots: ['steps', 'tasks'], now: run.now };
  try {
    const { hooks, ...plain } = call;
    const loops = ['withItems', 'withParam', 'withSequence'].some((field) => plain[field] !== undefined);
    // The rest of a step that is not wanted is not even read.
    if (!loops && !wanted(substitute(plain['when'] ?? '', scope.values, strict)))
      return end(skipped(calledTemplate(plain, place, run).template));
    const resolved = asMap(substitute(withoutAbsent(plain, scope), scope.values, strict));
    const items = itemsOf(resolved);
    if (items !== undefined && items.length === 0) return end({ status: 'Skipped', outputs: new Map() });
    const own = { hooks: asMap(hooks), onExit: asText(resolved['onExit']), name: asText(resolved['name']), root };
    const begun = wantedNow(resolved, items) ? runStartHooks(own, scope.values, place, run) : new Set<string>();
    const node = items === undefined ? runOne(resolved, root, place, run) : runItems(resolved, items, root, place, run);
    const after = { ...place, before: [...place.before, ...end(node).effects] };
    runEndHooks(own, begun, node, scope.values, after, run);
    return end(node);
  } catch (error) {
    if (!(error instanceof PlayError)) throw error;
    return end({ status: 'Error', outputs: new Map(), message: error.message });
  }
}

/** An argument that is nothing but an output without a value counts as not given. */
function withoutAbsent(call: PlainMap, scope: NodeScope): PlainMap {
  const args = asMap(call['arguments']);
  const parameters = asList(args['parameters']).filter((argument) => {
    const tag = /^\{\{\s*([^{}\s]+)\s*\}\}$/.exec(asText(asMap(argument)['value']))?.[1];
    return tag === undefined || !scope.absent.has(tag);
  });
  return call['arguments'] === undefined ? call : { ...call, arguments: { ...args, parameters } };
}

function skipped(template: PlainMap): NodeEnd {
  const outputs = defaultOutputs(template);
  const declared = asList(asMap(template['outputs'])['parameters']).map(
    (output) => `parameters.${asText(asMap(output)['name'])}`,
  );
  return { status: 'Skipped', outputs, absent: declared.filter((name) => !outputs.has(name)) };
}

/** False where the step's own condition keeps it from starting. */
function wantedNow(call: PlainMap, items: readonly Plain[] | undefined): boolean {
  return items !== undefined || wanted(call['when']);
}

function runOne(call: PlainMap, root: 'steps' | 'tasks', place: Place, run: Run): NodeEnd {
  const called = calledTemplate(call, place, run);
  if (!wanted(call['when'])) return skipped(called.template);
  const name = asText(call['name']);
  const path = place.path === '' ? name : `${place.path}/${name}`;
  return runTemplate(
    called.template,
    argumentsOf(call),
    {
      ...called.place,
      path,
      locals: new Map([
        [`${root}.name`, name],
        ['node.name', path],
      ]),
    },
    run,
  );
}

function wanted(when: Plain | undefined): boolean {
  const text = asText(when);
  if (text === '') return true;
  const decided = decideWhen(text);
  if (decided.kind === 'refused') throw new PlayRefusal(`${decided.why}: ${text}`);
  if (decided.kind === 'error') throw new PlayError(`invalid 'when' expression '${text}': ${decided.message}`);
  return decided.value;
}

/** All items run; one that fails fails the step at the end. */
function runItems(call: PlainMap, items: readonly Plain[], root: 'steps' | 'tasks', place: Place, run: Run): NodeEnd {
  const { withItems: _items, withParam: _param, withSequence: _sequence, name, ...rest } = call;
  const ends = items.map((item, index) => {
    // Tags that nothing resolves are errors in a loop.
    const own = asMap(substitute(rest, itemScope(item), { allowUnresolved: false }));
    return runOne({ ...own, name: `${asText(name)}(${index}:${itemText(item)})` }, root, place, run);
  });
  const failed = ends.find((end) => end.status === 'Failed' || end.status === 'Error');
  const collected = new Map<string, string>();
  for (const key of new Set(ends.flatMap((end) => [...end.outputs.keys()]))) {
    collected.set(
      key,
      JSON.stringify(ends.flatMap((end) => (end.status === 'Skipped' ? [] : [end.outputs.get(key) ?? '']))),
    );
  }
  return { status: failed?.status ?? 'Succeeded', outputs: collected };
}

/** undefined: the step runs once; that is also what an empty `withItems` does. */
function itemsOf(call: PlainMap): readonly Plain[] | undefined {
  if (isList(call['withItems'])) return call['withItems'].length === 0 ? undefined : call['withItems'];
  if (call['withParam'] !== undefined) return listIn(asText(call['withParam']));
  if (isMap(call['withSequence'])) return sequence(call['withSequence']);
  return undefined;
}

function listIn(text: string): readonly Plain[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new PlayError(`withParam value could not be parsed as a JSON list: ${text}`);
  }
  if (!Array.isArray(value)) throw new PlayError(`withParam value could not be parsed as a JSON list: ${text}`);
  return value as readonly Plain[];
}

function sequence(spec: PlainMap): readonly Plain[] {
  const format = spec['format'] === undefined ? String : goFormat(asText(spec['format']));
  const number = (key: string): number | undefined => (spec[key] === undefined ? undefined : Number(asText(spec[key])));
  const start = number('start') ?? 0;
  const count = number('count');
  const end = number('end') ?? (count === undefined ? start : start + count - 1);
  if (!Number.isInteger(start) || !Number.isInteger(end)) throw new PlayError('a sequence of what is no number');
  if (count === 0) return [];
  const step = start <= end ? 1 : -1;
  return Array.from({ length: Math.abs(end - start) + 1 }, (_, index) => format(start + index * step));
}

/** Go's `%d`, `%02x` and the like: one verb for a whole number. */
function goFormat(written: string): (value: number) => string {
  const match = /^([^%]*)%(0?)(\d*)([dxXo])([^%]*)$/.exec(written);
  if (match === null) throw new PlayRefusal(`the format ${written} of a sequence`);
  const [, before = '', zero, width, verb = 'd', after = ''] = match;
  const base = verb === 'd' ? 10 : verb === 'o' ? 8 : 16;
  return (value) => {
    const digits = verb === 'X' ? value.toString(base).toUpperCase() : value.toString(base);
    return `${before}${digits.padStart(Number(width), zero === '' ? ' ' : '0')}${after}`;
  };
}

function itemScope(item: Plain): ReadonlyMap<string, string> {
  if (!isMap(item)) return new Map([['item', typeof item === 'string' ? item : JSON.stringify(item)]]);
  // The fields of a map arrive with their JSON escapes.
  const fields = Object.entries(item).map(
    ([key, value]) =>
      [`item.${key}`, typeof value === 'string' ? JSON.stringify(value).slice(1, -1) : JSON.stringify(value)] as const,
  );
  return new Map([['item', JSON.stringify(item)], ...fields]);
}

function itemText(item: Plain): string {
  if (typeof item === 'string') return escaped(item);
  if (!isMap(item)) return asText(item);
  return Object.keys(item)
    .sort()
    .map((key) => `${key}:${escaped(asText(item[key]))}`)
    .join(',');
}

/** Names of nodes hold items as JSON writes them. */
function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** What others may read of a step or task that ended. */
export function addEnd(scope: NodeScope, root: 'steps' | 'tasks', name: string, end: NodeEnd, time: string): void {
  scope.values.set(`${root}.${name}.status`, end.status);
  scope.values.set(`${root}.${name}.startedAt`, time);
  scope.values.set(`${root}.${name}.finishedAt`, time);
  for (const [key, value] of end.outputs) scope.values.set(`${root}.${name}.outputs.${key}`, value);
  for (const key of end.absent ?? []) scope.absent.add(`${root}.${name}.outputs.${key}`);
}

/** Outputs of a group, taken from its steps or tasks. */
export function groupOutputs(
  template: PlainMap,
  scope: ReadonlyMap<string, string>,
  run: Run,
): ReadonlyMap<string, string> {
  const outputs = new Map<string, string>();
  for (const output of asList(asMap(template['outputs'])['parameters']).map(asMap)) {
    const from = asMap(output['valueFrom']);
    const written =
      from['parameter'] !== undefined
        ? asText(from['parameter'])
        : from['expression'] !== undefined
          ? `{{=${asText(from['expression'])}}}`
          : undefined;
    if (written === undefined) continue;
    outputs.set(`parameters.${asText(output['name'])}`, asText(substitute(written, scope, { now: run.now })));
  }
  return outputs;
}
