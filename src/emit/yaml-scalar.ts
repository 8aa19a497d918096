import { assertNever } from '../core/assert-never.ts';
import type { Value } from '../ir/value.ts';

/** Words and shapes that some YAML reader (1.1 or 1.2) takes for something else than text. */
const looksTyped =
  /^(?:~|null|true|false|yes|no|on|off|y|n|[-+]?\.(?:inf|nan)|[-+]?[0-9][0-9_,.:eExXoOa-fA-F+-]*|[-+]?\.[0-9][0-9_eE+-]*|=|<<)$/i;

/** Text that every reader takes literally without quotes, in block context. */
const plainStart = /^[A-Za-z0-9_./$(\\^+]|^-(?=[^\s])/;
const unsafeInBlock = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]|: |:$| #|^\s|\s$/;
const unsafeInFlow = /[,[\]{}]/;

export type Context = 'block' | 'flow';

/** A one-line scalar; `multiline` texts are the printer's business. */
export function scalarText(value: string | number | bigint | boolean | null, context: Context): string {
  switch (typeof value) {
    case 'string':
      return isPlain(value, context) ? value : JSON.stringify(value);
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value);
    case 'object':
      return 'null';
    default:
      return assertNever(value);
  }
}

/** The scalar a value holds; undefined for lists and maps. */
export function scalarOf(value: Value): string | number | bigint | boolean | null | undefined {
  if (value.kind === 'scalar') return value.value;
  if (value.kind !== 'text') return undefined;
  return value.parts.map((part) => (part.kind === 'runtime' ? '' : part.text)).join('');
}

function isPlain(text: string, context: Context): boolean {
  if (!plainStart.test(text) || looksTyped.test(text) || unsafeInBlock.test(text)) return false;
  if (/^\d{4}-\d\d?-\d\d?/.test(text)) return false;
  // Cron patterns are quoted by custom: the stars look like aliases.
  if (/^[\d*/,?-]+(?: [\w*/,?-]+){4}$/.test(text)) return false;
  return context === 'block' || !unsafeInFlow.test(text);
}
