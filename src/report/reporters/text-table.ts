import { stripVTControlCharacters } from 'node:util';

/** Columns of a table, each as wide as its widest cell; nothing behind the last one. Colours do not count as width. */
export function table(rows: readonly (readonly string[])[], { indent }: { readonly indent: number }): string {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, at) => {
      widths[at] = Math.max(widths[at] ?? 0, widthOf(cell));
    });
  const lines = rows.map((row) =>
    row
      .map((cell, at) => cell + ' '.repeat((widths[at] ?? 0) - widthOf(cell)))
      .join('  ')
      .trimEnd(),
  );
  return lines.map((line) => `${' '.repeat(indent)}${line}\n`).join('');
}

/** Columns on a terminal: East Asian characters take two. */
function widthOf(text: string): number {
  const plain = stripVTControlCharacters(text);
  return [...plain].reduce(
    (sum, character) =>
      sum +
      (/[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(
        character,
      )
        ? 2
        : 1),
    0,
  );
}
