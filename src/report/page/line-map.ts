import type { JobPage, PageLink } from './data.ts';

/** A line on one of the two sides. Files of the legacy side are numbers, as in the links. */
export interface SidedLine {
  readonly side: 'legacy' | 'output';
  readonly file: string;
  readonly line: number;
}

/** Both directions of the links of a job. */
export interface LineMap {
  /** Values that begin on a line of an output file. */
  readonly linksAt: (path: string, line: number) => readonly PageLink[];
  /** Values that a legacy line has a part in, with their output file; those that it is the source of come first. */
  readonly becameOf: (
    file: number,
    line: number,
  ) => readonly { readonly path: string; readonly link: PageLink; readonly part: boolean }[];
  /** Lines of a file that lead somewhere. */
  readonly linkedLines: (side: SidedLine['side'], file: string | number) => ReadonlySet<number>;
}

type Became = ReturnType<LineMap['becameOf']>[number];

export function lineMap({ outputs, steps }: JobPage, numberOf: (file: string) => number): LineMap {
  const byOutput = new Map<string, Map<number, PageLink[]>>();
  const byLegacy = new Map<number, Map<number, Became[]>>();
  const add = <K>(map: Map<K, Map<number, unknown[]>>, file: K, line: number, entry: unknown): void => {
    const lines = map.get(file) ?? new Map<number, unknown[]>();
    map.set(file, lines);
    lines.set(line, [...(lines.get(line) ?? []), entry]);
  };
  for (const { path, links } of outputs)
    for (const link of links) {
      const [line, , file, from, , chain] = link;
      add(byOutput as Map<string, Map<number, unknown[]>>, path, line, link);
      const places = new Map<string, Became & { readonly file: number; readonly from: number }>();
      if (file >= 0) places.set(`${file}:${from}`, { path, link, part: false, file, from });
      for (const [, , at, atLine] of chain)
        if (at >= 0 && !places.has(`${at}:${atLine}`))
          places.set(`${at}:${atLine}`, { path, link, part: true, file: at, from: atLine });
      for (const { file: inFile, from: onLine, ...entry } of places.values())
        add(byLegacy as Map<number, Map<number, unknown[]>>, inFile, onLine, entry);
    }
  // The line that names a step: its values come from the lines below it.
  const base = outputs.find(({ path }) => path.endsWith('/workflow.yaml'));
  const names = (base?.text ?? '').split('\n');
  for (const { template, file, line } of steps) {
    const at = names.findIndex((text) => text.trim() === `- name: ${template}`) + 1;
    if (base === undefined || template === '' || at === 0 || numberOf(file) < 0) continue;
    const link: PageLink = [at, '', numberOf(file), line, line, []];
    add(byLegacy as Map<number, Map<number, unknown[]>>, numberOf(file), line, { path: base.path, link, part: false });
  }
  return {
    linksAt: (path, line) => byOutput.get(path)?.get(line) ?? [],
    becameOf: (file, line) =>
      [...(byLegacy.get(file)?.get(line) ?? [])].sort((a, b) => Number(a.part) - Number(b.part)),
    linkedLines: (side, file) =>
      new Set((side === 'output' ? byOutput.get(String(file)) : byLegacy.get(Number(file)))?.keys() ?? []),
  };
}
