import { type ConfigMap, type ConfigValue, isList, isMap, toJson } from '../../expr/config-value.ts';
import { scalarText } from '../../session/read-config.ts';
import type { OperatorCall } from '../../session/types.ts';
import { operatorOptions } from './operator-options.ts';
import type { ShOutcome } from './sh-effects.ts';

const read: ReadonlySet<string> = new Set([
  'method',
  'content',
  'content_format',
  'content_type',
  'headers',
  'query',
  'timeout',
  'retry',
]);

/** The request of a `http>` whose answer nobody reads. */
export function httpEffect(call: OperatorCall): ShOutcome {
  const other = [...call.params.keys()].find((name) => !read.has(name) && !name.startsWith('_') && name !== 'http>');
  if (other !== undefined) return unplayable(`http> with ${other}`);
  const params = operatorOptions(call, [...read, 'store_content']);
  if (params.has('store_content')) return unplayable('http> with store_content');
  const url = scalarText(call.command);
  const content = params.get('content');
  const body = content === undefined ? '' : bodyOf(content, formatOf(params));
  const headers = headersOf(params);
  const query = params.has('query') ? queryOf(params.get('query')) : '';
  if (url === undefined || body === undefined || headers === undefined || query === undefined)
    return unplayable('http> with values that are neither texts nor mappings of texts');
  // Digdag puts in secrets of its server, which nobody sees here.
  if ([url, body, query, ...headers.flat()].some((text) => text.includes('${secret:')))
    return unplayable('http> with a secret of the Digdag server');
  const method = (scalarText(params.get('method') ?? 'GET') ?? '').toUpperCase();
  return {
    kind: 'effects',
    effects: [{ kind: 'notify', via: 'http', to: `${url}${query}`, body, request: { method, headers } }],
    exitCode: 0,
  };
}

function unplayable(reason: string): ShOutcome {
  return { kind: 'not-playable', reason };
}

/** What the content is written as, where nothing says so: a text as it is, anything else as JSON. */
function formatOf(params: ConfigMap): string {
  return scalarText(params.get('content_format') ?? null) ?? (isStructure(params.get('content')) ? 'json' : 'text');
}

function isStructure(value: ConfigValue | undefined): boolean {
  return isMap(value) || isList(value);
}

function bodyOf(content: ConfigValue, format: string): string | undefined {
  if (format === 'json') return toJson(content);
  if (format === 'form') return isMap(content) ? pairsOf(content) : undefined;
  return scalarText(content);
}

const types: Readonly<Record<string, string>> = {
  text: 'text/plain',
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
};

function headersOf(params: ConfigMap): readonly (readonly [string, string])[] | undefined {
  const given = params.get('headers') ?? [];
  const maps = isList(given) ? given : [given];
  const pairs = maps.flatMap((map) => (isMap(map) ? [...map] : [undefined]));
  const own = pairs.map((pair): readonly [string, string] | undefined => {
    const value = pair === undefined ? undefined : scalarText(pair[1]);
    return pair === undefined || value === undefined ? undefined : [pair[0], value];
  });
  if (own.includes(undefined)) return undefined;
  const type = scalarText(params.get('content_type') ?? null) ?? types[formatOf(params)] ?? 'text/plain';
  const first: readonly (readonly [string, string])[] = params.has('content') ? [['Content-Type', type]] : [];
  return [...first, ...own.filter((pair) => pair !== undefined)];
}

function queryOf(query: ConfigValue | undefined): string | undefined {
  if (query === undefined) return '';
  const written = isMap(query) ? pairsOf(query) : scalarText(query);
  return written === undefined ? undefined : `?${written}`;
}

function pairsOf(map: ConfigMap): string | undefined {
  const pairs = [...map].map(([key, value]) => {
    const text = scalarText(value);
    return text === undefined ? undefined : `${encodeURIComponent(key)}=${encodeURIComponent(text)}`;
  });
  return pairs.includes(undefined) ? undefined : pairs.join('&');
}
