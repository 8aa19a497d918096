import { describe, expect, test } from 'vitest';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { repoPath } from '../../../src/core/source.ts';
import { analyseText, needsEvaluation } from '../../../src/expr/analyse-text.ts';
import { createEvaluator } from '../../../src/expr/create-evaluator.ts';
import { reportOpaque, zoneDiffersInGraal } from '../../../src/expr/report-opaque.ts';
import { resolveStatic } from '../../../src/expr/resolve-static.ts';
import { list, map, scalar, text, textOf } from '../../../src/ir/build-value.ts';
import { taskId } from '../../../src/ir/graph.ts';
import type {
  GivenOperand,
  SessionExpr,
  SessionInstant,
  SessionNumber,
  SessionTest,
} from '../../../src/ir/session-expr.ts';
import type { Provenance, TextPart, TextValue, Value } from '../../../src/ir/value.ts';

const span = { file: repoPath('a.dig'), start: { offset: 4, line: 2, col: 3 }, end: { offset: 9, line: 2, col: 8 } };
const from: Provenance = { via: 'literal', span };
const exported: Provenance = { via: 'export', span, name: 'env' };
const variable = textOf([{ kind: 'variable', text: 'prd', variable: 'env', from: exported }], exported);
const item: TextValue = textOf(
  [{ kind: 'runtime', expr: { kind: 'item', loop: taskId('+w+l'), key: 'row' }, from }],
  from,
);
const scope: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['env', variable],
  ['n', scalar(5, exported)],
  ['row', item],
  [
    'db',
    map(
      [
        ['host', text('h1', from)],
        ['ports', list([scalar(1, from), scalar(2, from)], from)],
      ],
      from,
    ),
  ],
  ['rows', text('[1,2]', from)],
]);

/** One line for a text value: `'literal' <variable> {session} [item] !reason`. */
function shown(value: TextValue): string {
  return value.parts.map(part).join(' ');
}

function part(of: TextPart): string {
  if (of.kind === 'literal') return `'${of.text}'`;
  if (of.kind === 'variable') return `<${of.variable}=${of.text}>`;
  if (of.expr.kind === 'session') return `{${session(of.expr.ast)}}`;
  if (of.expr.kind === 'item') return `[${of.expr.key}]`;
  return of.expr.kind === 'opaque' ? `!${of.expr.reason}` : of.expr.kind;
}

function session(ast: SessionExpr): string {
  switch (ast.kind) {
    case 'format':
      return `${instant(ast.at)} as ${ast.pattern.map((piece) => (piece.kind === 'token' ? piece.token : `'${piece.text}'`)).join('')}`;
    case 'number-text':
      return number(ast.of);
    case 'text':
      return `'${ast.text}'`;
    case 'concat':
      return ast.parts.map(session).join(' + ');
    case 'choose':
      return `${condition(ast.test)} ? ${session(ast.then)} : ${session(ast.otherwise)}`;
    case 'slice':
      return `${session(ast.of)} [${ast.from}..${ast.to ?? ''}]`;
    case 'replace':
      return `${session(ast.of)} [${ast.search} -> ${ast.by}${ast.all ? ' all' : ''}]`;
    case 'test-text':
      return condition(ast.of);
  }
}

function instant(at: SessionInstant): string {
  switch (at.kind) {
    case 'session':
      return at.which;
    case 'shift':
      return `${instant(at.of)} ${at.amount} ${at.unit}`;
    case 'startOf':
    case 'endOf':
      return `${instant(at.of)} ${at.kind} ${at.unit}`;
    case 'with':
      return `${instant(at.of)} ${at.unit}=${at.value}`;
    case 'zone':
      return `${instant(at.of)} in ${at.zone}`;
  }
}

