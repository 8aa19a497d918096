import type { FormatPart } from '../ir/session-expr.ts';

/** moment 2.21.0's `formattingTokens` and its English long formats. */
const token =
  /(\[[^[]*\])|(\\)?([Hh]mm(ss)?|Mo|MM?M?M?|Do|DDDo|DD?D?D?|ddd?d?|do?|w[o|w]?|W[o|W]?|Qo?|YYYYYY|YYYYY|YYYY|YY|gg(ggg?)?|GG(GGG?)?|e|E|a|A|hh?|HH?|kk?|mm?|ss?|S{1,9}|x|X|zz?|ZZ?|.)/g;
const longToken = /(\[[^[]*\])|(\\)?(LTS|LT|LL?L?L?|l{1,4})/g;
const longFormats: Readonly<Record<string, string>> = {
  LTS: 'h:mm:ss A',
  LT: 'h:mm A',
  L: 'MM/DD/YYYY',
  LL: 'MMMM D, YYYY',
  LLL: 'MMMM D, YYYY h:mm A',
  LLLL: 'dddd, MMMM D, YYYY h:mm A',
  l: 'M/D/YYYY',
  ll: 'MMM D, YYYY',
  lll: 'MMM D, YYYY h:mm A',
  llll: 'ddd, MMM D, YYYY h:mm A',
};

const names: ReadonlySet<string> = new Set([
  'Y',
  'YY',
  'YYYY',
  'YYYYY',
  'YYYYYY',
  'Q',
  'Qo',
  'M',
  'MM',
  'Mo',
  'MMM',
  'MMMM',
  'D',
  'DD',
  'Do',
  'DDD',
  'DDDD',
  'DDDo',
  'd',
  'do',
  'dd',
  'ddd',
  'dddd',
  'e',
  'E',
  'w',
  'ww',
  'wo',
  'W',
  'WW',
  'Wo',
  'gg',
  'gggg',
  'ggggg',
  'GG',
  'GGGG',
  'GGGGG',
  'H',
  'HH',
  'h',
  'hh',
  'k',
  'kk',
  'hmm',
  'hmmss',
  'Hmm',
  'Hmmss',
  'a',
  'A',
  'm',
  'mm',
  's',
  'ss',
  'S',
  'SS',
  'SSS',
  'SSSS',
  'SSSSS',
  'SSSSSS',
  'SSSSSSS',
  'SSSSSSSS',
  'SSSSSSSSS',
  'X',
  'x',
  'Z',
  'ZZ',
  'z',
  'zz',
]);

/** A moment format as literals and tokens; neighbouring literals become one. */
export function parseMomentFormat(format: string): readonly FormatPart[] {
  let text = format;
  // Long formats may hold long formats; moment looks five times at most.
  for (let round = 0; round < 5 && longToken.test(text); round++) {
    longToken.lastIndex = 0;
    text = text.replace(longToken, (found) => longFormats[found] ?? found);
    longToken.lastIndex = 0;
  }
  longToken.lastIndex = 0;
  const parts: FormatPart[] = [];
  for (const [found] of text.matchAll(token)) {
    if (names.has(found)) parts.push({ kind: 'token', token: found });
    else addLiteral(parts, withoutMarks(found));
  }
  return parts;
}

/** `[text]` and `\x` stand for the text without their marks. */
function withoutMarks(found: string): string {
  return /\[[\s\S]/.test(found) ? found.replace(/^\[|\]$/g, '') : found.replaceAll('\\', '');
}

function addLiteral(parts: FormatPart[], text: string): void {
  const last = parts.at(-1);
  if (last?.kind === 'literal') parts[parts.length - 1] = { kind: 'literal', text: last.text + text };
  else if (text !== '') parts.push({ kind: 'literal', text });
}
