import { expect, test } from 'vitest';
import { analyseText } from '../../../src/expr/analyse-text.ts';
import { createEvaluator } from '../../../src/expr/create-evaluator.ts';
import { map, runtimeText, text } from '../../../src/ir/build-value.ts';
import { taskId } from '../../../src/ir/graph.ts';
import { checkedReading } from '../../../src/pipeline/checked-reading.ts';

const from = { via: 'default', reason: 'test' } as const;
const written = "${moment(session_time).subtract(1, 'month').format('YYYYMMDD')}-${env}";
const scope = new Map([['env', text('prd', from)]]);

test('a right reading stays as it is', async () => {
  const read = analyseText(written, from, scope);
  expect(checkedReading(written, read, scope, 'Asia/Tokyo', await createEvaluator())).toBe(read);
});

test('a wrong one becomes opaque, with the session that shows it', async () => {
  const wrong = analyseText(written.replace("'month'", "'day'"), from, scope);
  const checked = checkedReading(written, wrong, scope, 'Asia/Tokyo', await createEvaluator());
  expect(checked.parts[0]).toMatchObject({
    expr: { kind: 'opaque', reason: expect.stringContaining('2024-02-28T15:00:00.000Z') },
  });
});

test('what holds a loop variable cannot be tried', async () => {
  const item = runtimeText({ kind: 'item', loop: taskId('+w+l'), key: 'i' }, from);
  expect(checkedReading('${i}', item, scope, 'UTC', await createEvaluator())).toBe(item);
});

test('a map parameter may hold the session', async () => {
  const params = map([['date', analyseText('${session_date}', from, new Map())]], from);
  const inner = new Map([['params', params]]);
  const read = analyseText("x ${params.date} ${moment(session_time).format('YYYY')}", from, inner);
  const written = "x ${params.date} ${moment(session_time).format('YYYY')}";
  expect(checkedReading(written, read, inner, 'Asia/Tokyo', await createEvaluator())).toBe(read);
});
