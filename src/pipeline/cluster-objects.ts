import type { Host } from '../core/host.ts';
import { indexLines, repoPath } from '../core/source.ts';
import { text } from '../ir/build-value.ts';
import { entryOf, staticText } from '../ir/read-value.ts';
import type { Value } from '../ir/value.ts';
import { readManifestText } from '../launchers/manifest/read-text.ts';

/**
 * The manifest of an object that a launcher expects in the cluster. Of several with the name, the one whose path names the
 * environment; undefined where that leaves none or several.
 */
export function findClusterObject(kind: string, name: string, environment: string, host: Host): Value | undefined {
  const found = host
    .list()
    .filter((path) => /\.ya?ml$/.test(path))
    .flatMap((path) => objectsIn(path, host.read(path) ?? '', kind, name).map((object) => ({ path, object })));
  const [only] = found;
  if (found.length <= 1) return only?.object;
  const own = found.filter(({ path }) => path.split(/[/.]/).includes(environment));
  return own.length === 1 ? own[0]?.object : undefined;
}

function objectsIn(path: string, body: string, kind: string, name: string): readonly Value[] {
  if (!body.includes(kind) || !body.includes(name)) return [];
  const file = { path: repoPath(path), text: body };
  const span = indexLines(file).span(0, body.length);
  const read = readManifestText(text(body, { via: 'literal', span }), span);
  if (read.kind !== 'documents') return [];
  return read.documents.filter(
    (document) =>
      staticText(entryOf(document, 'kind')) === kind && staticText(entryOf(document, 'metadata', 'name')) === name,
  );
}