function number(of: SessionNumber): string {
  switch (of.kind) {
    case 'number':
      return String(of.value);
    case 'unix':
      return `unix ${of.unit} of ${instant(of.at)}`;
    case 'field':
      return `${of.field} of ${instant(of.at)}`;
    case 'diff':
      return `${of.unit}s from ${instant(of.from)} to ${instant(of.to)}`;
    case 'arithmetic':
      return `(${number(of.left)} ${of.op} ${number(of.right)})`;
  }
}

function condition(of: SessionTest): string {
  switch (of.kind) {
    case 'compare':
      return `${session(of.left)} ${of.op} ${session(of.right)}`;
    case 'and':
    case 'or':
      return `(${condition(of.left)} ${of.kind} ${condition(of.right)})`;
    case 'not':
      return `not ${condition(of.of)}`;
    case 'constant':
      return String(of.value);
    case 'given':
      return `${given(of.left)} ${of.op} ${given(of.right)}`;
  }
}

function given(of: GivenOperand): string {
  if (of.kind === 'constant') return JSON.stringify(of.value);
  return of.of.kind === 'output' ? `${of.of.key} of ${of.of.tasks.join(' ')}` : `item ${of.of.key}`;
}

describe('parameters', () => {
  test.each([
    ['a ${env}-$$', "'a ' <env=prd> '-$'"],
    ["${'s3://' + env + '/x'}", "'s3://' <env=prd> '/x'"],
    ['${n}', '<env=5>'],
    ['${n + 1}', "'6'"],
    ['${env == "prd" ? "big" : "small"}', "'big'"],
    ['${db.host}:${db.ports[1]}', "'h1:2'"],
    ['${db.ports}', "'[1,2]'"],
    ['${db.nope}', ''],
    ['${row}', '[row]'],
    ['${row.name}/${env}', "[row.name] '/' <env=prd>"],
    ["${'x' + row}", "'x' [row]"],
    ['${secret:a}', "'${secret:a}'"],
    ["${[1, env].join('-')}", "'1-' <env=prd>"],
  ])('%s', (given, want) => {
    expect(shown(analyseText(given, from, scope))).toBe(want);
  });
});

describe('session arithmetic', () => {
  test.each([
    ['${session_date}', "{this as YYYY'-'MM'-'DD}"],
    ['${last_session_date_compact}', '{last as YYYYMMDD}'],
    ['${session_unixtime}', '{unix second of this}'],
    ["${moment(session_time).subtract(1, 'day').format('YYYYMMDD')}", '{this -1 day as YYYYMMDD}'],
    ["${moment(session_time).add('months', '2').endOf('month').format('D')}", '{this 2 month endOf month as D}'],
    [
      "${moment(session_date).startOf('isoWeek').format('YYYY-MM-DD')}",
      "{this startOf day startOf isoWeek as YYYY'-'MM'-'DD}",
    ],
    ["${moment(session_date_compact, 'YYYYMMDD').date(1).format('YYYYMM')}", '{this startOf day date=1 as YYYYMM}'],
    ["${moment.utc(session_time).format('HH')}", '{this in UTC as HH}'],
    ["${moment.utc(session_date).add(1, 'd').format('YYYYMMDD')}", '{this startOf day 1 day as YYYYMMDD}'],
    ['${moment.unix(session_unixtime).date()}', '{date of this}'],
    ["${moment(session_time).diff(moment(last_session_time), 'hours')}", '{hours from last to this}'],
    ["${session_date.replace(/-/g, '/')}", "{this as YYYY'/'MM'/'DD}"],
    ['${session_date.substring(0, 7)}', "{this as YYYY'-'MM}"],
    ['${session_date.slice(2)}', "{this as YYYY'-'MM'-'DD [2..10]}"],
    ["${session_date.split('-')[1]}", '{this as MM}'],
    ['${moment(session_time).date() == 1}', '{date of this == 1}'],
    ["${moment(session_time).day() == 1 && env == 'prd' ? 'full' : 'delta'}", "{day of this == 1 ? 'full' : 'delta'}"],
    ["${session_date < '2022-01-01'}", "{this as YYYY'-'MM'-'DD < '2022-01-01'}"],
    [
      '${session_date_compact > 20211201}',
      '{((((year of this * 100) + (month of this + 1)) * 100) + date of this) > 20211201}',
    ],
    ["${'a' + session_date_compact}", "'a' {this as YYYYMMDD}"],
    [
      "${moment(session_time).endOf('month').date() - moment(session_time).date()}",
      '{(date of this endOf month - date of this)}',
    ],
    ['${moment(session_time).date() == 1 ? 1 : 2}', "{date of this == 1 ? '1' : '2'}"],
    ["${moment(session_time).format('[W]ww')}", "{this as 'W'ww}"],
  ])('%s', (given, want) => {
    expect(shown(analyseText(given, from, scope))).toBe(want);
  });
});

