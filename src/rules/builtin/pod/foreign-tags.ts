import type { Value } from '../../../ir/value.ts';
import type { PodContext } from './context.ts';
import { type PartText, partText } from './part-text.ts';

/** First words of the tags that Argo resolves or checks somewhere. */
const argoNames = new Set([
  'inputs',
  'outputs',
  'workflow',
  'steps',
  'tasks',
  'item',
  'pod',
  'node',
  'retries',
  'lastRetry',
  'cronworkflow',
  'execution',
]);

/** A run of characters that Argo would not hand on as it is. */
export interface ForeignRun {
  readonly start: number;
  readonly end: number;
}

/**
 * Argo leaves a tag alone whose name it does not know. A tag with a known first word, an expression, braces that are not closed,
 * or a brace right before a reference (`{` and `{{inputs…}}`) would change.
 */
export function findForeignRuns(text: PartText): readonly ForeignRun[] {
  const runs: ForeignRun[] = [];
  for (let at = text.text.indexOf('{'); at >= 0; at = text.text.indexOf('{', at + 1)) {
    if (text.partAt(at + 1) !== undefined) runs.push({ start: at, end: at + 1 });
    if (!text.text.startsWith('{{', at)) continue;
    const close = text.text.indexOf('}}', at);
    const inner = close < 0 ? '' : text.text.slice(at + 2, close);
    const holdsReference = close >= 0 && [...inner].some((_, offset) => text.partAt(at + 2 + offset) !== undefined);
    if (holdsReference) {
      runs.push({ start: at, end: at + 2 });
      at += 1;
    } else if (close < 0 || inner.includes('{')) runs.push({ start: at, end: at + 1 });
    else {
      if (isArgoTag(inner)) runs.push({ start: at, end: close + 2 });
      at = close + 1;
    }
  }
  return runs;
}

function isArgoTag(inner: string): boolean {
  const first = /^\s*([A-Za-z_]\w*)/.exec(inner)?.[1];
  return inner.startsWith('=') || (first !== undefined && argoNames.has(first));
}

/** Reports text that Argo would take for a tag of its own, and says whether there was any. */
export function reportForeignTags(value: Value, path: string, context: PodContext): boolean {
  switch (value.kind) {
    case 'scalar':
      return false;
    case 'text':
      return reportRuns(partText(value.parts), path, value, context);
    case 'list':
      return value.items.map((item, at) => reportForeignTags(item, `${path}[${at}]`, context)).includes(true);
    case 'map': {
      const found = [...value.entries].map(([key, entry]) => {
        const inKey = reportRuns(
          partText([{ kind: 'literal', text: key, from: entry.from }]),
          `${path}.${key}`,
          entry,
          context,
        );
        return reportForeignTags(entry, `${path}.${key}`, context) || inKey;
      });
      return found.includes(true);
    }
  }
}

function reportRuns(text: PartText, path: string, at: Value, context: PodContext): boolean {
  const [run] = findForeignRuns(text);
  if (run === undefined) return false;
  context.report('POD_FOREIGN_TAG', { path, tag: text.text.slice(run.start, Math.max(run.end, run.start + 2)) }, at);
  return true;
}
