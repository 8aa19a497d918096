import { expect, test } from 'vitest';
import { configSchema } from '../../../src/config/schema.ts';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { repoPath } from '../../../src/core/source.ts';
import { projectLibrary } from '../../../src/jinja/project-library.ts';
import { renderTemplate } from '../../../src/jinja/render.ts';
import { loadVariables } from '../../../src/jinja/variables.ts';
import { environmentFor, findings } from './project.ts';

const { jinja } = configSchema.parse({
  jinja: {
    filters: {
      gib: 'n => n + "Gi"',
      padded: '(text, width) => ("00000000" + text).slice(-(width.width || width))',
      pairs: 'function (map) { return Object.keys(map).map(function (k) { return [k, map[k]]; }); }',
      half: 'n => n / 2',
      joined: "(value, by = '-', end = '') => value.join(by) + end",
      item: 'list => list[3]',
      sum: 'n => `${n * 2}Gi`',
      endless: '() => { for (;;); }',
      broken: 'x => x.nope.more',
      clock: '() => Date.now()',
      whole: 'n => Math.trunc(Number(n))',
      dashed: "text => text.replaceAll('.', '-').padEnd(6, '_')",
      kinds: 'list => [...new Set(list)].filter(each => list.includes(each)).length',
      wide: '() => new Array(4e9 - 1e8).includes(1)',
    },
    tests: { large: 'n => n > 8' },
    globals: { team: '"data"', label: '(a, b) => a + "-" + b', limits: '{ cpu: 2, memory: 1.5 }' },
  },
});

async function render(template: string) {
  const library = await projectLibrary(jinja, { read: () => undefined, list: () => [] });
  const sink = new DiagnosticList();
  const context = loadVariables(
    [{ path: repoPath('v.yaml'), text: 'gb: 16\nname: etl\nm: {b: 1, a: 2}\n' }],
    'shallow',
    sink,
  );
  const environment = { ...environmentFor({ main: template }), library };
  return { rendered: renderTemplate(repoPath('main'), context, environment, sink), sink };
}

test.each([
  ['{{ gb|gib }}', '16Gi'],
  ['{{ 7|padded(3) }} {{ 7|padded(width=4) }}', '007 0007'],
  ['{{ m|pairs }}', "[['b', 1], ['a', 2]]"],
  ["{{ ['a', 'b']|joined }} {{ ['a', 'b']|joined('+') }} {{ ['a', 'b']|joined(end='!') }}", 'a-b a+b a-b!'],
  ['{{ 3|half }} {{ 4|half }}', '1.5 2'],
  // Bodies are in the language of today, not in that of Digdag's engine, where replaceAll takes a pattern.
  ["{{ '7.9'|whole }} {{ '1.2'|dashed }} {{ [1, 2, 1]|kinds }}", '7 1-2___ 2'],
  ["{{ 'y' if gb is large else 'n' }}", 'y'],
  ["{{ team }}/{{ label('x', name) }}/{{ limits.memory }}", 'data/x-etl/1.5'],
  ["{{ [1, 9]|select('large')|map('gib')|join }}", '9Gi'],
])('%s', async (template, want) => {
  const { rendered, sink } = await render(template);
  expect(findings(sink)).toEqual([]);
  expect(rendered?.text).toBe(want);
});

test('the result depends on all that the function was given', async () => {
  const { rendered } = await render('a: {{ label(name, gb) }}');
  expect(rendered?.runs.map((run) => run.data.map((leaf) => leaf.path))).toEqual([[], ['name', 'gb']]);
});

test.each([
  ['\n{{ 1|endless }}', 'JINJA_LIMIT main:2:1'],
  ['\n{{ 1|wide }}', 'JINJA_TYPE main:2:1'],
  ['\n{{ 1|broken }}', 'JINJA_TYPE main:2:1'],
  ['\n{{ [1]|item }}', 'JINJA_TYPE main:2:1'],
  ["\n{{ 'x'|sum }}", 'JINJA_TYPE main:2:1'],
  ['\n{{ 1|clock }}', 'JINJA_CLOCK main:2:1'],
  ['\n{{ 1|nobodys }}', 'JINJA_NAME_UNKNOWN main:2:6'],
])('%j', async (template, want) => {
  const { rendered, sink } = await render(template);
  expect(rendered).toBeUndefined();
  expect(findings(sink)).toEqual([want]);
});
