import { expect, test } from 'vitest';
import { configSchema } from '../../../src/config/schema.ts';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { repoPath } from '../../../src/core/source.ts';
import { jinjaOptions } from '../../../src/jinja/configured.ts';
import { projectLibrary } from '../../../src/jinja/project-library.ts';
import { renderTemplate } from '../../../src/jinja/render.ts';
import { loadVariables } from '../../../src/jinja/variables.ts';
import { findings } from './project.ts';

const variables = `m: {b: 1, a: [1, {x: 'y: z'}], t: true, n: null}
l: [a, b, a]
s: sales-etl_v2
d: {x: {k: 1, j: 2}}
f: 1.5
e: ''
u: 日本
`;
const host = {
  read: (path: string) => (path === 'files/motd' ? 'hello\n' : undefined),
  list: () => ['files/motd'],
};

interface Given {
  readonly vars?: string;
  readonly files?: Readonly<Record<string, string>>;
}

async function render(template: string, preset: string, { vars = variables, files = {} }: Given = {}) {
  const { jinja } = configSchema.parse({ jinja: { preset, undefined: 'default', env: { HOME_REGION: 'tokyo' } } });
  const sink = new DiagnosticList();
  const context = loadVariables([{ path: repoPath('v.yaml'), text: vars }], 'shallow', sink);
  const environment = {
    options: jinjaOptions(jinja),
    library: await projectLibrary(jinja, host),
    searchPath: [''],
    load: (path: ReturnType<typeof repoPath>) => {
      const text = path === 'main' ? template : files[path];
      return text === undefined ? undefined : { path, text };
    },
  };
  return { rendered: renderTemplate(repoPath('main'), context, environment, sink), sink };
}

