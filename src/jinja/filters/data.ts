import type { Runtime } from '../eval/runtime.ts';
import { asMarkup, fromRich } from '../tags/rich.ts';
import { bare, peek } from '../tags/tracker.ts';
import { attribute } from '../values/attributes.ts';
import { typeError } from '../values/error.ts';
import { truthy } from '../values/iterate.ts';
import { dumpJson } from '../values/json.ts';
import { binary } from '../values/operators.ts';
import { str } from '../values/print.ts';
import { failUndefined, isText, textOf, typeName } from '../values/types.ts';
import { type Plain, Undefined, type Value } from '../values/value.ts';
import { define, type Filter, none } from './filter.ts';
import { prettyPrint } from './pretty-print.ts';

function orDefault(_: Runtime, value: Value = none, fallback: Value = none, boolean: Value = none): Value {
  if (bare(value) instanceof Undefined) {
    peek(value);
    return fallback;
  }
  return truthy(boolean) && !truthy(value) ? fallback : value;
}

/** `' ' * count`, with its errors. */
function spaces(count: Plain): string {
  return str(binary('*', ' ', count));
}

/** The value tojson writes: JSON, safe inside HTML. */
function toJson(value: Value, indent: Value): Value {
  const plain = peek(indent);
  const unit = plain === null ? undefined : isText(plain) ? textOf(plain) : isText(bare(value)) ? '' : spaces(plain);
  return fromRich(dumpJson(value, { indent: unit, sortKeys: true, htmlSafe: true }));
}

export const dataFilters: Readonly<Record<string, Filter>> = {
  attr: define('do_attr(environment, obj, name)', (runtime, value = none, name = none) => {
    const plain = peek(value);
    if (!isText(peek(name))) throw typeError(`attribute name must be string, not '${typeName(peek(name))}'`);
    if (plain instanceof Undefined) return plain.kind === 'chainable' ? plain : failUndefined(plain);
    const found = attribute(value, plain, str(name));
    return found === undefined ? runtime.undefined({ obj: plain, name: str(name) }) : found;
  }),
  d: define("do_default(value, default_value='', boolean=False)", orDefault),
  default: define("do_default(value, default_value='', boolean=False)", orDefault),
  pprint: define('do_pprint(value)', (_, value = none) => prettyPrint(value)),
  tojson: define('do_tojson(eval_ctx, value, indent=None)', (_, value = none, indent = none) =>
    asMarkup(toJson(value, indent)),
  ),
};
