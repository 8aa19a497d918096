import type { Runtime } from '../eval/runtime.ts';
import { peek } from '../tags/tracker.ts';
import { getItem } from '../values/attributes.ts';
import { isText, textOf } from '../values/types.ts';
import { PyList, Undefined, type Value } from '../values/value.ts';

type Getter = (item: Value) => Value;

/** `a.b.0` → the steps of make_attrgetter. */
function stepsOf(attribute: Value): readonly Value[] {
  const plain = peek(attribute);
  if (plain === null) return [];
  if (!isText(plain)) return [plain];
  return textOf(plain)
    .split('.')
    .map((part) => (/^\p{Nd}+$/u.test(part) ? Number(part) : part));
}

export function attributeGetter(runtime: Runtime, attribute: Value, postprocess?: Getter, fallback?: Value): Getter {
  const steps = stepsOf(attribute);
  return (start) => {
    let item = start;
    for (const step of steps) {
      item = getItem(item, step, runtime.host.undefinedKind);
      if (fallback !== undefined && peek(fallback) !== null && peek(item) instanceof Undefined) item = fallback;
    }
    return postprocess === undefined ? item : postprocess(item);
  };
}

/** `a,b.c` → a list of the values, for sorting by several attributes. */
export function attributesGetter(runtime: Runtime, attribute: Value, postprocess?: Getter): Getter {
  const plain = peek(attribute);
  const paths = isText(plain) ? textOf(plain).split(',') : [plain];
  const getters = paths.map((path) => attributeGetter(runtime, path, postprocess));
  return (item) => new PyList(getters.map((getter) => getter(item)));
}

export function ignoreCase(value: Value): Value {
  const plain = peek(value);
  return isText(plain) ? textOf(plain).toLowerCase() : plain;
}
