/** What the writer needs of a file system. Paths are POSIX, below the output folder. Every change goes through here, so that a test can stop any of them. */
export interface Disk {
  /** What stands at the path itself; links are not followed. */
  kind(path: string): EntryKind | undefined;
  /** The text of a file; undefined where there is none. */
  read(path: string): string | undefined;
  /** Names of the entries of a folder, sorted; none where it does not exist. */
  names(folder: string): readonly string[];
  /** Where the links above and at the path lead; false where that is outside the output folder. */
  leadsInside(path: string): boolean;
  /** Writes a file and the folders above it. May be cut off half way. */
  write(path: string, text: string): void;
  /** Moves a file in one step, replacing what is there, and makes the folders above it. */
  move(from: string, to: string): void;
  /** Deletes a file; does nothing where there is none. */
  remove(path: string): void;
  /** Deletes a folder with all it holds; may be cut off half way. */
  removeFolder(path: string): void;
  /** Deletes a folder that is empty; answers whether it was. */
  removeEmptyFolder(path: string): boolean;
}

export type EntryKind = 'file' | 'folder' | 'link' | 'other';
