import { define, type Filter, none } from '../filters/filter.ts';
import { bare, peek } from '../tags/tracker.ts';
import { PyDict } from '../values/dict.ts';
import { PyError } from '../values/error.ts';
import { checkSize } from '../values/limits.ts';
import { indexOf } from '../values/number.ts';
import { str } from '../values/print.ts';
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
    const given = bare(kw);
    const option = (name: string, fallback: string): string => {
      const own = given instanceof PyDict ? given.get(name) : undefined;
      return own === undefined ? (known[name] ?? fallback) : str(own);
    };
    const count = (name: string): number => {
      const own = given instanceof PyDict ? given.get(name) : undefined;
      return own === undefined ? 1 : Math.max(0, indexOf(peek(own)));
    };
    const decoration = option('decoration', '');
    const newline = option('newline', '\n');
    const beginning = option('beginning', '');
    const prefix = option('prefix', decoration.trimEnd());
    const postfix = option('postfix', decoration.trimEnd());
    const end = option('end', '');
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
