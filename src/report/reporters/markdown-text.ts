/** Text shown as it is, in a code span; the empty text stays empty. */
export function code(text: string): string {
  if (text === '') return '';
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 || /^\s|\s$/.test(text) ? ' ' : '';
  return fence + pad + text + pad + fence;
}

/** Text of the legacy platform or of a finding in running Markdown: nothing of it becomes markup but pairs of backquotes. */
export function plain(text: string): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part, at) =>
      at % 2 === 1 ? part : part.replaceAll(/[\\`*[\]<]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\$&'),
    )
    .join('');
}

/** A fenced block, each line behind `indent`. */
export function codeBlock(text: string, language: string, indent = ''): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, ...text.split('\n'), fence].map((line) => (indent + line).trimEnd()).join('\n');
}

/** A hint as a sentence: some texts of the tables end with a full stop, some do not. */
export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