/** Recorded with the filters and tests of ansible-core 2.19.14 in Jinja2 3.1.6. */
const ansible: readonly (readonly [template: string, python: string])[] = [
  ['{{ m|to_json }}', '{"b": 1, "a": [1, {"x": "y: z"}], "t": true, "n": null}'],
  [
    '{{ m|to_json(indent=2, sort_keys=true) }}',
    '{\n  "a": [\n    1,\n    {\n      "x": "y: z"\n    }\n  ],\n  "b": 1,\n  "n": null,\n  "t": true\n}',
  ],
  [
    '{{ m|to_nice_json }}',
    '{\n    "a": [\n        1,\n        {\n            "x": "y: z"\n        }\n    ],\n    "b": 1,\n    "n": null,\n    "t": true\n}',
  ],
  ['{{ m|to_yaml }}', "a:\n- 1\n- {x: 'y: z'}\nb: 1\nn: null\nt: true\n"],
  ['{{ m|to_nice_yaml }}', "a:\n- 1\n-   x: 'y: z'\nb: 1\nn: null\nt: true\n"],
  ['{{ m|to_nice_yaml(indent=2) }}', "a:\n- 1\n- x: 'y: z'\nb: 1\nn: null\nt: true\n"],
  ["{{ 'a\\nb' | comment }}", '#\n# a\n# b\n#'],
  ["{{ 'a' | comment('c') }}", '//\n// a\n//'],
  ["{{ 'a\\n\\nb' | comment('cblock') }}", '/*\n *\n * a\n *\n * b\n *\n */'],
  ["{{ 'a' | comment('xml') }}", '<!--\n -\n - a\n -\n-->'],
  ["{{ 'a' | comment(decoration='; ', prefix='', postfix='') }}", '; a\n'],
  [
    "{{ 'a\\n' | comment('plain', prefix='##\\n', postfix='\\n##\\n', prefix_count=2) }}",
    '##\n\n##\n\n# a\n# \n\n##\n',
  ],
  [
    "{{ 'a' | comment('erlang', beginning='<<', end='>>', newline='\\r\\n', postfix_count=2) }}",
    '<<\r\n%\r\n% a\r\n%\r\n%\r\n>>',
  ],
  ["{{ [1.0, 2.0, 'T', [], 1, 2]|map('bool')|list }}", '[True, False, False, False, True, False]'],
  ['{{ l|to_yaml }}', '[a, b, a]\n'],
  ['{{ l|ansible.builtin.to_yaml }}', '[a, b, a]\n'],
  ['{{ s|to_yaml }}', 'sales-etl_v2\n'],
  ["{{ 'a: [1, yes]'|from_yaml }}", "{'a': [1, True]}"],
  ['{{ \'{"a": [1, 2.5, null]}\'|from_json }}', "{'a': [1, 2.5, None]}"],
  ['{{ u|b64encode }} {{ u|b64encode|b64decode }}', '5pel5pys 日本'],
  ["{{ ['yes', 'no', 1, '1', 'x', none]|map('bool')|list }}", '[True, False, True, True, False, False]'],
  ["{{ true|ternary('a', 'b') }}{{ ''|ternary('a', 'b') }}{{ none|ternary('a', 'b', 'c') }}", 'abc'],
  [
    "{{ d|combine({'x': {'k': 3}}) }} {{ d|combine({'x': {'k': 3}}, recursive=true) }} {{ [d, {'z': 1}]|combine }}",
    "{'x': {'k': 3}} {'x': {'k': 3, 'j': 2}} {'x': {'k': 1, 'j': 2}, 'z': 1}",
  ],
  [
    "{{ d.x|dict2items }} {{ d.x|dict2items(key_name='n', value_name='v') }}",
    "[{'key': 'k', 'value': 1}, {'key': 'j', 'value': 2}] [{'n': 'k', 'v': 1}, {'n': 'j', 'v': 2}]",
  ],
  ["{{ [{'key': 'a', 'value': 1}]|items2dict }}", "{'a': 1}"],
  [
    "{{ s|regex_replace('([a-z]+)-(\\\\w+)', '\\\\2.\\\\1') }} {{ s|regex_replace('E', 'x', ignorecase=true) }} {{ s|regex_replace('^sales', 'S') }}",
    'etl_v2.sales salxs-xtl_v2 S-etl_v2',
  ],
  [
    "{{ s|regex_search('[a-z]+$') }} {{ s|regex_search('e.') }} {{ s|regex_search('(s)(a)', '\\\\1', '\\\\2') }}",
    "None es ['s', 'a']",
  ],
  [
    "{{ s|regex_findall('[a-z]') }} {{ s|regex_findall('(.)(l)') }}",
    "['s', 'a', 'l', 'e', 's', 'e', 't', 'l', 'v'] [('a', 'l'), ('t', 'l')]",
  ],
  ["{{ 'a.b*c'|regex_escape }}", 'a\\.b\\*c'],
  ['{{ s|quote }} {{ "it\'s x"|quote }} {{ e|quote }}', "sales-etl_v2 'it'\"'\"'s x' ''"],
  [
    "{{ s|hash('md5') }} {{ s|hash }} {{ s|sha1 }} {{ s|md5 }} {{ s|checksum }}",
    '7cb49c4bad5716ecf4c23336a2e0971e fbfc6d44468719cc1f6fcca59bf8798c219385d6 fbfc6d44468719cc1f6fcca59bf8798c219385d6 7cb49c4bad5716ecf4c23336a2e0971e fbfc6d44468719cc1f6fcca59bf8798c219385d6',
  ],
  [
    "{{ '/a/b/c.tar.gz'|basename }} {{ '/a/b/c.tar.gz'|dirname }} {{ '/a/b/c.tar.gz'|splitext }} {{ '.x'|splitext }}",
    "c.tar.gz /a/b ('/a/b/c.tar', '.gz') ('.x', '')",
  ],
  ['{{ [1, [2, [3, none]]]|flatten }} {{ [1, [2, [3]]]|flatten(1) }}', '[1, 2, 3] [1, 2, [3]]'],
  ["{{ [1, 2]|zip(['a', 'b'])|list }}", "[(1, 'a'), (2, 'b')]"],
  ['{{ 1|type_debug }} {{ s|type_debug }} {{ f|type_debug }}', 'int str float'],
  ["{{ 'a,b'|split(',') }} {{ ' a b '|split }}", "['a', 'b'] ['a', 'b']"],
  [
    "{{ '1.10' is version('1.9', '>') }} {{ '2.0' is version('2.0.0', '<') }} {{ '1.2.3' is version('1.2', 'ge') }}",
    'True True True',
  ],
  [
    "{{ s is match('sales') }} {{ s is match('etl') }} {{ s is search('etl') }} {{ s is regex('v2$') }}",
    'True False True True',
  ],
  [
    "{{ ['a'] is subset(l) }} {{ l is superset(['b']) }} {{ l is contains('a') }} {{ [true, false] is any }} {{ [true, false] is all }} {{ 1 is truthy }} {{ '' is falsy }}",
    'True True True True False True True',
  ],
];

test.each(ansible)('%s', async (template, python) => {
  const { rendered, sink } = await render(template, 'ansible');
  expect(findings(sink)).toEqual([]);
  expect(rendered?.text).toBe(python);
});

