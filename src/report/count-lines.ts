import type { OutputFile } from '../emit/types.ts';
import type { LegacyText } from './report-input.ts';

/** Lines of a text, as `wc -l` counts them, a last line without its end included. */
export function linesOf(text: string): number {
  const ends = text.split('\n').length - 1;
  return text === '' || text.endsWith('\n') ? ends : ends + 1;
}

/** Lines of the legacy platform; each text once, however many jobs read it. */
export function linesBefore(texts: readonly LegacyText[]): number {
  const counted = new Map(texts.map((text) => [text.key, text.lines]));
  return [...counted.values()].reduce((sum, lines) => sum + lines, 0);
}

/** Lines of the YAML that replaces it: all below `cron`, `workflows` and `templates`; with `environment` the base and that overlay alone. */
export function linesAfter(files: readonly OutputFile[], environment?: string): number {
  return files
    .filter(({ path }) => /^(?:cron|workflows|templates)\/.*\.ya?ml$/.test(path))
    .filter(({ path }) => {
      const overlay = /\/overlays\/([^/]+)\//.exec(path)?.[1];
      return environment === undefined || overlay === undefined || overlay === environment;
    })
    .reduce((sum, file) => sum + linesOf(file.text), 0);
}
