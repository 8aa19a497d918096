/** A Markdown table; nothing where there are no rows. Cells may hold Markdown, line breaks and bars are made harmless. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |\n`;
  return line(head) + line(head.map(() => '---')) + rows.map(line).join('');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/\r?\n/g, ' ');
}

/** Text shown as it is, in a code span; the empty text stays empty. */
export function code(text: string): string {
  if (text === '') return '';
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 || /^\s|\s$/.test(text) ? ' ' : '';
  return fence + pad + text + pad + fence;
}

/** Text of the legacy platform or of a finding in running Markdown: nothing of it becomes markup. */
export function plain(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>#~]/g, '\\$&');
}

export function codeBlock(text: string, language = 'text'): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}\n`;
}

/** A section; nothing where its body is empty. */
export function section(level: number, title: string, body: string): string {
  return body === '' ? '' : `${'#'.repeat(level)} ${title}\n\n${body}`;
}

/** Parts of a document with one empty line between them. */
export function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n');
}

export function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${item}\n`).join('');
}

/** `12,345`. */
export function figure(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
