import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../../src/config/load.ts';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { messageOf } from '../../../src/core/messages.ts';
import { formatPosition, repoPath } from '../../../src/core/source.ts';
import { findBuildScript } from '../../../src/discover/build-script.ts';
import { discover } from '../../../src/discover/discover.ts';
import { givenEnvironmentNames } from '../../../src/discover/given-values.ts';
import type { Project } from '../../../src/discover/project.ts';
import { proposeConfig } from '../../../src/discover/propose-config.ts';
import { memoryHost } from '../../../src/pipeline/host.ts';

interface Looked {
  readonly project: Project;
  readonly sink: DiagnosticList;
  readonly proposal: string;
}

/** A platform of one workflow whose templates are rendered by m/build.py. */
function look(script: string, files: Readonly<Record<string, string>> = {}, configText = ''): Looked {
  const host = memoryHost({ 'digdag/prd/a.dig': '+a:\n  echo>: x\n', 'm/build.py': script, ...files });
  const sink = new DiagnosticList();
  const config = loadConfig({ path: repoPath('dig2argo.yaml'), text: configText }, sink);
  if (config === undefined) throw new Error('the configuration of the test is broken');
  const project = discover(host, config, sink);
  return { project, sink, proposal: proposeConfig(project, host) };
}

const made = 'import jinja2\nenv = jinja2.Environment()\n';

describe('options', () => {
  const cases: readonly (readonly [string, string, Readonly<Record<string, unknown>>])[] = [
    [
      'delimiters and line prefixes',
      "import jinja2\nenv = jinja2.Environment(block_start_string='<%', block_end_string='%>', line_statement_prefix='%%')\n",
      { block_start_string: '<%', block_end_string: '%>', line_statement_prefix: '%%' },
    ],
    [
      'a mapping of options that is spread',
      'import jinja2\nOPTIONS = dict(trim_blocks=True, undefined=jinja2.ChainableUndefined)\nenv = jinja2.Environment(**OPTIONS)\n',
      { trim_blocks: true, undefined: 'chainable' },
    ],
    [
      'variables that are merged by a function of its own',
      `${made}def merge(a, b):\n    for k, v in b.items():\n        if isinstance(v, dict):\n            a[k] = merge(a.get(k, {}), v)\n        else:\n            a[k] = v\n    return a\n`,
      { merge: 'deep' },
    ],
    [
      'variables that are merged by a library',
      `${made}from mergedeep import merge\nfrom deepmerge import always_merger\nvalues = always_merger.merge(a, deepmerge(b, c))\n`,
      { merge: 'deep' },
    ],
    ['variables of which one replaces the other', `${made}def merge(a, b):\n    a.update(b)\n    return a\n`, {}],
    ['set afterwards', `${made}env.lstrip_blocks = True\n`, { lstrip_blocks: true }],
    [
      'extensions by path and by class',
      "import jinja2\nenv = jinja2.Environment(extensions=['jinja2.ext.do', jinja2.ext.loopcontrols])\n",
      { extensions: ['do', 'loopcontrols'] },
    ],
    [
      'a folder beside the script',
      "import jinja2, pathlib\nHERE = pathlib.Path(__file__).resolve().parent\nenv = jinja2.Environment(loader=jinja2.FileSystemLoader([str(HERE / 'templates'), HERE.parent]))\n",
      { search_path: ['m/templates', ''] },
    ],
    [
      'a folder by os.path',
      "import jinja2, os\nenv = jinja2.Environment(loader=jinja2.FileSystemLoader(os.path.join(os.path.dirname(__file__), 'templates')))\n",
      { search_path: ['m/templates'] },
    ],
    [
      'a text that names a folder of the tree',
      "from jinja2 import Environment, FileSystemLoader\nenv = Environment(loader=FileSystemLoader('m/templates'))\n",
      { search_path: ['m/templates'] },
    ],
  ];
  test.each(cases)('%s', (_, script, want) => {
    const { project, sink } = look(script, { 'm/templates/a.yaml.j2': 'kind: Job\n' });
    expect(project.config.jinja).toEqual({ preset: 'library', ...want });
    expect(sink.items.filter((each) => each.severity !== 'info')).toEqual([]);
  });

  test('what is not read is said, at its place', () => {
    const { sink } = look('import jinja2\nenv = jinja2.Environment(\n  autoescape=True,\n  trim_blocks=FLAG,\n)\n');
    expect(
      sink.items.flatMap((each) =>
        each.code === 'JINJA_SCRIPT_OPTION' && each.span !== undefined
          ? [`${formatPosition(each.span)} ${each.args.option} ${each.args.value}`]
          : [],
      ),
    ).toEqual(['m/build.py:3:14 autoescape True', 'm/build.py:4:15 trim_blocks FLAG']);
  });
});

