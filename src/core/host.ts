/** The only way stages reach the outside. Paths are POSIX, below the folder the host was made for. */
export interface Host {
  /** The text of a file; undefined where it does not exist or cannot be read. */
  read(path: string): string | undefined;
  /** All files below the folder, sorted; links are not followed. */
  list(): readonly string[];
}
