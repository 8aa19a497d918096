import { define, type Filter, none } from '../filters/filter.ts';
import { peek } from '../tags/tracker.ts';
import { define as defineTest, type Test } from '../tests/test.ts';
import { PyError } from '../values/error.ts';
import { truthy } from '../values/iterate.ts';
import { checkSize } from '../values/limits.ts';
import { str } from '../values/print.ts';
import { isText, textOf } from '../values/types.ts';
import { PyList, PyTuple, type Value } from '../values/value.ts';

/** Texts up to here end in time with any pattern. */
const shortText = 24;
const longText = 20_000;

/** A Python pattern as a JavaScript one; what cannot be carried over, or may never end, is refused. */
function compile(pattern: string, flags: { ignoreCase: boolean; multiline: boolean }, text: string): RegExp {
  let source = pattern.replaceAll('(?P<', '(?<').replace(/\(\?P=(\w+)\)/g, '\\k<$1>');
  let [ignoreCase, multiline, dotAll] = [flags.ignoreCase, flags.multiline, false];
  source = source.replace(/^\(\?([ims]+)\)/, (_, letters: string) => {
    ignoreCase ||= letters.includes('i');
    multiline ||= letters.includes('m');
    dotAll ||= letters.includes('s');
    return '';
  });
  source = source.replace(/\\A/g, '(?<![\\s\\S])').replace(/\\Z/g, '(?![\\s\\S])');
  // "$" also stands before a line break at the end.
  if (!multiline) source = source.replace(/(?<!\\)\$(?=$|\)|\|)/g, '(?=\\n?(?![\\s\\S]))');
  if (/\(\?(?:[aLux]|#|\()|\\N\{|[*+?}]\+/.test(source))
    throw new PyError('UnsupportedError', `the regular expression ${pattern}`);
  const repeated = source.replaceAll(/\\./g, 'x').replaceAll(/\[[^\]]*\]/g, 'x');
  if (/[*+}|][^()]*\)[*+{]/.test(repeated) && text.length > shortText)
    throw new PyError('UnsupportedError', `the regular expression ${pattern}, which may take forever`);
  if ((repeated.match(/[*+]/g) ?? []).length > 1 && text.length > longText)
    throw new PyError('LimitError', `a regular expression over ${text.length} characters`);
  try {
    return new RegExp(source, `gu${ignoreCase ? 'i' : ''}${multiline ? 'm' : ''}${dotAll ? 's' : ''}`);
  } catch {
    throw new PyError('UnsupportedError', `the regular expression ${pattern}`);
  }
}

/** `\1`, `\g<1>` and `\g<name>` of a replacement. */
function expand(template: string, match: RegExpExecArray): string {
  return template.replace(/\\(?:g<(\w+)>|(\d{1,2})|([\s\S]))/g, (_, named?: string, index?: string, char?: string) => {
    const group = named ?? index;
    if (group === undefined) return char === 'n' ? '\n' : char === 't' ? '\t' : char === '\\' ? '\\' : `\\${char}`;
    return (/^\d+$/.test(group) ? match[Number(group)] : match.groups?.[group]) ?? '';
  });
}

function patternOf(value: Value, pattern: Value, ignoreCase: Value, multiline: Value): [RegExp, string] {
  const text = str(value);
  return [compile(str(pattern), { ignoreCase: truthy(ignoreCase), multiline: truthy(multiline) }, text), text];
}

function replace(value: Value, pattern: Value, replacement: Value, ignoreCase: Value, multiline: Value): string {
  const [regex, text] = patternOf(value, pattern, ignoreCase, multiline);
  const template = str(replacement);
  const result = text.replace(regex, (...found) => {
    const groups = found.at(-1);
    const captures = found.filter((each) => typeof each === 'string' || each === undefined).slice(0, -1);
    const match = Object.assign([...captures], { groups: typeof groups === 'object' ? groups : undefined });
    return expand(template, match as unknown as RegExpExecArray);
  });
  checkSize(result.length);
  return result;
}

function search(value: Value, pattern: Value, groups: Value, ignoreCase: Value, multiline: Value): Value {
  const [regex, text] = patternOf(value, pattern, ignoreCase, multiline);
  const match = regex.exec(text);
  if (match === null) return null;
  const wanted = peek(groups);
  const names = wanted instanceof PyTuple ? wanted.items.map(str) : [];
  if (names.length === 0) return match[0];
  return new PyList(
    names.map((name): Value => {
      const group = /^\\(?:g<(\w+)>|(\d+))$/.exec(name);
      if (group === null) throw new PyError('ValueError', 'Unknown argument');
      const [, named, index] = group;
      return (named === undefined ? match[Number(index)] : match.groups?.[named]) ?? null;
    }),
  );
}

function findAll(value: Value, pattern: Value, multiline: Value, ignoreCase: Value): Value {
  const [regex, text] = patternOf(value, pattern, ignoreCase, multiline);
  return new PyList(
    [...text.matchAll(regex)].map((match): Value => {
      const groups = match.slice(1).map((group): Value => group ?? '');
      const [first] = groups;
      return first === undefined ? match[0] : groups.length === 1 ? first : new PyTuple(groups);
    }),
  );
}

export const regexFilters: Readonly<Record<string, Filter>> = {
  regex_escape: define("regex_escape(string, re_type='python')", (_, value = none) =>
    str(value).replace(/[()[\]{}?*+\-|^$\\.&~# \t\n\r\v\f]/g, '\\$&'),
  ),
  regex_findall: define(
    'findall(value, regex, multiline=False, ignorecase=False)',
    (_, value = none, regex = none, multiline = none, ignoreCase = none) =>
      findAll(value, regex, multiline, ignoreCase),
  ),
  regex_replace: define(
    "regex_replace(value='', pattern='', replacement='', ignorecase=False, multiline=False)",
    (_, value = none, pattern = none, replacement = none, ignoreCase = none, multiline = none) =>
      replace(value, pattern, replacement, ignoreCase, multiline),
  ),
  regex_search: define('regex_search(value, regex, *args, **kwargs)', (_, value = none, regex = none, groups = none) =>
    search(value, regex, groups, none, none),
  ),
};

function regexTest(name: string, anchor: (pattern: string) => string): Test {
  return defineTest(
    `${name}(value, pattern='', ignorecase=False, multiline=False)`,
    (_, value = none, pattern = none, ignoreCase = none, multiline = none) => {
      const [regex, text] = patternOf(value, anchor(str(pattern)), ignoreCase, multiline);
      return regex.test(text);
    },
  );
}

export const regexTests: Readonly<Record<string, Test>> = {
  match: regexTest('match', (pattern) => `\\A(?:${pattern})`),
  regex: regexTest('regex', (pattern) => pattern),
  search: regexTest('search', (pattern) => pattern),
};

/** Also for other filters: a text, or the error that Python's functions for texts raise. */
export function textArgument(value: Value): string {
  const plain = peek(value);
  return isText(plain) ? textOf(plain) : str(plain);
}
