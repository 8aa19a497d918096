import type { Host } from '../../core/host.ts';

export interface TreeFile {
  readonly text: string;
  /** Where it was found, if not at the path that was asked for. */
  readonly elsewhere?: string;
}

/** Files of the legacy tree. The tree may be a copy in which a project's neighbours lie in other places than on the worker. */
export class LegacyTree {
  readonly #host: Host;
  readonly #found = new Map<string, TreeFile | undefined>();

  constructor(host: Host) {
    this.#host = host;
  }

  read(path: string): TreeFile | undefined {
    if (this.#found.has(path)) return this.#found.get(path);
    const text = this.#host.read(path);
    const file = text === undefined ? this.#elsewhere(path) : { text };
    this.#found.set(path, file);
    return file;
  }

  /** The one file that shares at least folder and name with the path. */
  #elsewhere(path: string): TreeFile | undefined {
    const parts = path.split('/');
    for (let skip = 1; parts.length - skip >= 2; skip += 1) {
      const tail = parts.slice(skip).join('/');
      const [found, ...more] = this.#host.list().filter((file) => file === tail || file.endsWith(`/${tail}`));
      if (found === undefined) continue;
      const text = more.length === 0 ? this.#host.read(found) : undefined;
      return text === undefined ? undefined : { text, elsewhere: found };
    }
    return undefined;
  }
}
