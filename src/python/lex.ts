/** A token of Python source. `text` of a string is its value; `format` marks an f-string, whose braces are still in it. */
export interface PyToken {
  readonly kind: 'name' | 'number' | 'string' | 'op' | 'newline' | 'indent' | 'dedent' | 'end';
  readonly text: string;
  readonly format?: boolean;
  readonly start: number;
  readonly end: number;
}

const operators =
  /^(?:\*\*=|\/\/=|>>=|<<=|\.\.\.|->|:=|\*\*|\/\/|<<|>>|<=|>=|==|!=|[-+*/%&|^@]=|[-+*/%&|^~@<>()[\]{},:.;=])/;
const stringStart = /^([rRbBuUfF]{0,2})("""|'''|"|')/;

/** Tokens with the layout of Python; undefined where a character or a string cannot be read. */
export function tokenizePython(source: string): readonly PyToken[] | undefined {
  const tokens: PyToken[] = [];
  const indents = [0];
  let at = 0;
  let depth = 0;
  let lineStart = true;
  const push = (kind: PyToken['kind'], start: number, end: number, text = source.slice(start, end)): void =>
    void tokens.push({ kind, text, start, end });
  while (at < source.length) {
    if (lineStart && depth === 0) {
      const blank = /^[ \t]*(?:#[^\n]*)?(?:\r?\n|$)/.exec(source.slice(at));
      if (blank !== null && blank[0] !== '') {
        at += blank[0].length;
        continue;
      }
      const width = (/^[ \t]*/.exec(source.slice(at))?.[0] ?? '').replaceAll('\t', '        ').length;
      if (width > (indents.at(-1) ?? 0)) {
        indents.push(width);
        push('indent', at, at);
      }
      while (width < (indents.at(-1) ?? 0)) {
        indents.pop();
        push('dedent', at, at);
      }
      lineStart = false;
    }
    const rest = source.slice(at);
    const space = /^(?:[ \t\r]+|\\\r?\n|#[^\n]*)/.exec(rest)?.[0];
    if (space !== undefined) {
      at += space.length;
      continue;
    }
    if (rest.startsWith('\n')) {
      if (depth === 0) {
        push('newline', at, at + 1);
        lineStart = true;
      }
      at++;
      continue;
    }
    const string = stringStart.exec(rest);
    if (string !== null) {
      const [all, prefix = '', quote = '"'] = string;
      const end = endOfString(source, at + all.length, quote);
      if (end === undefined) return undefined;
      const raw = source.slice(at + all.length, end);
      const text = /r/i.test(prefix) ? raw : unescaped(raw);
      tokens.push({ kind: 'string', text, format: /f/i.test(prefix), start: at, end: end + quote.length });
      at = end + quote.length;
      continue;
    }
    const word = /^[\p{L}_][\p{L}\p{N}_]*/u.exec(rest)?.[0];
    const number = /^(?:0[xX][0-9a-fA-F]+|\d[\d_]*(?:\.\d+)?(?:[eE][-+]?\d+)?)/.exec(rest)?.[0];
    const found = word ?? number ?? operators.exec(rest)?.[0];
    if (found === undefined) return undefined;
    push(word !== undefined ? 'name' : number !== undefined ? 'number' : 'op', at, at + found.length);
    if (word === undefined && number === undefined) {
      if ('([{'.includes(found)) depth++;
      if (')]}'.includes(found)) depth--;
    }
    at += found.length;
  }
  if (tokens.at(-1)?.kind !== 'newline') push('newline', at, at, '');
  for (let level = indents.length - 1; level > 0; level--) push('dedent', at, at, '');
  push('end', at, at, '');
  return tokens;
}

function endOfString(source: string, start: number, quote: string): number | undefined {
  for (let at = start; at < source.length; at++) {
    if (source[at] === '\\') at++;
    else if (source.startsWith(quote, at)) return at;
    else if (source[at] === '\n' && quote.length === 1) return undefined;
  }
  return undefined;
}

function unescaped(raw: string): string {
  const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\n': '' };
  return raw.replace(/\\([\s\S])/g, (all, char: string) => escapes[char] ?? ('\\\'"'.includes(char) ? char : all));
}
