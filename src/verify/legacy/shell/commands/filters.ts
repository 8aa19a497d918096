import { escapeRegExp } from '../../../../core/escape-regexp.ts';
import { posixRegex } from '../posix-regex.ts';
import { lastOf, type Program, type ProgramCall, readFlags, readOperands, refuse } from './program.ts';

/** Lines without their ends; a last line without an end counts. */
function linesOf(text: string): readonly string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function print(call: ProgramCall, lines: readonly string[]): void {
  for (const line of lines) call.streams.out.write(`${line}\n`);
}

export const grep: Program = (call) => {
  const { values, operands } = readFlags(call, [
    '-q',
    '-v',
    '-c',
    '-i',
    '-E',
    '-F',
    '-o',
    '-w',
    '-x',
    '-s',
    '-e=',
    '-m=',
    '--quiet',
  ]);
  const own = lastOf({ values, operands }, '-e');
  const [first, ...rest] = operands;
  const pattern = own ?? first ?? refuse(call);
  const text = readOperands(call, own === undefined ? rest : operands);
  if (text === undefined) return 2;
  const use = values.has('-o') ? 'match' : 'test';
  const source = values.has('-F') ? escapeRegExp(pattern) : posixRegex(pattern, values.has('-E'), use);
  const word = values.has('-w') ? `(?<!\\w)(?:${source})(?!\\w)` : source;
  const regex = new RegExp(values.has('-x') ? `^(?:${word})$` : word, values.has('-i') ? 'i' : '');
  const most = lastOf({ values, operands }, '-m');
  if (most !== undefined && !/^\d+$/.test(most)) return refuse(call, `-m ${most}`);
  const found = linesOf(text)
    .filter((line) => regex.test(line) !== values.has('-v'))
    .slice(0, most === undefined ? undefined : Number(most));
  if (values.has('-c')) call.streams.out.write(`${found.length}\n`);
  else if (values.has('-o'))
    print(
      call,
      found.flatMap((line) => line.match(new RegExp(regex.source, `${regex.flags}g`)) ?? []),
    );
  else if (!values.has('-q') && !values.has('--quiet')) print(call, found);
  return found.length > 0 ? 0 : 1;
};

function firstOrLast(pick: (lines: readonly string[], count: number) => readonly string[]): Program {
  return (call) => {
    const short = call.args.map((word) => word.replace(/^-(\d+)$/, '-n$1'));
    const { values, operands } = readFlags(call, ['-n='], short);
    const text = readOperands(call, operands);
    if (text === undefined) return 1;
    const count = lastOf({ values, operands }, '-n') ?? '10';
    if (!/^\d+$/.test(count)) return refuse(call, `-n ${count}`);
    print(call, pick(linesOf(text), Number(count)));
    return 0;
  };
}

export const head: Program = firstOrLast((lines, count) => lines.slice(0, count));
export const tail: Program = firstOrLast((lines, count) => (count === 0 ? [] : lines.slice(-count)));

export const cut: Program = (call) => {
  const flags = readFlags(call, ['-d=', '-f=', '-c=', '-s']);
  const text = readOperands(call, flags.operands);
  if (text === undefined) return 1;
  const list = lastOf(flags, '-f', '-c') ?? refuse(call);
  const chosen = selection(list) ?? refuse(call, list);
  const delimiter = flags.values.has('-c') ? '' : (lastOf(flags, '-d') ?? '\t');
  const shown = linesOf(text).map((line) =>
    delimiter !== '' && !line.includes(delimiter)
      ? line
      : line
          .split(delimiter)
          .filter((_, at) => chosen(at + 1))
          .join(delimiter),
  );
  print(call, shown);
  return 0;
};

/** `1,3-5,7-`. */
function selection(list: string): ((field: number) => boolean) | undefined {
  const ranges = list.split(',').map((item) => /^(\d*)(-?)(\d*)$/.exec(item));
  if (ranges.some((range) => range === null)) return undefined;
  return (field) =>
    ranges.some((range) => {
      const [, from = '', dash = '', to = ''] = range ?? [];
      if (dash === '') return field === Number(from);
      return field >= Number(from || 1) && (to === '' || field <= Number(to));
    });
}

export const translate: Program = (call) => {
  const { values, operands } = readFlags(call, ['-d', '-s', '-c']);
  const [from = '', to] = operands.map((set) => characters(set, call));
  const text = readOperands(call, []) ?? '';
  if (values.has('-c') || values.has('-s')) return refuse(call, [...values.keys()].join(' '));
  const source = [...from];
  const target = [...(to ?? '')];
  for (const character of text) {
    const at = source.lastIndexOf(character);
    if (at < 0) call.streams.out.write(character);
    else if (!values.has('-d')) call.streams.out.write(target[at] ?? target.at(-1) ?? refuse(call, 'with one set'));
  }
  return 0;
};

