import { peek } from '../tags/tracker.ts';
import { typeError } from './error.ts';
import { failUndefined, typeName } from './types.ts';
import { type CallArgs, PyFunction, Special, Undefined, type Value } from './value.ts';

/** `value(*args, **kwargs)`. */
export function call(value: Value, args: CallArgs): Value {
  const plain = peek(value);
  if (plain instanceof PyFunction) return plain.call(args);
  if (plain instanceof Special && plain.call !== undefined) return plain.call(args);
  if (plain instanceof Undefined) return failUndefined(plain);
  throw typeError(`'${typeName(plain)}' object is not callable`);
}

export function isCallable(value: Value): boolean {
  const plain = peek(value);
  return (
    plain instanceof PyFunction || plain instanceof Undefined || (plain instanceof Special && plain.call !== undefined)
  );
}
