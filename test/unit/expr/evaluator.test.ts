import { beforeAll, describe, expect, test } from 'vitest';
import { type ConfigMap, fromJson, toJson } from '../../../src/expr/config-value.ts';
import { createEvaluator } from '../../../src/expr/create-evaluator.ts';
import type { Evaluator } from '../../../src/expr/evaluator.ts';

let evaluator: Evaluator;
beforeAll(async () => {
  evaluator = await createEvaluator();
});

const config = (value: object): ConfigMap => fromJson(value) as ConfigMap;

function evaluate(given: object, params: object = {}): string {
  const result = evaluator.evaluateMap(config(given), config(params));
  return result.kind === 'value' ? toJson(result.value) : result.message;
}

describe('order', () => {
  test.each<[string, object, object, object]>([
    [
      'later values are raw',
      { a: '${b}', b: 'x${c}', c: '1' },
      { a: '${b}', b: 'x${c}', c: '1' },
      { a: 'x${c}', b: 'x1', c: '1' },
    ],
    [
      'a nested map does not see what is beside it',
      { a: '${1}', o: { k: '${a}' } },
      { a: 'raw' },
      { a: '1', o: { k: 'raw' } },
    ],
    ['a list does', { a: 'x', l: ['${a}', ['${a}']] }, {}, { a: 'x', l: ['x', ['x']] }],
    [
      '_do waits for the child',
      { _do: { 'echo>': '${i}' }, _else_do: '${i}' },
      {},
      { _do: { 'echo>': '${i}' }, _else_do: '${i}' },
    ],
    ['the result is text', { a: '${n}', b: '${typeof a}' }, { n: 5 }, { a: '5', b: 'string' }],
  ])('%s', (_, given, params, want) => {
    expect(evaluate(given, params)).toBe(JSON.stringify(want));
  });
});

test('a second pass evaluates what the first one exported', () => {
  const first = evaluator.evaluateMap(config({ list: ['${day}'] }), config({ day: '${1 + 1}' }));
  expect(first).toEqual({ kind: 'value', value: config({ list: ['${1 + 1}'] }) });
  expect(evaluate({ list: ['${1 + 1}'] })).toBe('{"list":["2"]}');
});

describe('failures name the string', () => {
  test.each([
    ['${nope}', 'exception', 'Failed to evaluate a variable ${nope} (ReferenceError: nope is not defined)'],
    [
      'a ${o.b.c}',
      'exception',
      "Failed to evaluate a variable a ${o.b.c} (TypeError: Cannot read property 'c' of undefined)",
    ],
    [
      '${moment()}',
      'clock',
      'Failed to evaluate a variable ${moment()} (the result depends on the time of evaluation)',
    ],
  ])('%s', (text, reason, message) => {
    expect(evaluator.evaluateText(text, config({ o: {} }))).toEqual({ kind: 'failed', reason, message, code: text });
  });

  test.each(['${x =>  1}', '${let a = 1}', '${`a`}', '${a b}', '${class}', '${/a/u}'])('%s is no ES5', (text) => {
    expect(evaluator.evaluateText(text, config({}))).toMatchObject({ kind: 'failed', reason: 'syntax' });
  });
});

test('5,000 evaluations take about a second', () => {
  const params = config(
    Object.fromEntries([
      ['timezone', 'Asia/Tokyo'],
      ...Array.from({ length: 30 }, (_, i) => [`name_${i}`, `value ${i}`]),
    ]),
  );
  evaluator.evaluateText('${name_1}', params);
  const start = performance.now();
  for (let i = 0; i < 5000; i++) evaluator.evaluateText(`\${name_${i % 30}}-${i % 100}`, params);
  // Three times the time that it takes on a quiet machine of the slowest kind.
  expect(performance.now() - start).toBeLessThan(3000);
});
