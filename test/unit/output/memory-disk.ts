import type { Disk } from '../../../src/cli/output/disk.ts';

/** What a process that is killed does: it stops, in the middle of a write too. */
export class Killed extends Error {}

/** A disk in memory that can stop at its n-th change. Folders exist where files do, or where they were left empty. */
export class MemoryDisk implements Disk {
  readonly files: Map<string, string>;
  readonly folders = new Set<string>();
  changes = 0;
  killAt = Number.POSITIVE_INFINITY;

  constructor(files: Iterable<readonly [string, string]> = []) {
    this.files = new Map(files);
  }

  /** The files, but for what is kept below `.dig2argo/tmp-…`. */
  tree(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.files].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  copy(): MemoryDisk {
    return new MemoryDisk(this.files);
  }

  kind(path: string): 'file' | 'folder' | undefined {
    if (this.files.has(path)) return 'file';
    return this.folders.has(path) || [...this.files.keys()].some((file) => file.startsWith(`${path}/`))
      ? 'folder'
      : undefined;
  }

  read(path: string): string | undefined {
    return this.files.get(path);
  }

  names(folder: string): readonly string[] {
    const names = [...this.files.keys(), ...this.folders].flatMap((path) =>
      path.startsWith(`${folder}/`) ? [path.slice(folder.length + 1).split('/')[0] ?? ''] : [],
    );
    return [...new Set(names)].sort();
  }

  leadsInside(): boolean {
    return true;
  }

  write(path: string, text: string): void {
    this.#change(
      () => this.files.set(path, text),
      () => this.files.set(path, text.slice(0, text.length / 2)),
    );
  }

  move(from: string, to: string): void {
    this.#change(() => {
      const text = this.files.get(from);
      if (text === undefined) throw new Error(`nothing to move at ${from}`);
      this.files.delete(from);
      this.files.set(to, text);
    });
  }

  remove(path: string): void {
    this.#change(() => this.files.delete(path));
  }

  removeFolder(path: string): void {
    for (const file of [...this.files.keys()].sort())
      if (file.startsWith(`${path}/`)) this.#change(() => this.files.delete(file));
    this.#change(() => this.folders.delete(path));
  }

  removeEmptyFolder(path: string): boolean {
    if (this.names(path).length > 0) return false;
    this.#change(() => this.folders.delete(path));
    return true;
  }

  /** At the n-th change the process dies: before it, or, for a write, half way through. */
  #change(action: () => unknown, half?: () => unknown): void {
    this.changes += 1;
    if (this.changes === this.killAt) {
      half?.();
      throw new Killed();
    }
    action();
  }
}
