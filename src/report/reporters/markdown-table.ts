/** A table; cells may hold Markdown, pipes and line ends are made harmless. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/\r?\n/g, ' ');
}

/** `-81.9 %`; a dash where there was nothing before. */
export function percentage(before: number, after: number): string {
  if (before === 0) return '–';
  const change = ((after - before) / before) * 100;
  return `${change > 0 ? '+' : ''}${change.toFixed(1)} %`;
}

/** A section with its heading; nothing where its body is empty. */
export function section(title: string, body: string): string {
  return body === '' ? '' : `\n## ${title}\n\n${body}\n`;
}
