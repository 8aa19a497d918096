import type { FileMap, MapEntry } from './file-map.ts';
import { type PointerLines, pointerLines } from './output-lines.ts';

/** A value of the output that a legacy line had a part in. */
export interface Became extends MapEntry {
  readonly file: string;
  readonly line: number;
  /** `value`: it is what the line says; `part`: the line is a variable, condition or include on its way. */
  readonly role: 'value' | 'part';
}

/** What the report says of a step: the line that names it, and the template that it became. */
export interface NamedStep {
  readonly file: string;
  readonly line: number;
  readonly template: string;
  /** Output files of its job. */
  readonly outputs: readonly string[];
}

/**
 * What became of a line of a legacy file (line 0: of the whole file): the values that come from it, by output file and
 * line. Where a value and all it holds come from one line, only the outermost is named.
 */
export function explainLegacy(
  maps: readonly FileMap[],
  text: (file: string) => string | undefined,
  file: string,
  line: number,
  steps: readonly NamedStep[] = [],
): readonly Became[] {
  const exact = maps.flatMap((map) => becameIn(map, text, (entry) => roleOf(entry, file, line)));
  if (line === 0) return exact;
  if (exact.length > 0) return distinctly([...exact, ...templatesAt(line)]);
  // Inside a longer text, such as a script of several lines: the shortest text around it, or the step that it is in.
  const around = maps.flatMap((map) =>
    map.entries.flatMap(({ source }) => (covers(source, file, line) ? [source] : [])),
  );
  const shortest = around.reduce<(typeof around)[number] | undefined>(
    (best, each) => (best === undefined || heightOf(each) < heightOf(best) ? each : best),
    undefined,
  );
  const stepLine = Math.max(
    0,
    ...steps.flatMap((step) => (step.file === file && step.line <= line ? [step.line] : [])),
  );
  if (stepLine > 0 && (shortest === undefined || stepLine >= shortest.line)) {
    const templates = distinctly(templatesAt(stepLine));
    if (templates.length > 0) return templates;
  }
  return maps.flatMap((map) =>
    becameIn(map, text, ({ source }) =>
      shortest !== undefined && covers(source, file, line) && heightOf(source) === heightOf(shortest)
        ? 'value'
        : undefined,
    ),
  );

  function templatesAt(named: number): readonly Became[] {
    return steps
      .filter((step) => step.file === file && step.line === named)
      .flatMap((step) => templatesOf(step, maps, text));
  }
}

/** Jobs that share a template name it each. */
function distinctly(found: readonly Became[]): readonly Became[] {
  return [...new Map(found.map((each) => [`${each.file} ${each.pointer}`, each])).values()];
}

function heightOf({ line, endLine }: NonNullable<MapEntry['source']>): number {
  return endLine - line;
}

/** `load/extract` is a template of a shared WorkflowTemplate. */
function placeOf(template: string, outputs: readonly string[]): Pick<NamedStep, 'template' | 'outputs'> {
  const [shared, name] = template.split('/');
  return name === undefined ? { template, outputs } : { template: name, outputs: [`templates/${shared}.yaml`] };
}

/** The templates that a step became: its own values come from the lines below the one that names it. */
function templatesOf(
  { template: written, outputs: own }: NamedStep,
  maps: readonly FileMap[],
  text: (file: string) => string | undefined,
): readonly Became[] {
  const { outputs, template } = placeOf(written, own);
  return maps
    .filter((map) => outputs.includes(map.file))
    .flatMap((map) => {
      const manifest = text(map.file) ?? '';
      const lines = manifest.split('\n');
      const entries = new Map(map.entries.map((entry) => [entry.pointer, entry]));
      return pointerLines(manifest).flatMap(({ pointer, line }): readonly Became[] => {
        const entry = entries.get(pointer);
        return entry !== undefined &&
          /\/templates\/\d+$/.test(pointer) &&
          lines[line - 1]?.trim() === `- name: ${template}`
          ? [{ ...entry, file: map.file, line, role: 'value' }]
          : [];
      });
    });
}

function becameIn(
  map: FileMap,
  text: (file: string) => string | undefined,
  role: (entry: MapEntry) => Became['role'] | undefined,
): readonly Became[] {
  const found = map.entries.flatMap((entry) => {
    const as = role(entry);
    return as === undefined ? [] : [{ entry, as }];
  });
  if (found.length === 0) return [];
  const lines = new Map<string, PointerLines>(pointerLines(text(map.file) ?? '').map((each) => [each.pointer, each]));
  const pointers = new Map(found.map(({ entry, as }) => [entry.pointer, as]));
  return found.flatMap(({ entry, as }): readonly Became[] => {
    const place = lines.get(entry.pointer);
    const parent = entry.pointer.slice(0, entry.pointer.lastIndexOf('/'));
    if (place === undefined || (entry.pointer !== '' && pointers.get(parent) === as)) return [];
    return [{ ...entry, file: map.file, line: place.line, role: as }];
  });
}

function roleOf({ source, chain }: MapEntry, file: string, line: number): Became['role'] | undefined {
  const here = (at: { readonly file: string; readonly line: number } | undefined): boolean =>
    at?.file === file && (line === 0 || at.line === line);
  if (here(source)) return 'value';
  return chain.some(({ at }) => here(at)) ? 'part' : undefined;
}

function covers(source: MapEntry['source'], file: string, line: number): source is NonNullable<MapEntry['source']> {
  return source !== undefined && source.file === file && source.line <= line && line <= source.endLine;
}
