import { createHash } from 'node:crypto';
import { BuildFailure, BuildRefusal } from './failure.ts';
import { idOf, type Resource } from './resource.ts';
import { asList, asMap, type KMap, type KValue, textOf } from './value.ts';

/** An object from a `configMapGenerator` or `secretGenerator` entry. `read` gives a file below the kustomization's folder. */
export function generate(
  kind: 'ConfigMap' | 'Secret',
  entry: KMap,
  common: KMap,
  read: (path: string) => string,
): Resource {
  if (entry['behavior'] !== undefined && entry['behavior'] !== 'create')
    throw new BuildRefusal(`generators that ${textOf(entry['behavior'])}`);
  const pairs = [...filePairs(entry, read), ...envPairs(entry, read), ...literalPairs(entry)].sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const data = Object.fromEntries(
    pairs.map(([key, value]) => [key, kind === 'Secret' ? Buffer.from(value, 'utf8').toString('base64') : value]),
  );
  const options = asMap(entry['options']);
  const option = (name: string): KMap => ({ ...asMap(common[name]), ...asMap(options[name]) });
  const [labels, annotations] = [option('labels'), option('annotations')];
  const immutable = options['immutable'] ?? common['immutable'];
  const metadata: KMap = {
    name: textOf(entry['name']),
    ...(entry['namespace'] === undefined ? {} : { namespace: entry['namespace'] }),
    ...(Object.keys(labels).length > 0 ? { labels } : {}),
    ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
  };
  const object: KMap = {
    apiVersion: 'v1',
    kind,
    metadata,
    ...(pairs.length > 0 ? { data } : {}),
    ...(kind === 'Secret' ? { type: textOf(entry['type']) || 'Opaque' } : {}),
    ...(immutable === true ? { immutable } : {}),
  };
  const hashed = (options['disableNameSuffixHash'] ?? common['disableNameSuffixHash']) !== true;
  return { object, former: [], hashed };
}

function literalPairs(entry: KMap): readonly (readonly [string, string])[] {
  return asList(entry['literals']).map((literal) => {
    const text = textOf(literal);
    const at = text.indexOf('=');
    if (at <= 0) throw new BuildFailure(`invalid literal source ${text}, expected key=value`);
    return [text.slice(0, at), text.slice(at + 1).replace(/^(["'])(.*)\1$/s, '$2')] as const;
  });
}

function filePairs(entry: KMap, read: (path: string) => string): readonly (readonly [string, string])[] {
  return asList(entry['files']).map((file) => {
    const [key = '', path = key] = textOf(file).split('=');
    return [path === key ? (path.split('/').at(-1) ?? path) : key, read(path)] as const;
  });
}

function envPairs(entry: KMap, read: (path: string) => string): readonly (readonly [string, string])[] {
  const files = [...asList(entry['envs']), ...(entry['env'] === undefined ? [] : [entry['env']])];
  return files.flatMap((file) =>
    read(textOf(file))
      .split(/\r?\n/)
      .map((line) => line.trimStart())
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => {
        const at = line.indexOf('=');
        if (at < 0) throw new BuildRefusal('a variable taken from the environment');
        return [line.slice(0, at), line.slice(at + 1)] as const;
      }),
  );
}

/** The name suffix that kustomize makes of an object's content; the name itself does not count. @see kustomize api/hasher */
export function contentSuffix(resource: Resource): string {
  const { kind } = idOf(resource.object);
  const content: KMap = { data: resource.object['data'] ?? '', kind, name: '' };
  const encoded: KMap = kind === 'Secret' ? { ...content, type: resource.object['type'] ?? '' } : content;
  const hex = createHash('sha256').update(goJson(encoded)).digest('hex');
  const letters: Readonly<Record<string, string>> = { '0': 'g', '1': 'h', '3': 'k', a: 'm', e: 't' };
  return [...hex.slice(0, 10)].map((letter) => letters[letter] ?? letter).join('');
}

function goJson(value: KValue): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
