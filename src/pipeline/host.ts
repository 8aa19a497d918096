import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Host } from '../core/host.ts';
import { compareText } from '../core/order.ts';

/** Files larger than this are no source text of a platform; they are left unread. */
const MAX_FILE_BYTES = 8 * 1024 * 1024;

const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(['.git', 'node_modules', '.digdag']);

/** A host that reads one folder of the real file system and nothing outside it. */
export function folderHost(root: string): Host {
  const files = listFiles(root, '');
  const known = new Set(files);
  return {
    list: () => files,
    read: (path) => (known.has(path) ? readText(join(root, path)) : undefined),
  };
}

/** A host for tests and the library: a map from path to text. */
export function memoryHost(files: Readonly<Record<string, string>>): Host {
  return {
    list: () => Object.keys(files).sort(compareText),
    read: (path) => (Object.hasOwn(files, path) ? files[path] : undefined),
  };
}

function listFiles(root: string, folder: string): string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true }).sort((a, b) => compareText(a.name, b.name));
  return entries.flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return SKIPPED_FOLDERS.has(entry.name) ? [] : listFiles(root, path);
    return entry.isFile() ? [path] : [];
  });
}

function readText(path: string): string | undefined {
  try {
    return statSync(path).size > MAX_FILE_BYTES ? undefined : readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
