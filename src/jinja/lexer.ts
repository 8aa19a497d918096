import { escapeRegExp } from '../core/escape-regexp.ts';
/** Port of Jinja2's lexer: the same regular expressions in the same order, so that whitespace control agrees byte for byte. */
import type { Delimiters, JinjaOptions } from './environment.ts';
import { PyError } from './values/error.ts';
import { parseInteger } from './values/number.ts';
import { isSpace, spaceClass, stripEnd } from './values/text.ts';
import { type Plain, PyFloat } from './values/value.ts';

export interface Token {
  readonly type: string;
  /** Source text, or the text a literal stands for. */
  readonly text: string;
  /** Value of string, integer and float literals. */
  readonly value: Plain;
  readonly line: number;
  /** Offsets in the file. */
  readonly start: number;
  readonly end: number;
}

export const operatorTypes: Readonly<Record<string, string>> = {
  '+': 'add',
  '-': 'sub',
  '/': 'div',
  '//': 'floordiv',
  '*': 'mul',
  '%': 'mod',
  '**': 'pow',
  '~': 'tilde',
  '[': 'lbracket',
  ']': 'rbracket',
  '(': 'lparen',
  ')': 'rparen',
  '{': 'lbrace',
  '}': 'rbrace',
  '==': 'eq',
  '!=': 'ne',
  '>': 'gt',
  '>=': 'gteq',
  '<': 'lt',
  '<=': 'lteq',
  '=': 'assign',
  '.': 'dot',
  ':': 'colon',
  '|': 'pipe',
  ',': 'comma',
  ';': 'semicolon',
};

const whitespace = `[${spaceClass}]`;

type Action = 'pop' | 'bygroup' | undefined;
interface Rule {
  readonly pattern: RegExp;
  /** A token type, or one per group; `lstrip` is text followed by the tag that was found. */
  readonly emits: string | readonly string[] | 'lstrip' | { readonly fails: string };
  readonly action: Action;
}

export interface Lexer {
  readonly rules: Readonly<Record<string, readonly Rule[]>>;
  readonly lstripBlocks: boolean;
  readonly keepTrailingNewline: boolean;
}

function pattern(source: string): RegExp {
  return new RegExp(source, 'smuy');
}