describe('the order of variable files', () => {
  const tree = {
    'run.sh': 'curl https://h/$ENV/$JOB.yaml\n',
    'm/t/a.yaml.j2': 'kind: Job\n',
    'm/vars/prd.yaml': 'a: 1\n',
    'm/vars/common.yaml': 'a: 1\n',
    'm/site/all.yaml': '',
    'm/vars/site.yaml': 'a: 1\n',
  };
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['nothing is said', '', ['common', '{env}']],
    ['a list of names', "for name in ('site', env_name, 'common'):\n    load(name)\n", ['site', '{env}', 'common']],
    [
      'files opened one after another',
      "load(HERE / 'vars' / f'{env}.yaml')\nload(os.path.join(HERE, 'vars', 'common.yaml'))\n",
      ['{env}', 'common'],
    ],
    ['by formats', "load('vars/site.yaml')\nload('vars/{}.yaml'.format(args.env))\n", ['site', '{env}']],
    ['by a percent sign', "load('vars/%s.yaml' % env)\n", ['{env}']],
    [
      'folders in the paths',
      "load(ROOT / 'site' / 'all.yaml')\nload(ROOT / 'vars' / f'{env}.yaml')\n",
      ['../site/all', '{env}'],
    ],
    ['files of something else', "load('other/names.yaml')\n", ['common', '{env}']],
  ];
  test.each(cases)('%s', (_, source, want) => {
    const { project } = look(`${made}${source}`, tree);
    expect(project.config.manifests.map((each) => each.variables)).toEqual([
      want.map((name) => (name.startsWith('../') ? `m/${name.slice(3)}.yaml` : `m/vars/${name}.yaml`)),
    ]);
  });
});

test.each([
  ["values['env'] = args.env\n", ['env']],
  ['for stage in stages:\n    text = template.render(stage=stage, name=name)\n', ['stage']],
  ["data = {**common, 'environment': options['env'], 'n': 1}\n", ['environment']],
  ['values.update(target_env=env)\nload(env=env)\n', ['target_env']],
  ["values['region'] = args.region\n", []],
])('%j hands the environment to the templates', (written, want) => {
  const host = memoryHost({ 'm/build.py': `from jinja2 import Environment\nenv_ = Environment()\n${written}` });
  const script = findBuildScript(host);
  expect(script && givenEnvironmentNames(script)).toEqual(want);
});

