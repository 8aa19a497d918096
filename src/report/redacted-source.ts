import { redact } from '../core/redact.ts';
import type { SourceFile } from '../core/source.ts';

type FindSource = (path: string) => SourceFile | undefined;

/** Legacy files as reports may quote them: what looks like a secret is masked, lines stay where they are. */
export function redactedSource(source: FindSource): FindSource {
  const known = new Map<string, SourceFile | undefined>();
  return (path) => {
    if (known.has(path)) return known.get(path);
    const file = source(path);
    const shown = file === undefined ? undefined : { ...file, text: redact(file.text) };
    known.set(path, shown);
    return shown;
  };
}
