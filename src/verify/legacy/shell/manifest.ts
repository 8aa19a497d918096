import { DiagnosticList } from '../../../core/diagnose.ts';
import { messageOf } from '../../../core/messages.ts';
import { repoPath } from '../../../core/source.ts';
import { readManifest } from '../../../yaml/kubectl.ts';
import type { Plain } from '../../effect.ts';
import { plainOf } from './plain-yaml.ts';

export type PlainObject = { readonly [key: string]: Plain };

export type Manifests =
  | { readonly kind: 'objects'; readonly objects: readonly PlainObject[] }
  | { readonly kind: 'broken'; readonly message: string };

/** A launcher is run several times with the same manifest, to see how it waits; the last ones read are kept. */
const KEPT = 64;
const recent = new Map<string, Manifests>();

/** The objects of a manifest as kubectl reads them, lists taken apart. */
export function readObjects(text: string): Manifests {
  const known = recent.get(text);
  if (known !== undefined) return known;
  const [oldest] = recent.keys();
  if (recent.size >= KEPT && oldest !== undefined) recent.delete(oldest);
  const read = readText(text);
  recent.set(text, read);
  return read;
}

function readText(text: string): Manifests {
  const sink = new DiagnosticList();
  const nodes = readManifest({ path: repoPath('manifest.yaml'), text }, sink);
  const error = sink.items.find((item) => item.severity === 'error');
  if (error !== undefined) return { kind: 'broken', message: messageOf(error) };
  const objects: PlainObject[] = [];
  for (const node of nodes) {
    const object = plainOf(node);
    if (!isObject(object)) return { kind: 'broken', message: 'a document that is no object' };
    const items = object['kind'] === 'List' ? object['items'] : undefined;
    if (Array.isArray(items)) objects.push(...items.filter(isObject));
    else objects.push(object);
  }
  return { kind: 'objects', objects };
}

export function isObject(value: Plain | undefined): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for what may travel with a Job without starting anything. */
export function isCarried(object: PlainObject): boolean {
  return object['kind'] === 'ConfigMap' || object['kind'] === 'Secret';
}

export function metadataText(object: PlainObject, key: string): string | undefined {
  const metadata = object['metadata'];
  const value = isObject(metadata) ? metadata[key] : undefined;
  return typeof value === 'string' ? value : undefined;
}