describe('names of the build script', () => {
  const cases: readonly (readonly [string, string, Readonly<Record<string, Readonly<Record<string, string>>>>])[] = [
    [
      'a filter by its key',
      `def gi(n):\n    """Memory."""\n    return f"{n}Gi"\n${made}env.filters['gi'] = gi\n`,
      { filters: { gi: 'n => `${n}Gi`' } },
    ],
    [
      'a table, a lambda and a constant',
      `UNIT = 'Mi'\n${made}env.filters.update({'mi': lambda n: str(n * 1024) + UNIT, 'up': lambda s: s.upper()})\n`,
      { filters: { mi: "n => (String((n * 1024)) + 'Mi')", up: 's => s.toUpperCase()' } },
    ],
    [
      'whole numbers in a format',
      `def mi(n):\n    return '%dMi' % int(n)\ndef ki(n):\n    return '%d%%, %s' % (n * 2, n)\n${made}env.filters.update(mi=mi, ki=ki)\n`,
      { filters: { mi: 'n => `${Math.trunc(Number(n))}Mi`', ki: 'n => `${Math.trunc((n * 2))}%, ${n}`' } },
    ],
    [
      'keywords, and a mapping under a name',
      `TESTS = {'big': lambda n: n > 8}\n${made}env.globals.update(team='data', limits={'cpu': 2})\nenv.tests |= TESTS\n`,
      { tests: { big: 'n => (n > 8)' }, globals: { team: "'data'", limits: '{ cpu: 2 }' } },
    ],
    [
      'decorators',
      `${made}@env.filter('slug')\ndef make_slug(text, by='-'):\n    return text.lower().replace(' ', by)\n@env.global_\ndef other():\n    return 1\n`,
      {},
    ],
    [
      'a decorator with a name, and one without',
      `${made}@env.filter('slug')\ndef make_slug(text):\n    return text.strip().lower().replace(' ', '-')\n@app.template_test\ndef prod(env):\n    return env in ('prd', 'prod')\n`,
      {
        filters: { slug: "text => text.trim().toLowerCase().split(' ').join('-')" },
        tests: { prod: "env => (['prd', 'prod'].indexOf(env) >= 0)" },
      },
    ],
    [
      'a loop over the pairs of a table',
      `FILTERS = {'half': lambda n: n // 2}\n${made}for name, function in FILTERS.items():\n    env.filters[name] = function\n`,
      { filters: { half: 'n => Math.floor(n / 2)' } },
    ],
    [
      'branches and variables',
      `def size(n, unit="Gi"):\n    if n is None:\n        return None\n    text = '{}{}'.format(n, unit)\n    return text\n${made}env.filters['size'] = size\n`,
      {
        filters: {
          size: "(n, unit = 'Gi') => { let text; if ((n === null)) { return null; } text = `${n}${unit}`; return text; }",
        },
      },
    ],
    [
      'a float on the way to a whole number',
      `def cpu(value):\n    milli = int(float(value) * 1000)\n    return str(milli // 1000) if milli % 1000 == 0 else f"{milli}m"\n${made}env.filters['cpu'] = cpu\n`,
      {
        filters: {
          cpu: 'value => { let milli; milli = Math.trunc((Number(value) * 1000)); return (((((milli % 1000) + 1000) % 1000) === 0) ? String(Math.floor(milli / 1000)) : `${milli}m`); }',
        },
      },
    ],
    [
      'from a module beside the script',
      `from units import gi as memory\n${made}env.filters['gi'] = memory\n`,
      { filters: { gi: 'n => `${n}Gi`' } },
    ],
  ];
  test.each(cases)('%s', (_, script, want) => {
    const { jinja } = look(script, { 'm/units.py': "def gi(n):\n    return '%sGi' % n\n" }).project.config;
    const { filters, tests, globals } = jinja;
    expect(Object.fromEntries(Object.entries({ filters, tests, globals }).filter(([, value]) => value))).toEqual(want);
  });

  const unread: readonly (readonly [string, string])[] = [
    ['def f(v):\n    return v / 2', '/, whose result Python prints in its own way'],
    ['def f(v):\n    return "%d" % v', '%d of a value that may be no number'],
    ['def f(v):\n    return v * 1.0', 'a float, which Python prints in its own way'],
    ['def f(v):\n    return float(v)', 'a float, which Python prints in its own way'],
    ['def f(v):\n    x = float(v) * 2\n    return f"{x}m"', 'a float, which Python prints in its own way'],
    ['def f(v):\n    return v or "x"', 'what is true and false differs in JavaScript'],
    ['def f(v):\n    return f"{v:03d}"', 'it uses an expression that is not translated'],
    ['def f(v):\n    return yaml.dump(v)', 'it uses yaml'],
    ['def f(v, *rest):\n    return v', 'it takes *rest'],
    ['def f(v):\n    return v + v', '+ between values whose kinds are not known'],
    ['@pass_context\ndef f(context, v):\n    return v', 'it looks at the rendering (@pass_context)'],
    ['@cache\ndef f(v):\n    return v', 'a decorator changes it'],
    ['from elsewhere import f', 'it is not defined in the files of the build script'],
  ];
  test.each(unread)('%j is left to a person', (source, why) => {
    const { project, sink } = look(`${source}\n${made}env.filters['f'] = f\n`, {
      'm/t/a.yaml.j2': 'kind: Job\na: {{ x | f }}\n',
    });
    expect(project.config.jinja.filters).toBeUndefined();
    const [missing] = sink.items.filter((each) => each.code === 'JINJA_BODY_MISSING');
    expect(missing).toMatchObject({
      severity: 'warning',
      args: { what: 'filter', name: 'f', why },
      span: { file: 'm/t/a.yaml.j2', start: { line: 2, col: 11 } },
    });
  });

  test('the message says what to write', () => {
    const { sink } = look(`${made}env.tests['odd_one'] = unknown\n`, {
      'm/t/a.yaml.j2': '{% if x is odd_one %}{% endif %}',
    });
    const [missing] = sink.items.filter((each) => each.code === 'JINJA_BODY_MISSING');
    expect(missing && messageOf(missing)).toBe(
      "the test odd_one is the build script's own (m/build.py:3:24), and was not taken over: it is not defined in the files of the build script",
    );
    expect(missing?.hint).toContain('jinja: {tests: {odd_one: "value => …"}}');
  });

  test('a body in the configuration stays, and a name that no template uses is not spoken of', () => {
    const { project, sink } = look(
      `${made}env.filters['f'] = unknown\nenv.filters['g'] = lambda v: v\n`,
      { 'm/t/a.yaml.j2': 'kind: Job\n' },
      "jinja: {filters: {g: 'v => 1'}}",
    );
    expect(project.config.jinja.filters).toEqual({ g: 'v => 1' });
    expect(sink.items.filter((each) => each.severity !== 'info')).toEqual([]);
  });

  test('init writes each body with its place and what to check', () => {
    const { proposal } = look(`def gi(n):\n    return f"{n}Gi"\n${made}env.filters['gi'] = gi\n`);
    expect(proposal).toContain(
      'jinja:\n  filters:\n    # Seen: defined in m/build.py:1:1.\n    # Check: does this JavaScript give what the Python does, also for booleans, None and whole floats (2.0)?\n    gi: n => `${n}Gi`\n',
    );
  });
});

test('globals that are taken from the clock are proposed as Python, to be confirmed', () => {
  const script = `from datetime import date, datetime, timedelta
${made}env.globals['now'] = datetime.now
env.globals.update(today=date.today(), yesterday=(date.today() - timedelta(days=1)).isoformat())
`;
  const { project, proposal, sink } = look(script);
  expect(project.config.jinja.clocks).toEqual({
    now: 'datetime.now',
    today: 'date.today()',
    yesterday: '(date.today() - timedelta(days=1)).isoformat()',
  });
  expect(proposal).toContain('today: date.today()');
  expect(proposal).toContain('is the date of the session meant, rather than that of the build?');
  expect(sink.items.map(({ code }) => code)).not.toContain('JINJA_BODY_MISSING');
});
