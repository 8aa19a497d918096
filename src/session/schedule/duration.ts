/** `1d 2h 3m 4s`, each part optional, as seconds; undefined for anything else and for nothing at all. */
export function parseDuration(text: string): number | undefined {
  const found = /^\s*(?:(\d+)\s*d)?\s*(?:(\d+)\s*h)?\s*(?:(\d+)\s*m)?\s*(?:(\d+)\s*s)?\s*$/.exec(text);
  if (found === null || text.trim() === '') return undefined;
  const part = (at: number): number => Number(found[at] ?? '0');
  return part(1) * 86_400 + part(2) * 3600 + part(3) * 60 + part(4);
}