test.each([
  ['ansible', "{{ lookup('env', 'HOME_REGION') }} {{ lookup('file', 'motd') }}", 'tokyo hello'],
  ['j2cli', "{{ env('HOME_REGION') }} {{ 'HOME_REGION'|env }}", 'tokyo tokyo'],
  ['jinjanator', "{{ env('HOME_REGION') }}", 'tokyo'],
])('%s: %s', async (preset, template, want) => {
  expect((await render(template, preset)).rendered?.text).toBe(want);
});

test.each([
  ['ansible', '\n{{ now() }}', 'JINJA_CLOCK main:2:1'],
  ['ansible', "\n{{ lookup('file', '../secret') }}", 'JINJA_TEMPLATE_MISSING main:2:1'],
  ['ansible', "\n{{ lookup('pipe', 'date') }}", 'JINJA_UNSUPPORTED main:2:1'],
  ['ansible', "\n{{ ('a' * 40)|regex_replace('(a+)+$', '') }}", 'JINJA_UNSUPPORTED main:2:1'],
  ['ansible', '\n{{ [m, m]|to_yaml }}', 'JINJA_UNSUPPORTED main:2:1'],
  ['j2cli', "\n{{ env('OTHER', 'x') }}", 'JINJA_UNDEFINED main:2:1'],
  ['library', '\n{{ m|to_json }}', 'JINJA_NAME_UNKNOWN main:2:6'],
])('%s: %j', async (preset, template, want) => {
  const { rendered, sink } = await render(template, preset);
  expect(rendered).toBeUndefined();
  expect(findings(sink)).toEqual([want]);
});

