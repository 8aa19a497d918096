import { bare } from '../tags/tracker.ts';
import { PyDict } from '../values/dict.ts';
import { PyError } from '../values/error.ts';
import { str } from '../values/print.ts';
import type { Value } from '../values/value.ts';

/** One of the arguments that a filter takes as `**kw`. */
export function option(kwargs: Value, name: string): Value | undefined {
  const plain = bare(kwargs);
  return plain instanceof PyDict ? plain.get(name) : undefined;
}

/** What the real filter would do with another argument is not known here. */
export function refuseOthers(kwargs: Value, filter: string, known: readonly string[]): void {
  const plain = bare(kwargs);
  const other =
    plain instanceof PyDict
      ? plain
          .keys()
          .map(str)
          .find((key) => !known.includes(key))
      : undefined;
  if (other !== undefined) throw new PyError('UnsupportedError', `the argument ${other} of ${filter}`);
}
