import { createEvaluator } from '../../src/expr/create-evaluator.ts';

/** As many as a platform's expressions: each differs from all others, so that no result is taken from a former one. */
const COUNT = 8000;
/** What the project promises on this kind of machine. */
const PROMISED = 5000;

const shapes: readonly ((i: number) => string)[] = [
  (i) => `\${moment(session_time).add(${i}, 'days').format('YYYY-MM-DD')}`,
  (i) => `out/\${session_date_compact}/\${n + ${i}}`,
  (i) => `\${n > ${i} ? 'big' : 'small'}`,
  (i) => `\${moment(session_time).subtract(${i}, 'hours').format('YYYYMMDDHH')}`,
  (i) => `\${tables[${i} % 3]}-${i}`,
  (i) => `\${JSON.stringify({a: n, b: ${i}})}`,
  (i) => `\${(env + '_${i}').toUpperCase()}`,
  (i) => `\${moment(session_time).startOf('month').add(${i}, 'minutes').unix()}`,
];

/** Milliseconds of processor time: what else runs on the machine does not count. */
function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Different `${…}` in one sandbox, after its start. */
export async function benchExpressions(): Promise<readonly string[]> {
  const started = cpu();
  const evaluator = await createEvaluator();
  evaluator.evaluateText('${1}', new Map());
  const ready = cpu();
  const params = new Map<string, string | number | readonly string[]>([
    ['timezone', 'Asia/Tokyo'],
    ['session_time', '2021-12-07T00:00:00+09:00'],
    ['session_date_compact', '20211207'],
    ['n', 7],
    ['env', 'prd'],
    ['tables', ['orders', 'items', 'users']],
  ]);
  const perSecond = (from: number): number => {
    const begun = cpu();
    for (let i = from; i < from + COUNT; i++) {
      const written = shapes[i % shapes.length]?.(i) ?? '';
      const result = evaluator.evaluateText(written, params);
      if (result.kind !== 'value') throw new Error(`${written}: ${result.message}`);
    }
    return Math.round((COUNT * 1000) / (cpu() - begun));
  };
  const compared = (rate: number): string =>
    `${rate} a second, ${(rate / PROMISED).toFixed(2)} of the promised ${PROMISED}`;
  return [
    `start: ${Math.round(ready - started)} ms`,
    `first ${COUNT} different expressions, while the engine is still compiled: ${compared(perSecond(0))}`,
    `next ${COUNT} different expressions: ${compared(perSecond(COUNT))}`,
  ];
}
