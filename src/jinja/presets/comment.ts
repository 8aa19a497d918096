import { define, type Filter, none } from '../filters/filter.ts';
import { peek } from '../tags/tracker.ts';
import { PyError } from '../values/error.ts';
import { checkSize } from '../values/limits.ts';
import { indexOf } from '../values/number.ts';
import { str } from '../values/print.ts';
import { option } from './keyword-arguments.ts';
import { textArgument } from './regex.ts';

const styles: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  plain: { decoration: '# ' },
  erlang: { decoration: '% ' },
  c: { decoration: '// ' },
  cblock: { beginning: '/*', decoration: ' * ', end: ' */' },
  xml: { beginning: '<!--', decoration: ' - ', end: '-->' },
};

/** `text | comment`: Ansible's box of comment lines around a text. */
export const comment: Filter = define(
  "comment(text, style='plain', **kw)",
  (_, value = none, style = none, kw = none) => {
    const known = styles[str(style)];
    if (known === undefined) throw new PyError('ValueError', `Invalid style '${str(style)}'.`);
    const part = (name: string, fallback: string): string => {
      const own = option(kw, name);
      return own === undefined ? (known[name] ?? fallback) : str(own);
    };
    const count = (name: string): number => {
      const own = option(kw, name);
      return own === undefined ? 1 : Math.max(0, indexOf(peek(own)));
    };
    const decoration = part('decoration', '');
    const newline = part('newline', '\n');
    const beginning = part('beginning', '');
    const prefix = part('prefix', decoration.trimEnd());
    const postfix = part('postfix', decoration.trimEnd());
    const end = part('end', '');
    const [before, after] = [count('prefix_count'), count('postfix_count')];
    const body = `${decoration}${textArgument(value).replaceAll(newline, () => `${newline}${decoration}`)}`;
    checkSize(body.length + (prefix.length + 1) * before + (postfix.length + 1) * after);
    return [
      beginning === '' ? '' : `${beginning}${newline}`,
      prefix === '' ? '' : (prefix === newline ? newline : `${prefix}${newline}`).repeat(before),
      body.replaceAll(`${decoration}${newline}`, () => `${decoration.trimEnd()}${newline}`),
      `${newline}${postfix}`.repeat(after),
      end === '' ? '' : `${newline}${end}`,
    ].join('');
  },
);