function characters(set: string, call: ProgramCall): string {
  const classes: Readonly<Record<string, string>> = {
    '[:upper:]': 'A-Z',
    '[:lower:]': 'a-z',
    '[:digit:]': '0-9',
    '\\n': '\n',
    '\\t': '\t',
  };
  const plain = set.replace(/\[:\w+:\]|\\./g, (name) => classes[name] ?? refuse(call, name));
  return plain.replace(/(.)-(.)/gs, (_, first: string, last: string) => {
    const start = first.charCodeAt(0);
    return Array.from({ length: last.charCodeAt(0) - start + 1 }, (_item, at) => String.fromCharCode(start + at)).join(
      '',
    );
  });
}

export const wordCount: Program = (call) => {
  const { values, operands } = readFlags(call, ['-l', '-c', '-w']);
  const text = readOperands(call, operands);
  if (text === undefined) return 1;
  if (operands.length > 0 || values.size !== 1 || !values.has('-l')) return refuse(call, call.args.join(' '));
  call.streams.out.write(`${text.split('\n').length - 1}\n`);
  return 0;
};

/** `{print $1, $2}`, of all lines or of those that an expression, a field or a number chooses; `exit` after the first. */
const awkProgram =
  /^\s*(?:\/(?<regex>(?:[^/\\]|\\.)+)\/|\$(?<field>[1-9]\d*)\s*==\s*"(?<text>[^"\\]*)"|NR\s*==\s*(?<number>\d+))?\s*\{\s*print\s+(?<fields>\$\d+(?:\s*,\s*\$\d+)*)\s*(?<exit>;\s*exit\s*)?;?\s*\}\s*$/;

const escapes: Readonly<Record<string, string>> = { '\\r': '\r', '\\n': '\n', '\\t': '\t' };

/** Each line with another end. */
function endLines(call: ProgramCall, files: readonly string[], ending: string): number {
  const text = readOperands(call, files);
  if (text === undefined) return 2;
  const end = ending.replaceAll(/\\[rnt]/g, (written) => escapes[written] ?? '');
  for (const line of linesOf(text)) call.streams.out.write(`${line}${end}`);
  return 0;
}

export const awk: Program = (call) => {
  const { values, operands } = readFlags(call, ['-F=']);
  const [program = '', ...files] = operands;
  const ending = /^\s*\{\s*printf\s+"%s((?:\\[rnt])*)",\s*\$0\s*;?\s*\}\s*$/.exec(program)?.[1];
  if (ending !== undefined) return endLines(call, files, ending);
  const groups = awkProgram.exec(program)?.groups;
  const fields = groups?.['fields'];
  if (fields === undefined) return refuse(call, program);
  const separator = lastOf({ values, operands }, '-F');
  if (separator !== undefined && separator.length !== 1) return refuse(call, `-F ${separator}`);
  const text = readOperands(call, files);
  if (text === undefined) return 2;
  const regex = groups?.['regex'];
  const search = regex === undefined ? undefined : new RegExp(posixRegex(regex, true, 'test'), 'u');
  const wordsOf = (line: string): readonly string[] =>
    separator === undefined ? line.trim().split(/[ \t]+/) : line.split(separator);
  const fits = (line: string, at: number): boolean => {
    if (search !== undefined) return search.test(line);
    if (groups?.['field'] !== undefined) return wordsOf(line)[Number(groups['field']) - 1] === groups['text'];
    return groups?.['number'] === undefined || Number(groups['number']) === at + 1;
  };
  const chosen = linesOf(text).filter(fits);
  const shown = (groups?.['exit'] === undefined ? chosen : chosen.slice(0, 1)).map((line) => {
    const words = wordsOf(line);
    return [...fields.matchAll(/\$(\d+)/g)]
      .map(([, at = '0']) => (at === '0' ? line : (words[Number(at) - 1] ?? '')))
      .join(' ');
  });
  print(call, shown);
  return 0;
};

/** GNU and busybox break lines after 76 characters. */
export const base64: Program = (call) => {
  const flags = readFlags(call, ['-d', '--decode', '-w=']);
  const text = readOperands(call, flags.operands);
  if (text === undefined) return 1;
  if (flags.values.has('-d') || flags.values.has('--decode'))
    call.streams.out.write(Buffer.from(text, 'base64').toString('utf8'));
  else {
    const encoded = Buffer.from(text, 'utf8').toString('base64');
    const written = lastOf(flags, '-w') ?? '76';
    if (!/^\d{1,4}$/.test(written)) return refuse(call, `-w ${written}`);
    const width = Number(written);
    if (width === 0) call.streams.out.write(encoded);
    else print(call, encoded.match(new RegExp(`.{1,${width}}`, 'g')) ?? []);
  }
  return 0;
};
