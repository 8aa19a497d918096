import type { Runtime } from '../eval/runtime.ts';
import { bare, beginOperation, endOperation, peek, tag } from '../tags/tracker.ts';
import { PyDict } from '../values/dict.ts';
import { PyError } from '../values/error.ts';
import { iterate, truthy } from '../values/iterate.ts';
import { repr } from '../values/print.ts';
import { isText, textOf } from '../values/types.ts';
import { PyTuple, type Value } from '../values/value.ts';
import { attributeGetter } from './attribute-path.ts';
import { define, type Filter, none } from './filter.ts';
import { lazily } from './sequence.ts';

function positional(args: Value): readonly Value[] {
  const plain = bare(args);
  return plain instanceof PyTuple ? plain.items : [];
}

function named(kwargs: Value): Map<string, Value> {
  const plain = bare(kwargs);
  const pairs = plain instanceof PyDict ? plain.pairs() : [];
  return new Map(
    pairs.map(([key, value]) => {
      const name = peek(key);
      return [isText(name) ? textOf(name) : '', value];
    }),
  );
}

/** What map() does to each item: read an attribute, or call a filter. */
function mapping(runtime: Runtime, args: Value, kwargs: Value): (item: Value) => Value {
  const [name, ...rest] = positional(args);
  const options = named(kwargs);
  const attribute = options.get('attribute');
  if (name === undefined && attribute !== undefined) {
    const fallback = options.get('default');
    for (const key of options.keys()) {
      if (key !== 'attribute' && key !== 'default')
        throw new PyError('FilterArgumentError', `Unexpected keyword argument ${repr(key)}`);
    }
    return attributeGetter(runtime, attribute, undefined, fallback);
  }
  if (name === undefined) throw new PyError('FilterArgumentError', 'map requires a filter argument');
  return (item) => runtime.callFilter(name, item, { args: rest, kwargs: options });
}

function condition(runtime: Runtime, args: Value, kwargs: Value, byAttribute: boolean): (item: Value) => boolean {
  const list = positional(args);
  const [attribute] = list;
  if (byAttribute && attribute === undefined)
    throw new PyError('FilterArgumentError', 'Missing parameter for attribute name');
  const value =
    byAttribute && attribute !== undefined ? attributeGetter(runtime, attribute) : (item: Value): Value => item;
  const [name, ...rest] = byAttribute ? list.slice(1) : list;
  if (name === undefined) return (item) => truthy(value(item));
  const options = named(kwargs);
  return (item) => runtime.callTest(name, value(item), { args: rest, kwargs: options });
}

function* mapped(runtime: Runtime, value: Value, args: Value, kwargs: Value): Generator<Value> {
  if (!truthy(value)) return;
  const change = mapping(runtime, args, kwargs);
  const iterator = iterate(value);
  for (let step = iterator.next(); step.done !== true; step = iterator.next()) {
    const outer = beginOperation();
    const item = change(step.value);
    yield tag(item, endOperation(outer));
  }
}

function* selected(
  runtime: Runtime,
  value: Value,
  args: Value,
  kwargs: Value,
  byAttribute: boolean,
  wanted: boolean,
): Generator<Value> {
  if (!truthy(value)) return;
  const holds = condition(runtime, args, kwargs, byAttribute);
  const iterator = iterate(value);
  for (let step = iterator.next(); step.done !== true; step = iterator.next()) {
    if (holds(step.value) === wanted) yield step.value;
  }
}

const select = (name: string, byAttribute: boolean, wanted: boolean): Filter =>
  define(`sync_do_${name}(context, value, *args, **kwargs)`, (runtime, value = none, args = none, kwargs = none) =>
    lazily(() => selected(runtime, value, args, kwargs, byAttribute, wanted)),
  );

export const selectFilters: Readonly<Record<string, Filter>> = {
  map: define('sync_do_map(context, value, *args, **kwargs)', (runtime, value = none, args = none, kwargs = none) =>
    lazily(() => mapped(runtime, value, args, kwargs)),
  ),
  select: select('select', false, true),
  reject: select('reject', false, false),
  selectattr: select('selectattr', true, true),
  rejectattr: select('rejectattr', true, false),
};