describe('what cannot be read exactly is opaque', () => {
  test.each([
    ['${moment().format()}', 'it reads the clock'],
    ['${nope + 1}', 'no parameter nope is known here'],
    ["${row + 1 == '21'}", 'it computes with a loop variable'],
    ['${last_executed_session_date}', 'the previous run is known to the Digdag server alone'],
    ["${moment(session_local_time).format('HH')}", 'it parses a time of day without its offset from UTC'],
    ["${moment.utc(session_date).format('HH:mm')}", 'the time of day of a UTC date'],
    ["${moment(session_time).add(1.5, 'day').format()}", 'a shift by a fraction'],
    ["${moment(session_date, 'DDMMYYYY').format()}", 'it parses a date in another format than the text has'],
    ['${moment(session_time) == moment(session_date)}', '== of dates, which compares objects'],
    ['${session_date.split("0")[1]}', 'a split inside the fields of a date'],
    ['${a b}', 'it is no expression of ES5'],
    ['${(moment(session_time).date() == 1 ? 1 : 2) + 1}', '+ of something that is no text or number'],
    ['${parseInt(moment(session_time).date() / 2)}', 'parseInt of a number with a fraction'],
    ['${JSON.parse(rows).length}', needsEvaluation],
    ['${db.ports.map(function (p) { return p + 1 })}', needsEvaluation],
  ])('%s', (given, reason) => {
    expect(shown(analyseText(given, from, scope))).toBe(`!${reason}`);
  });

  test('each is reported where it stands', () => {
    const sink = new DiagnosticList();
    reportOpaque(analyseText('${moment().format()} ${session_date}', from, scope), sink);
    expect(sink.items).toMatchObject([
      { code: 'EXPR_NOT_TRANSLATED', args: { expression: 'moment().format()', reason: 'it reads the clock' }, span },
    ]);
  });
});

test('what only has to be run is run', async () => {
  const evaluator = await createEvaluator();
  const given = analyseText('n=${JSON.parse(rows).length} ${session_date} ${db.ports.nope.x}', from, scope);
  const resolved = resolveStatic(given, scope, 'UTC', evaluator);
  expect(shown(resolved)).toMatch(
    /^'n=2 ' \{this as YYYY'-'MM'-'DD\} ' ' !Failed to evaluate a variable .*Cannot read property 'x' of undefined\)$/,
  );
});

test('built-in numbers are numbers, exports of them are texts', () => {
  const unix = analyseText('${session_unixtime}', from, new Map());
  expect(shown(analyseText('${session_unixtime + 1}', from, new Map([['session_unixtime', unix]])))).toBe(
    '{(unix second of this + 1)}',
  );
  expect(shown(analyseText('${at + 1}', from, new Map([['at', unix]])))).toBe("{unix second of this} '1'");
});

test.each([
  ['Europe/London', true],
  ['Asia/Singapore', true],
  ['Europe/Istanbul', true],
  ['Asia/Kathmandu', true],
  ['Asia/Tokyo', false],
  ['America/New_York', false],
  ['Europe/Moscow', false],
  ['UTC', false],
])('%s differs on newer Java: %s', (zone, differs) => {
  expect(zoneDiffersInGraal(zone)).toBe(differs);
});
