import type { TextPart } from '../../../ir/value.ts';
import { findForeignRuns } from './foreign-tags.ts';
import { partText } from './part-text.ts';

/**
 * Shell text in which nothing looks like a tag of Argo's: an empty pair of quotes stands between its braces. undefined where that would
 * not leave the text as it is: in here-documents, comments and command substitutions.
 */
export function breakBraces(parts: readonly TextPart[]): readonly TextPart[] | undefined {
  const text = partText(parts);
  const runs = findForeignRuns(text);
  const broken: TextPart[] = [];
  let at = 0;
  for (const run of runs) {
    const quote = quoteAt(text.text, run.start);
    if (quote === undefined) return undefined;
    const ends = text.text[run.end - 1] === '{' ? run.end : run.start + 1;
    const from = text.slice(run.start, run.end)[0]?.from ?? { via: 'default', reason: 'literal text' };
    broken.push(...text.slice(at, run.start));
    for (let brace = run.start; brace < ends; brace++)
      broken.push({ kind: 'literal', text: `{${quote}${quote}`, from });
    at = ends;
  }
  return [...broken, ...text.slice(at, text.text.length)];
}

/** The quotes that may be closed and opened at an offset; undefined where quotes would be read otherwise. */
function quoteAt(text: string, offset: number): '"' | "'" | undefined {
  let quote: '"' | "'" | undefined;
  for (let at = 0; at < offset; at++) {
    const char = text[at];
    if (quote === "'") {
      if (char === "'") quote = undefined;
    } else if (char === '\\') at++;
    else if (char === '`' || text.startsWith('$(', at) || text.startsWith('${', at) || text.startsWith("$'", at))
      return undefined;
    else if (
      quote === undefined &&
      (text.startsWith('<<', at) || (char === '#' && /(?:^|\s)$/.test(text.slice(0, at))))
    )
      return undefined;
    else if (char === '"') quote = quote === '"' ? undefined : '"';
    else if (char === "'" && quote === undefined) quote = "'";
  }
  return quote ?? '"';
}