/** Recorded with the filters of ansible-core 2.19.14. */
const long = {
  text: 'the quick brown fox jumps over the lazy dog '.repeat(4).trim(),
  b: [1, { x: 'y: z' }],
  a: `line one\nline two ${'word '.repeat(20)}`,
  q: `it's: ${'word '.repeat(25)}`,
  u: '日本 '.repeat(30),
};
const widths: readonly (readonly [template: string, ansible: string])[] = [
  [
    '{{ m|to_yaml }}',
    "a: 'line one\n\n  line two word word word word word word word word word word word word word word word\n  word word word word word '\nb:\n- 1\n- {x: 'y: z'}\nq: 'it''s: word word word word word word word word word word word word word word word\n  word word word word word word word word word word '\ntext: the quick brown fox jumps over the lazy dog the quick brown fox jumps over the\n  lazy dog the quick brown fox jumps over the lazy dog the quick brown fox jumps over\n  the lazy dog\nu: '日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本\n  日本 日本 日本 日本 '\n",
  ],
  [
    '{{ m|to_yaml(width=40) }}',
    "a: 'line one\n\n  line two word word word word word word word\n  word word word word word word word word\n  word word word word word '\nb:\n- 1\n- {x: 'y: z'}\nq: 'it''s: word word word word word word word\n  word word word word word word word word\n  word word word word word word word word\n  word word '\ntext: the quick brown fox jumps over the lazy\n  dog the quick brown fox jumps over the lazy\n  dog the quick brown fox jumps over the lazy\n  dog the quick brown fox jumps over the lazy\n  dog\nu: '日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本\n  日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本\n  日本 日本 日本 '\n",
  ],
  [
    '{{ m|to_nice_yaml(width=1000) }}',
    "a: 'line one\n\n    line two word word word word word word word word word word word word word word word word word word word word '\nb:\n- 1\n-   x: 'y: z'\nq: 'it''s: word word word word word word word word word word word word word word word word word word word word word word word word word '\ntext: the quick brown fox jumps over the lazy dog the quick brown fox jumps over the lazy dog the quick brown fox jumps over the lazy dog the quick brown fox jumps over the lazy dog\nu: '日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 '\n",
  ],
  [
    '{{ m|to_nice_yaml(indent=2, width=30, sort_keys=false) }}',
    "text: the quick brown fox jumps\n  over the lazy dog the quick brown\n  fox jumps over the lazy dog the\n  quick brown fox jumps over the\n  lazy dog the quick brown fox jumps\n  over the lazy dog\nb:\n- 1\n- x: 'y: z'\na: 'line one\n\n  line two word word word word word\n  word word word word word word\n  word word word word word word\n  word word word '\nq: 'it''s: word word word word word\n  word word word word word word\n  word word word word word word\n  word word word word word word\n  word word '\nu: '日本 日本 日本 日本 日本 日本 日本 日本 日本 日本\n  日本 日本 日本 日本 日本 日本 日本 日本 日本 日本\n  日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 '\n",
  ],
  [
    '{{ m|to_nice_yaml(width=5) }}',
    "a: 'line one\n\n    line two word word word word word word word word word word word word word word\n    word word word word word word '\nb:\n- 1\n-   x: 'y: z'\nq: 'it''s: word word word word word word word word word word word word word word word\n    word word word word word word word word word word '\ntext: the quick brown fox jumps over the lazy dog the quick brown fox jumps over the\n    lazy dog the quick brown fox jumps over the lazy dog the quick brown fox jumps\n    over the lazy dog\nu: '日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本\n    日本 日本 日本 日本 '\n",
  ],
  [
    '{{ m|to_nice_yaml(width=-1) }}',
    "a: 'line one\n\n    line two word word word word word word word word word word word word word word word word word word word word '\nb:\n- 1\n-   x: 'y: z'\nq: 'it''s: word word word word word word word word word word word word word word word word word word word word word word word word word '\ntext: the quick brown fox jumps over the lazy dog the quick brown fox jumps over the lazy dog the quick brown fox jumps over the lazy dog the quick brown fox jumps over the lazy dog\nu: '日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 '\n",
  ],
  [
    '{{ m|to_yaml(width=9, default_flow_style=false) }}',
    "a: 'line one\n\n  line two\n  word word\n  word word\n  word word\n  word word\n  word word\n  word word\n  word word\n  word word\n  word word\n  word word '\nb:\n- 1\n- x: 'y: z'\nq: 'it''s:\n  word word\n  word word\n  word word\n  word word\n  word word\n  word word\n  word word\n  word word\n  word word\n  word word\n  word word\n  word word\n  word '\ntext: the quick\n  brown fox\n  jumps over\n  the lazy\n  dog the quick\n  brown fox\n  jumps over\n  the lazy\n  dog the quick\n  brown fox\n  jumps over\n  the lazy\n  dog the quick\n  brown fox\n  jumps over\n  the lazy\n  dog\nu: '日本 日本 日本\n  日本 日本 日本\n  日本 日本 日本\n  日本 日本 日本\n  日本 日本 日本\n  日本 日本 日本\n  日本 日本 日本\n  日本 日本 日本\n  日本 日本 日本\n  日本 日本 日本 '\n",
  ],
  [
    '{{ m|to_nice_yaml(2, width=50) }}',
    "a: 'line one\n\n  line two word word word word word word word word word\n  word word word word word word word word word word\n  word '\nb:\n- 1\n- x: 'y: z'\nq: 'it''s: word word word word word word word word word\n  word word word word word word word word word word\n  word word word word word word '\ntext: the quick brown fox jumps over the lazy dog the\n  quick brown fox jumps over the lazy dog the quick\n  brown fox jumps over the lazy dog the quick brown\n  fox jumps over the lazy dog\nu: '日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本\n  日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 日本 '\n",
  ],
];

test.each(widths)('%s', async (template, ansible) => {
  const { rendered } = await render(template, 'ansible', { vars: `m: ${JSON.stringify(long)}` });
  expect(rendered?.text).toBe(ansible);
});

test("lookup('template') as ansible-core 2.19.14 renders it: with the variables, without what the template has set", async () => {
  const files = {
    'templates/x.j2': 'a {{ v }}\n{% if v %}\nb\n{% endif %}\nlast\n',
    'y.j2': 'w={{ w | default("none") }} k={{ k }}',
  };
  const given = { vars: 'v: 1', files };
  const { rendered } = await render(
    'Z={{ lookup("template", "x.j2") }}|\n{% set w = 5 %}{{ lookup("template", "y.j2", template_vars={"k": 7}) | indent(2) }}\n',
    'ansible',
    given,
  );
  expect(rendered?.text).toBe('Z=a 1\nb\nlast\n|\nw=none k=7\n');
  expect(rendered?.used.templates).toEqual(['main', 'templates/x.j2', 'y.j2']);
  const printed = rendered?.runs.find((run) => rendered.text.slice(run.start, run.end) === '1');
  expect(printed?.data.map(({ path }) => path)).toEqual(['v']);
  expect(printed?.span.file).toBe('templates/x.j2');
  const { sink } = await render('\n{{ lookup("template", "gone.j2") }}', 'ansible', given);
  expect(findings(sink)).toEqual(['JINJA_TEMPLATE_MISSING main:2:1']);
});
