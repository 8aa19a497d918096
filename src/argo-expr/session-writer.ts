import { assertNever } from '../core/assert-never.ts';
import type { SessionExpr, SessionNumber, SessionTest } from '../ir/session-expr.ts';
import { asText, type Code, joined, NotWritable, quoted, textCode, tight } from './session-code.ts';
import { isoWeek, requireTimeOfDay, writeFormat } from './session-format.ts';
import { type SessionInputAt, writeInstant } from './session-instant.ts';
import { zoneFacts } from './session-zone.ts';

export function writeSession(ast: SessionExpr, where: SessionInputAt): Code {
  switch (ast.kind) {
    case 'format':
      return writeFormat(ast.at, ast.pattern, where);
    case 'number-text':
      return writeNumber(ast.of, where);
    case 'text':
      return textCode(ast.text);
    case 'concat':
      return joined(ast.parts.map((part) => asText(writeSession(part, where))));
    case 'choose': {
      const [then, otherwise] = [asText(writeSession(ast.then, where)), asText(writeSession(ast.otherwise, where))];
      return {
        text: `${writeTest(ast.test, where).text} ? ${tight(then)} : ${otherwise.text}`,
        yields: 'string',
        loose: true,
      };
    }
    case 'slice':
      return slice(ast, where);
    case 'replace':
      return replace(ast, where);
    case 'test-text':
      return writeTest(ast.of, where);
    default:
      return assertNever(ast);
  }
}

function slice(ast: Extract<SessionExpr, { kind: 'slice' }>, where: SessionInputAt): Code {
  if (ast.from < 0 || (ast.to !== undefined && ast.to < ast.from))
    throw new NotWritable('the slice counts from the end');
  const of = asText(writeSession(ast.of, where));
  // Go counts bytes.
  if (/[^\x00-\x7f]/.test(of.text)) throw new NotWritable('the sliced text is not ASCII');
  return { text: `${tight(of)}[${ast.from}:${ast.to ?? ''}]`, yields: 'string', loose: false };
}

function replace(ast: Extract<SessionExpr, { kind: 'replace' }>, where: SessionInputAt): Code {
  if (!ast.all || ast.search === '') throw new NotWritable('only the first occurrence is replaced');
  const of = asText(writeSession(ast.of, where));
  return { text: `replace(${of.text}, ${quoted(ast.search)}, ${quoted(ast.by)})`, yields: 'string', loose: false };
}

function writeNumber(number: SessionNumber, where: SessionInputAt): Code {
  const int = (text: string, loose = false): Code => ({ text, yields: 'int', loose });
  switch (number.kind) {
    case 'number':
      if (!Number.isSafeInteger(number.value)) throw new NotWritable(`${number.value} is no whole number`);
      return int(String(number.value), number.value < 0);
    case 'unix': {
      const time = writeInstant(number.at, where);
      requireTimeOfDay(time);
      return int(`${time.text}.${number.unit === 'second' ? 'Unix' : 'UnixMilli'}()`);
    }
    case 'field':
      return writeField(number, where);
    case 'diff':
      return writeDifference(number, where);
    case 'arithmetic': {
      if (number.op === '/') throw new NotWritable('a quotient may be no whole number');
      if (number.op === '%' && !(number.right.kind === 'number' && number.right.value !== 0))
        throw new NotWritable('the divisor may be zero');
      return int(
        `${tight(writeNumber(number.left, where))} ${number.op} ${tight(writeNumber(number.right, where))}`,
        true,
      );
    }
    default:
      return assertNever(number);
  }
}

function writeField(number: Extract<SessionNumber, { kind: 'field' }>, where: SessionInputAt): Code {
  const time = writeInstant(number.at, where);
  const int = (text: string, loose = false): Code => ({ text, yields: 'int', loose });
  switch (number.field) {
    case 'year':
      return int(`${time.text}.Year()`);
    case 'quarter':
      return int(`int((int(${time.text}.Month()) + 2) / 3)`);
    case 'month':
      return int(`int(${time.text}.Month()) - 1`, true);
    case 'date':
      return int(`${time.text}.Day()`);
    case 'dayOfYear':
      return int(`${time.text}.YearDay()`);
    case 'day':
      return int(`int(${time.text}.Weekday())`);
    case 'isoWeekday':
      return int(`(int(${time.text}.Weekday()) + 6) % 7 + 1`, true);
    case 'isoWeek':
      return int(isoWeek(time.text), true);
    case 'isoWeekYear':
      return int(`${time.text}.ISOWeek()`);
    case 'hour':
    case 'minute':
    case 'second':
      requireTimeOfDay(time);
      return int(
        `${time.text}.${number.field === 'hour' ? 'Hour' : number.field === 'minute' ? 'Minute' : 'Second'}()`,
      );
    default:
      return assertNever(number.field);
  }
}

function writeDifference(number: Extract<SessionNumber, { kind: 'diff' }>, where: SessionInputAt): Code {
  const [from, to] = [writeInstant(number.from, where), writeInstant(number.to, where)];
  const int = (text: string): Code => ({ text, yields: 'int', loose: false });
  if (number.unit === 'hour' || number.unit === 'minute' || number.unit === 'second') {
    requireTimeOfDay(from);
    requireTimeOfDay(to);
    const method = number.unit === 'hour' ? 'Hours' : number.unit === 'minute' ? 'Minutes' : 'Seconds';
    return int(`int(${to.text}.Sub(${from.text}).${method}())`);
  }
  if (number.unit !== 'day' && number.unit !== 'week' && number.unit !== 'isoWeek')
    throw new NotWritable(`a difference in ${number.unit}s`);
  const hours = number.unit === 'day' ? 24 : 168;
  if (from.zone === to.zone && zoneFacts(from.zone).fixed)
    return int(`int(${to.text}.Sub(${from.text}).Hours() / ${hours})`);
  if (!from.midnight || !to.midnight) throw new NotWritable(`days of ${from.zone} are not all 24 hours long`);
  // Dates without a zone are 24 hours apart.
  const date = (text: string): string => `date(${text}.Format('2006-01-02'), '2006-01-02')`;
  return int(`int(${date(to.text)}.Sub(${date(from.text)}).Hours() / ${hours})`);
}

function writeTest(test: SessionTest, where: SessionInputAt): Code {
  const bool = (text: string, loose: boolean): Code => ({ text, yields: 'bool', loose });
  switch (test.kind) {
    case 'constant':
      return bool(String(test.value), false);
    case 'not':
      return bool(`!(${writeTest(test.of, where).text})`, false);
    case 'and':
    case 'or':
      return bool(
        `${tight(writeTest(test.left, where))} ${test.kind === 'and' ? '&&' : '||'} ${tight(writeTest(test.right, where))}`,
        true,
      );
    case 'compare': {
      const numbers = test.left.kind === 'number-text' && test.right.kind === 'number-text';
      const [left, right] = [test.left, test.right].map((side) =>
        tight(numbers ? writeSession(side, where) : asText(writeSession(side, where))),
      );
      return bool(`${left} ${test.op} ${right}`, true);
    }
    case 'given':
      throw new NotWritable('it computes with a loop variable or a stored value');
    default:
      return assertNever(test);
  }
}
