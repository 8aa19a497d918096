import { staticText } from '../ir/read-value.ts';
import type { Value } from '../ir/value.ts';

/** Digdag's truth: `true`, or `false`, the empty text and 0. */
export function decided(test: Value): boolean | undefined {
  if (test.kind === 'scalar')
    return test.value === true || (test.value !== false && test.value !== null && test.value !== 0);
  const written = staticText(test)?.trim();
  if (written === 'true') return true;
  return written === 'false' || written === '' ? false : undefined;
}
