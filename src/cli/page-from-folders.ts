import type { Host } from '../core/host.ts';
import { repoPath, type SourceFile } from '../core/source.ts';
import { readAccounting } from '../explain/accounting-file.ts';
import { readMap } from '../explain/file-map.ts';
import type { PageInput } from '../report/html/page-input.ts';
import type { Report } from '../report/types.ts';

/** What the page shows, read back from an output folder. Without the legacy folder its side stays empty. */
export function pageFromFolders(
  report: Report,
  out: Host,
  legacy: Host | undefined,
  language: PageInput['language'],
): PageInput {
  const accounting = out.read('.dig2argo/accounting.json') ?? '';
  return {
    report,
    language,
    legacy: (path) => legacy?.read(path),
    output: (path) => out.read(path),
    map: (path) => readMap(out.read(`.dig2argo/map/${path}.json`) ?? ''),
    units: (file) => readAccounting(accounting, file),
  };
}

/** The files of a folder that may be quoted. */
export function sourceIn(host: Host | undefined): (path: string) => SourceFile | undefined {
  return (path) => {
    const text = host?.read(path);
    return text === undefined ? undefined : { path: repoPath(path), text };
  };
}
