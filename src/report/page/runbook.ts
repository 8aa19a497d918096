import { element } from './dom.ts';

/** The Markdown that runbooks use: headings, paragraphs, lists, tables, code. Anything else stays text. */
export function markdownView(text: string): HTMLElement {
  const blocks = text.replaceAll(/<!--[\s\S]*?-->/g, '').split('\n');
  const view = element('div', { class: 'markdown' });
  let at = 0;
  const takeWhile = (test: (line: string) => boolean): readonly string[] => {
    const taken: string[] = [];
    for (; at < blocks.length && test(blocks[at] ?? ''); at += 1) taken.push(blocks[at] ?? '');
    return taken;
  };
  while (at < blocks.length) {
    const line = blocks[at] ?? '';
    const heading = /^(#{1,5}) (.*)$/.exec(line);
    if (line.trim() === '') at += 1;
    else if (heading !== null) {
      // The page has headings of two levels above those of a runbook.
      view.append(element(`h${Math.min(6, (heading[1] ?? '').length + 2)}`, {}, ...inline(heading[2] ?? '')));
      at += 1;
    } else if (/^```/.test(line)) {
      at += 1;
      const code = takeWhile((each) => !/^```/.test(each));
      at += 1;
      view.append(element('pre', { tabindex: 0 }, code.join('\n')));
    } else if (/^\|/.test(line)) view.append(tableOf(takeWhile((each) => /^\|/.test(each))));
    else if (/^(?:[-*]|\d+\.) /.test(line)) {
      const ordered = /^\d/.test(line);
      const items = takeWhile((each) => /^(?:[-*]|\d+\.) |^ {2,}\S/.test(each));
      view.append(
        element(
          ordered ? 'ol' : 'ul',
          {},
          ...items.map((item) => element('li', {}, ...inline(item.replace(/^\s*(?:[-*]|\d+\.)? */, '')))),
        ),
      );
    } else {
      const lines = takeWhile((each) => each.trim() !== '' && !/^(?:#|```|\||[-*] |\d+\. )/.test(each));
      if (lines.length === 0) {
        view.append(element('p', {}, line));
        at += 1;
      } else view.append(element('p', {}, ...inline(lines.join(' '))));
    }
  }
  return view;
}

function tableOf(lines: readonly string[]): HTMLElement {
  const rows = lines
    .filter((line) => !/^\|[\s:|-]*-[\s:|-]*\|$/.test(line))
    .map((line) =>
      line
        .replaceAll(/^\||\|$/g, '')
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim().replaceAll('\\|', '|')),
    );
  const [head = [], ...body] = rows;
  const named = head.some((cell) => cell !== '');
  return element(
    'div',
    { class: 'scroll', tabindex: 0 },
    element(
      'table',
      { class: 'data' },
      named
        ? element(
            'thead',
            {},
            element('tr', {}, ...head.map((cell) => element('th', { scope: 'col' }, ...inline(cell)))),
          )
        : undefined,
      element(
        'tbody',
        {},
        ...body.map((row) =>
          element(
            'tr',
            {},
            ...row.map((cell, at) =>
              named || at > 0 ? element('td', {}, ...inline(cell)) : element('th', { scope: 'row' }, ...inline(cell)),
            ),
          ),
        ),
      ),
    ),
  );
}

function inline(text: string): readonly (Node | string)[] {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*|\[[^\]]+\]\([^)]+\))/).map((part) => {
    if (/^`[^`]+`$/.test(part)) return element('code', {}, part.slice(1, -1));
    if (/^\*\*[^*]+\*\*$/.test(part)) return element('strong', {}, part.slice(2, -2));
    const named = /^\[([^\]]+)\]\(([^)]+)\)$/.exec(part);
    // Links of a runbook lead to files beside it: the page lies elsewhere.
    return named === null ? part.replaceAll(/\\([\\`*_[\]<|])/g, '$1') : (named[1] ?? '');
  });
}
