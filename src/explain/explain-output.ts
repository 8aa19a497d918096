import type { FileMap, MapEntry } from './file-map.ts';
import { type PointerLines, pointerLines } from './output-lines.ts';

/** A value on the asked line of an output file, and the way it came. */
export interface ExplainedValue extends MapEntry {
  readonly line: number;
}

/**
 * The values that begin on a line of an output file (line 0: of the whole file), the outermost first. A line inside a
 * longer text is explained by the value that it belongs to. Containers whose own way says no more than that of what
 * they hold are left out.
 */
export function explainOutput(map: FileMap, text: string, line: number): readonly ExplainedValue[] {
  const places = pointerLines(text);
  const entries = new Map(map.entries.map((entry) => [entry.pointer, entry]));
  const here = line === 0 ? places : places.filter((place) => place.line === line);
  const chosen = here.length > 0 ? here : innermost(places, line);
  return chosen.flatMap((place): readonly ExplainedValue[] => {
    const entry = entries.get(place.pointer);
    if (entry === undefined || saysNothing(place, entry, chosen, entries)) return [];
    return [{ ...entry, line: place.line }];
  });
}

function innermost(places: readonly PointerLines[], line: number): readonly PointerLines[] {
  const around = places.filter((place) => place.line <= line && line <= place.endLine);
  return around.slice(-1);
}

function saysNothing(
  place: PointerLines,
  entry: MapEntry,
  chosen: readonly PointerLines[],
  entries: ReadonlyMap<string, MapEntry>,
): boolean {
  if (!place.holds) return false;
  const below = chosen.filter((each) => each.pointer.startsWith(`${place.pointer}/`));
  const known = new Set(
    below.flatMap((each) => (entries.get(each.pointer)?.chain ?? []).map((link) => JSON.stringify(link))),
  );
  return below.length > 0 && entry.chain.every((link) => known.has(JSON.stringify(link)));
}
