/**
 * Shell text without pairs of quotes that hold nothing and stand behind a brace: they part braces that Argo would read as a tag, and
 * are nothing to the shell. A pair counts only where it is one: two single quotes mean themselves between double ones.
 */
export function withoutEmptyQuotes(source: string): string {
  let quote: string | undefined;
  let kept = '';
  for (let at = 0; at < source.length; at++) {
    const char = source[at] ?? '';
    const pair = char === "'" || char === '"' ? source.startsWith(char + char, at) : false;
    if (pair && kept.endsWith('{') && (quote === undefined || quote === char)) {
      at++;
      continue;
    }
    kept += char;
    if (char === '\\' && quote !== "'") {
      at++;
      kept += source[at] ?? '';
    } else if (quote === undefined && (char === "'" || char === '"')) quote = char;
    else if (char === quote) quote = undefined;
  }
  return kept;
}
