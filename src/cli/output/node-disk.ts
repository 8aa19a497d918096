import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  type Stats,
  writeFileSync,
} from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { compareText } from '../../core/order.ts';
import type { Disk, EntryKind } from './disk.ts';

/** The real file system below one folder, which need not exist yet. */
export function nodeDisk(root: string): Disk {
  const at = (path: string): string => join(root, path);
  const makeParent = (path: string): void => {
    mkdirSync(dirname(at(path)), { recursive: true });
  };
  return {
    kind: (path) => kindOf(statAt(at(path))),
    read: (path) => unlessMissing(() => readFileSync(at(path), 'utf8')),
    names: (folder) => (unlessMissing(() => readdirSync(at(folder))) ?? []).sort(compareText),
    leadsInside: (path) => leadsInside(root, path),
    write: (path, text) => {
      makeParent(path);
      writeFileSync(at(path), text);
    },
    move: (from, to) => {
      makeParent(to);
      renameSync(at(from), at(to));
    },
    remove: (path) => rmSync(at(path), { force: true }),
    removeFolder: (path) => rmSync(at(path), { recursive: true, force: true }),
    removeEmptyFolder: (path) => {
      if (statAt(at(path))?.isDirectory() !== true || readdirSync(at(path)).length > 0) return false;
      rmdirSync(at(path));
      return true;
    },
  };
}

/** The real path of the nearest part of `path` that exists, against the real path of the root. */
function leadsInside(root: string, path: string): boolean {
  const home = unlessMissing(() => realpathSync(root));
  if (home === undefined) return true;
  let reached = home;
  for (const part of path.split('/')) {
    const next = join(reached, part);
    const stat = statAt(next);
    if (stat === undefined) return true;
    // A link to nowhere would be followed by a write to nowhere we know.
    const real = stat.isSymbolicLink() ? unlessMissing(() => realpathSync(next)) : next;
    if (real === undefined || !`${real}${sep}`.startsWith(home.endsWith(sep) ? home : `${home}${sep}`)) return false;
    reached = real;
  }
  return true;
}

function kindOf(stat: Stats | undefined): EntryKind | undefined {
  if (stat === undefined) return undefined;
  if (stat.isSymbolicLink()) return 'link';
  return stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : 'other';
}

function statAt(path: string): Stats | undefined {
  return unlessMissing(() => lstatSync(path));
}

/** What `action` gives; undefined where nothing stands at its path, or a file where a folder should. */
function unlessMissing<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined;
    throw error;
  }
}
