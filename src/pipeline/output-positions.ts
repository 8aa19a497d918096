import type { Diagnostic } from '../core/diagnostic.ts';
import type { OutputFile } from '../emit/types.ts';

/** Says of each finding where in the output the thing stands that it speaks of: the value that came from the same place, or from the same line. */
export function withOutputPositions(
  diagnostics: readonly Diagnostic[],
  files: readonly OutputFile[],
): readonly Diagnostic[] {
  const places = new Places(files);
  return diagnostics.map((diagnostic) => {
    const output = places.of(diagnostic);
    return output === undefined ? diagnostic : { ...diagnostic, output };
  });
}

class Places {
  readonly #exact = new Map<string, string>();
  readonly #byLine = new Map<string, string>();

  constructor(files: readonly OutputFile[]) {
    for (const file of files) {
      for (const [pointer, { span }] of file.origins) {
        if (span === undefined) continue;
        const place = `${file.path}#${pointer}`;
        const job = file.job ?? '';
        this.#keep(this.#exact, `${job}\u0000${span.file}\u0000${span.start.offset}`, place);
        this.#keep(this.#byLine, `${job}\u0000${span.file}\u0000${span.start.line}`, place);
      }
    }
  }

  of({ span, job }: Diagnostic): string | undefined {
    if (span === undefined) return undefined;
    const place = `${job ?? ''}\u0000${span.file}`;
    return (
      this.#exact.get(`${place}\u0000${span.start.offset}`) ?? this.#byLine.get(`${place}\u0000${span.start.line}`)
    );
  }

  /** Of several places the innermost says most. */
  #keep(places: Map<string, string>, key: string, place: string): void {
    const known = places.get(key);
    if (known === undefined || depth(place) > depth(known)) places.set(key, place);
  }
}

function depth(place: string): number {
  return place.split('/').length;
}
