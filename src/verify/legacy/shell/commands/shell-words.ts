/** Words as a shell splits them: blanks, quotes, backslashes, nothing else. Undefined where a quote stays open. */
export function shellWords(text: string): readonly string[] | undefined {
  const words: string[] = [];
  let current: string | undefined;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (/[ \t\n]/.test(character)) {
      if (current !== undefined) words.push(current);
      current = undefined;
    } else if (character === "'") {
      const end = text.indexOf("'", at + 1);
      if (end < 0) return undefined;
      current = (current ?? '') + text.slice(at + 1, end);
      at = end;
    } else if (character === '"') {
      current ??= '';
      for (at += 1; text[at] !== '"'; at += 1) {
        if (at >= text.length) return undefined;
        if (text[at] === '\\' && '"\\'.includes(text[at + 1] ?? ' ')) at += 1;
        current += text[at] ?? '';
      }
    } else {
      if (character === '\\') at += 1;
      current = (current ?? '') + (text[at] ?? '');
    }
  }
  if (current !== undefined) words.push(current);
  return words;
}