export function makeLexer(options: JinjaOptions, delimiters: Delimiters): Lexer {
  const [blockStart, blockEnd, variableEnd, commentEnd] = [
    delimiters.blockStart,
    delimiters.blockEnd,
    delimiters.variableEnd,
    delimiters.commentEnd,
  ].map(escapeRegExp);
  const suffix = options.trimBlocks ? '\\n?' : '';
  const s = whitespace;
  const raw = `(?<raw_begin>${blockStart}(-|\\+|)${s}*raw${s}*(?:-${blockEnd}${s}*|${blockEnd}))`;
  const parts = [raw, ...rootTags(options, delimiters).map(([name, source]) => `(?<${name}>${source}(-|\\+|))`)].join(
    '|',
  );
  const inTag: readonly Rule[] = [
    { pattern: pattern(`${s}+`), emits: 'whitespace', action: undefined },
    { pattern: /(?<!\.)(\d+_)*\d+((\.(\d+_)*\d+)?e[+-]?(\d+_)*\d+|\.(\d+_)*\d+)/iy, emits: 'float', action: undefined },
    {
      pattern: /(0b(_?[0-1])+|0o(_?[0-7])+|0x(_?[\da-f])+|[1-9](_?\d)*|0(_?0)*)/iy,
      emits: 'integer',
      action: undefined,
    },
    {
      pattern: pattern('[\\p{L}\\p{N}\\p{M}\\p{Pc}\u00b7\u0387\u1369-\u1371\u19da]+'),
      emits: 'name',
      action: undefined,
    },
    {
      pattern: pattern(`'[^'\\\\]*(?:\\\\.[^'\\\\]*)*'|"[^"\\\\]*(?:\\\\.[^"\\\\]*)*"`),
      emits: 'string',
      action: undefined,
    },
    { pattern: /\/\/|\*\*|==|!=|>=|<=|[+\-/*%~[\](){}><=.:|,;]/y, emits: 'operator', action: undefined },
  ];
  return {
    lstripBlocks: options.lstripBlocks,
    keepTrailingNewline: options.keepTrailingNewline,
    rules: {
      root: [
        { pattern: pattern(`(.*?)(?:${parts})`), emits: 'lstrip', action: 'bygroup' },
        { pattern: pattern('.+'), emits: 'data', action: undefined },
      ],
      comment_begin: [
        {
          pattern: pattern(`(.*?)((?:\\+${commentEnd}|-${commentEnd}${s}*|${commentEnd}${suffix}))`),
          emits: ['comment', 'comment_end'],
          action: 'pop',
        },
        { pattern: pattern('.'), emits: { fails: 'Missing end of comment tag' }, action: undefined },
      ],
      block_begin: [
        {
          pattern: pattern(`(?:\\+${blockEnd}|-${blockEnd}${s}*|${blockEnd}${suffix})`),
          emits: 'block_end',
          action: 'pop',
        },
        ...inTag,
      ],
      variable_begin: [
        { pattern: pattern(`-${variableEnd}${s}*|${variableEnd}`), emits: 'variable_end', action: 'pop' },
        ...inTag,
      ],
      raw_begin: [
        {
          pattern: pattern(
            `(.*?)((?:${blockStart}(-|\\+|))${s}*endraw${s}*(?:\\+${blockEnd}|-${blockEnd}${s}*|${blockEnd}${suffix}))`,
          ),
          emits: 'lstrip',
          action: 'pop',
        },
        { pattern: pattern('.'), emits: { fails: 'Missing end of raw directive' }, action: undefined },
      ],
      linestatement_begin: [{ pattern: pattern(`${s}*(\\n|$)`), emits: 'linestatement_end', action: 'pop' }, ...inTag],
      linecomment_begin: [
        { pattern: pattern('(.*?)()(?=\\n|$)'), emits: ['linecomment', 'linecomment_end'], action: 'pop' },
      ],
    },
  };
}

/** Longest opening delimiter first, as Jinja2 sorts them. */
function rootTags(options: JinjaOptions, delimiters: Delimiters): readonly (readonly [string, string])[] {
  const rules: [number, string, string][] = [
    [delimiters.commentStart.length, 'comment_begin', escapeRegExp(delimiters.commentStart)],
    [delimiters.blockStart.length, 'block_begin', escapeRegExp(delimiters.blockStart)],
    [delimiters.variableStart.length, 'variable_begin', escapeRegExp(delimiters.variableStart)],
  ];
  const { statement, comment } = options.linePrefixes ?? {};
  if (statement !== undefined)
    rules.push([statement.length, 'linestatement_begin', `^[ \\t\\v]*${escapeRegExp(statement)}`]);
  if (comment !== undefined)
    rules.push([
      comment.length,
      'linecomment_begin',
      `(?:^|(?<=[^${spaceClass}]))[\\t\\v\\f\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]*${escapeRegExp(comment)}`,
    ]);
  return rules.sort((a, b) => b[0] - a[0] || (a[1] < b[1] ? 1 : -1)).map(([, name, source]) => [name, source]);
}

const ignored: ReadonlySet<string> = new Set([
  'comment_begin',
  'comment',
  'comment_end',
  'whitespace',
  'linecomment_begin',
  'linecomment',
  'linecomment_end',
  'raw_begin',
  'raw_end',
]);

/** Offsets in a text whose line ends were made `\n`, mapped back to the file. */
class Newlines {
  readonly text: string;
  readonly #removed: number[] = [];
  constructor(source: string, keepTrailingNewline: boolean) {
    const unix = source.includes('\r') ? this.#normalise(source) : source;
    this.text = !keepTrailingNewline && unix.endsWith('\n') ? unix.slice(0, -1) : unix;
  }
  #normalise(source: string): string {
    let removed = 0;
    return source.replace(/\r\n|\r/g, (end, at: number) => {
      if (end.length === 2) this.#removed.push(at - removed++);
      return '\n';
    });
  }
  original(offset: number): number {
    let low = 0;
    let high = this.#removed.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#removed[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return offset + low;
  }
}

const closers: Readonly<Record<string, string>> = { '{': '}', '(': ')', '[': ']' };

/** The tokens the parser sees; errors come where Jinja2 raises them. */
export function* tokenize(lexer: Lexer, source: string, name: string): Generator<Token> {
  for (const token of scan(lexer, source, name)) {
    if (!ignored.has(token.type)) yield convert(token, name);
  }
}

type RawToken = Omit<Token, 'value'>;

function* scan(lexer: Lexer, source: string, name: string): Generator<RawToken> {
  const newlines = new Newlines(source, lexer.keepTrailingNewline);
  const text = newlines.text;
  const stack = ['root'];
  const open: string[] = [];
  let at = 0;
  let line = 1;
  let lineStarting = true;
  const fail = (message: string): PyError => new PyError('TemplateSyntaxError', message, { line, template: name });
  const token = (type: string, part: string, start: number): RawToken => ({
    type,
    text: part,
    line,
    start: newlines.original(start),
    end: newlines.original(start + part.length),
  });
  for (;;) {
    const rules = lexer.rules[stack.at(-1) ?? 'root'] ?? [];
    let matched = false;
    for (const rule of rules) {
      rule.pattern.lastIndex = at;
      const match = rule.pattern.exec(text);
      if (match === null) continue;
      if (
        open.length > 0 &&
        (rule.emits === 'variable_end' || rule.emits === 'block_end' || rule.emits === 'linestatement_end')
      )
        continue;
      matched = true;
      const whole = match[0];
      if (typeof rule.emits === 'object' && 'fails' in rule.emits) throw fail(rule.emits.fails);
      if (rule.emits === 'lstrip') {
        const before = match[1] ?? '';
        const { data, stripped } = leftStrip(match, before, lexer.lstripBlocks, lineStarting);
        if (data !== '') yield token('data', data, at);
        line += count(data) + stripped;
        const type = rule.action === 'bygroup' ? groupOf(match) : 'raw_end';
        const tag = whole.slice(before.length);
        yield token(type, tag, at + before.length);
        line += count(tag);
      } else if (Array.isArray(rule.emits)) {
        let start = at;
        for (const [index, type] of rule.emits.entries()) {
          const part = match[index + 1] ?? '';
          yield token(type, part, start);
          line += count(part);
          start += part.length;
        }
      } else if (typeof rule.emits === 'string') {
        if (rule.emits === 'operator') balance(whole, open, fail);
        yield token(rule.emits === 'operator' ? (operatorTypes[whole] ?? whole) : rule.emits, whole, at);
        line += count(whole);
      }
      lineStarting = whole.endsWith('\n');
      at += whole.length;
      if (rule.action === 'pop') stack.pop();
      else if (rule.action === 'bygroup') stack.push(groupOf(match));
      break;
    }
    if (matched) continue;
    if (at >= text.length) return;
    throw fail(`unexpected char '${String.fromCodePoint(text.codePointAt(at) ?? 0)}' at ${at}`);
  }
}

function count(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

function groupOf(match: RegExpExecArray): string {
  for (const [name, value] of Object.entries(match.groups ?? {})) if (value !== undefined) return name;
  return 'root';
}

/** Removes the whitespace before a tag, as its sign and lstrip_blocks want. */
function leftStrip(
  match: RegExpExecArray,
  text: string,
  lstripBlocks: boolean,
  lineStarting: boolean,
): { readonly data: string; readonly stripped: number } {
  const sign = match.slice(3).find((group, at) => at % 2 === 0 && group !== undefined) ?? '';
  if (sign === '-') {
    const data = stripEnd(text);
    return { data, stripped: count(text.slice(data.length)) };
  }
  if (sign !== '+' && lstripBlocks && match.groups?.['variable_begin'] === undefined) {
    const lineStart = text.lastIndexOf('\n') + 1;
    if ((lineStart > 0 || lineStarting) && isSpace(text.slice(lineStart)))
      return { data: text.slice(0, lineStart), stripped: 0 };
  }
  return { data: text, stripped: 0 };
}

function balance(operator: string, open: string[], fail: (message: string) => PyError): void {
  const closer = closers[operator];
  if (closer !== undefined) open.push(closer);
  else if (operator === '}' || operator === ')' || operator === ']') {
    const expected = open.pop();
    if (expected === undefined) throw fail(`unexpected '${operator}'`);
    if (expected !== operator) throw fail(`unexpected '${operator}', expected '${expected}'`);
  }
}

function convert(token: RawToken, name: string): Token {
  const fail = (message: string): PyError =>
    new PyError('TemplateSyntaxError', message, { line: token.line, template: name });
  switch (token.type) {
    case 'linestatement_begin':
      return { ...token, type: 'block_begin', value: null };
    case 'linestatement_end':
      return { ...token, type: 'block_end', value: null };
    case 'name':
      if (!/^[A-Za-z_]\w*$/.test(token.text) && !/^[\p{ID_Start}_]\p{ID_Continue}*$/u.test(token.text))
        throw fail('Invalid character in identifier');
      return { ...token, value: null };
    case 'string':
      return { ...token, value: unescapeString(token.text.slice(1, -1), fail) };
    case 'integer':
      return { ...token, value: parseInteger(token.text, 0) ?? 0 };
    case 'float':
      return { ...token, value: new PyFloat(Number(token.text.replaceAll('_', ''))) };
    default:
      return { ...token, value: null };
  }
}

const simple: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\n': '',
};

/** Python's unicode-escape decoding; an unknown escape stays as written. */
function unescapeString(text: string, fail: (message: string) => PyError): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{0,2})|u([0-9a-fA-F]{0,4})|U([0-9a-fA-F]{0,8})|N(?:\{[^}]*\})?|([\s\S]))/g,
    (whole, octal, hex, short, long, char) => {
      if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
      for (const [digits, length, shown] of [
        [hex, 2, '\\xXX'],
        [short, 4, '\\uXXXX'],
        [long, 8, '\\UXXXXXXXX'],
      ] as const) {
        if (digits === undefined) continue;
        const code = Number.parseInt(digits, 16);
        if (digits.length !== length) throw fail(`truncated ${shown} escape`);
        if (code > 0x10ffff) throw fail('illegal Unicode character');
        return String.fromCodePoint(code);
      }
      if (char === undefined) throw fail('unknown Unicode character name');
      return simple[char] ?? whole;
    },
  );
}
