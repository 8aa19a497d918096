import { z } from 'zod';

/** The pieces that rules of several kinds share. */

export const name = z.string().min(1);

/** A JavaScript regular expression (flags `u` and, over whole files, `m`). */
export const pattern = z.string().min(1).refine(isPattern, { message: 'is no valid regular expression' });

function isPattern(source: string): boolean {
  try {
    new RegExp(source, 'mu');
    return true;
  } catch {
    return false;
  }
}

export const patterns = z.union([pattern, z.array(pattern).min(1)]);

const captured = {
  pattern: pattern.optional().describe('what is taken of the text: the first group, else the whole match'),
};

/** Where a value of a step stands. `{name}` in a text stands for the value of another source or placeholder. */
export const valueSource = z.union([
  z.strictObject({
    positional: z.int().min(1).describe('argument behind the command, the first is 1; flags are not counted'),
    ...captured,
  }),
  z.strictObject({
    flag: z.union([name, z.array(name).min(1)]).describe('long or short name without dashes'),
    ...captured,
  }),
  z.strictObject({ option: name.describe('option of the operator, dotted for a nested one'), ...captured }),
  z.strictObject({ parameter: name.describe('Digdag parameter the step sees'), ...captured }),
  z.strictObject({ command: z.literal(true).describe('the value of the operator itself'), ...captured }),
  z.strictObject({ text: z.string() }),
]);

export const jsonValue: z.ZodType<JsonValue> = z.lazy(() =>
  z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(jsonValue), z.record(z.string(), jsonValue)]),
);

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** What every rule begins with. */
export function head<K extends string>(kind: K) {
  return {
    kind: z.literal(kind),
    id: z
      .string()
      .regex(new RegExp(`^${kind}-[a-z0-9]+(-[a-z0-9]+)*$`), { message: `must be ${kind}- and the file's name` }),
    title: name.describe('what the rule does, in one line; printed in the table of support'),
    notes: z.string().optional().describe('what a reader of the rule should know, such as where a fact was seen'),
  };
}
