import type { AccountedUnit } from '../core/accounting.ts';
import type { Host } from '../core/host.ts';
import type { OutputFile } from '../emit/types.ts';
import { type WrittenUnit, writtenUnit } from '../explain/accounting-file.ts';
import { type FileMap, fileMapOf } from '../explain/file-map.ts';
import type { PageInput } from '../report/html/page-input.ts';
import type { Report } from '../report/types.ts';

interface PageParts {
  readonly report: Report;
  readonly files: readonly OutputFile[];
  readonly units: readonly AccountedUnit[];
  readonly language: PageInput['language'];
  readonly host: Host;
}

/** What the report's page shows, taken from a conversion that has just been made. */
export function pageInput({ report, files, units, language, host }: PageParts): PageInput {
  const outputs = new Map(files.map((file) => [file.path, file]));
  const maps = new Map<string, FileMap>();
  const byFile = new Map<string, WrittenUnit[]>();
  for (const each of units) {
    const { file } = each.unit.span;
    const known = byFile.get(file);
    if (known === undefined) byFile.set(file, [writtenUnit(each)]);
    else known.push(writtenUnit(each));
  }
  return {
    report,
    language,
    legacy: (path) => host.read(path),
    output: (path) => outputs.get(path)?.text,
    map: (path) => {
      const file = outputs.get(path);
      if (file === undefined) return undefined;
      const known = maps.get(path) ?? fileMapOf(file);
      maps.set(path, known);
      return known;
    },
    units: (file) => byFile.get(file) ?? [],
  };
}
