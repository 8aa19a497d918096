import { byRule, list, map, text } from '../../../ir/build-value.ts';
import { itemsOf } from '../../../ir/read-value.ts';
import type { MapValue } from '../../../ir/value.ts';

/** Where a step's program writes what it stores, as one JSON object. */
export const STORE_FILE = '/tmp/digdag-store.json';

const RULE = 'flow-store';

/** The template with the output parameter that carries what it stores; nothing written, or the step skipped: an empty object. */
export function withStoreOutput(body: MapValue): MapValue {
  const from = byRule(RULE, [body.from]);
  const store = map(
    [
      ['name', text('store', from)],
      [
        'valueFrom',
        map(
          [
            ['path', text(STORE_FILE, from)],
            ['default', text('{}', from)],
          ],
          from,
        ),
      ],
    ],
    from,
  );
  const outputs = body.entries.get('outputs');
  const parameters = outputs?.kind === 'map' ? itemsOf(outputs.entries.get('parameters')) : [];
  const value = map([['parameters', list([...parameters, store], from)]], from);
  const rest = [...body.entries].filter(([key]) => key !== 'outputs');
  return { ...body, entries: new Map([['outputs', value], ...rest]) };
}
