import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { configSchema } from '../../../src/config/schema.ts';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { type RepoPath, repoPath, type SourceFile } from '../../../src/core/source.ts';
import { type JinjaEnvironment, jinjaPresets } from '../../../src/jinja/environment.ts';
import { projectLibrary } from '../../../src/jinja/project-library.ts';
import { type Leaf, type Rendered, renderPlain, renderTemplate } from '../../../src/jinja/render.ts';
import { type Plain, PyFloat } from '../../../src/jinja/values/value.ts';
import { leaves, loadVariables, type TaggedContext, type VariableNode } from '../../../src/jinja/variables.ts';
import { environmentOf } from '../../vectors/jinja-case.ts';

interface Tally {
  rendered: number;
  mutations: number;
  changed: number;
  readonly missed: string[];
}

/** Another value of the same type. */
function other(value: Plain): Plain {
  if (typeof value === 'string') return value === '' ? 'q' : `${value.startsWith('x') ? 'y' : 'x'}${value}`;
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  if (value instanceof PyFloat) return new PyFloat(value.n + 1.5);
  return 'x';
}

function mutated(node: VariableNode, leaf: Leaf): VariableNode {
  if (node.kind === 'list') return { ...node, items: node.items.map((item) => mutated(item, leaf)) };
  if (node.kind === 'map')
    return { ...node, entries: node.entries.map((entry) => ({ ...entry, value: mutated(entry.value, leaf) })) };
  return node.leaf === leaf ? { ...node, value: other(node.value) } : node;
}

/** Text outside the spans tagged with the leaf must stand, unchanged and in order, in the other output. */
function covered(rendered: Rendered, leaf: Leaf, changed: string): boolean {
  const kept: string[] = [''];
  for (const run of rendered.runs) {
    const tagged = run.data.includes(leaf) || run.control.some((control) => control.leaves.includes(leaf));
    if (tagged) kept.push('');
    else kept[kept.length - 1] += rendered.text.slice(run.start, run.end);
  }
  if (kept.length === 1) return changed === rendered.text;
  if (!changed.startsWith(kept[0] ?? '') || !changed.endsWith(kept.at(-1) ?? '')) return false;
  let at = (kept[0] ?? '').length;
  for (const piece of kept.slice(1, -1)) {
    const found = changed.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= changed.length - (kept.at(-1) ?? '').length;
}

function mutateAll(
  name: RepoPath,
  context: TaggedContext,
  environment: JinjaEnvironment,
  tally: Tally,
  label: string,
): void {
  const rendered = renderTemplate(name, context, environment, new DiagnosticList());
  if (rendered === undefined) return;
  tally.rendered += 1;
  for (const leaf of leaves(context)) {
    const entries = new Map([...context.entries].map(([key, node]) => [key, mutated(node, leaf)]));
    const result = renderPlain(name, { entries }, environment);
    tally.mutations += 1;
    if (result.kind === 'error' || result.text === rendered.text) continue;
    tally.changed += 1;
    if (!covered(rendered, leaf, result.text)) tally.missed.push(`${label}: ${leaf.path}`);
  }
}

function report(what: string, tally: Tally): void {
  console.log(`${what}: ${tally.mutations} mutations, ${tally.changed} changed outputs, ${tally.missed.length} misses`);
  expect(tally.changed).toBeGreaterThan(0);
  expect(tally.missed).toEqual([]);
}

test.each([
  { file: 'manif', rendered: 11 },
  { file: 'fuzz', rendered: 700 },
])('every changed character of the recorded cases of $file is tagged with the changed leaf', ({ file, rendered }) => {
  const lines = readFileSync(new URL(`../../vectors/jinja/${file}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const tally: Tally = { rendered: 0, mutations: 0, changed: 0, missed: [] };
  for (const line of lines) {
    const vector = JSON.parse(line) as Parameters<typeof environmentOf>[0] & { id: string };
    const source: SourceFile = { path: repoPath('vars.json'), text: JSON.stringify(plainJson(vector.context)) };
    const context = loadVariables([source], 'shallow', new DiagnosticList());
    mutateAll(repoPath('main'), context, environmentOf(vector), tally, vector.id);
  }
  expect(tally.rendered).toBeGreaterThanOrEqual(rendered);
  report(`recorded cases of ${file}`, tally);
});

/** `{"$d": pairs}` and `{"$f": float}` as plain JSON; the values only have to be of the same kind. */
function plainJson(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(plainJson);
  if (json === null || typeof json !== 'object') return json;
  const map = json as Record<string, unknown>;
  if ('$f' in map) return Number(map['$f']) + 0.5;
  const pairs = '$d' in map ? (map['$d'] as [string, unknown][]) : Object.entries(map);
  return Object.fromEntries(pairs.map(([key, value]) => [key, plainJson(value)]));
}

const samples = [
  {
    sample: 'daily-sales',
    variables: (env: string) => [`vars/${env}.yaml`],
    environments: ['dev', 'prd'],
    strict: false,
  },
  {
    sample: 'shop-batch',
    variables: (env: string) => ['vars/common.yaml', `vars/${env}.yaml`],
    environments: ['dev', 'prd'],
    strict: true,
  },
] as const;

test.each(samples)(
  'every changed character of the manifests of $sample is tagged with the changed leaf',
  ({ sample, variables, environments, strict }) => {
    const root = new URL(`../../../samples/${sample}/legacy/manifests/`, import.meta.url);
    const read = (path: string): SourceFile | undefined => {
      try {
        return { path: repoPath(path), text: readFileSync(new URL(path, root), 'utf8') };
      } catch {
        return undefined;
      }
    };
    const options = strict
      ? {
          ...jinjaPresets.library,
          trimBlocks: true,
          lstripBlocks: true,
          keepTrailingNewline: true,
          undefined: 'strict' as const,
        }
      : jinjaPresets.library;
    const environment: JinjaEnvironment = { options, load: read, searchPath: [''] };
    const tally: Tally = { rendered: 0, mutations: 0, changed: 0, missed: [] };
    for (const env of environments) {
      const files = variables(env)
        .map(read)
        .filter((file) => file !== undefined);
      const context = loadVariables(files, 'shallow', new DiagnosticList());
      for (const file of readdirSync(new URL('templates/', root)).sort())
        mutateAll(repoPath(`templates/${file}`), context, environment, tally, `${env} ${file}`);
    }
    expect(tally.rendered).toBeGreaterThan(environments.length);
    report(sample, tally);
  },
);

/** One template per filter, test and global of a tool or of the team; `{{ … }}` around each, with text between them. */
const called: readonly {
  readonly what: string;
  readonly jinja: Readonly<Record<string, unknown>>;
  readonly expressions: readonly string[];
}[] = [
  {
    what: 'ansible',
    jinja: { preset: 'ansible', env: { HOME: '/home/x' } },
    expressions: [
      'm|to_yaml',
      'm|to_nice_yaml(indent=2)',
      'm|to_json',
      'm|to_nice_json',
      's|b64encode',
      's|b64encode|b64decode',
      'm|combine({"z": s, "a": n}, recursive=True)',
      'f|ternary(s, n)',
      's|regex_replace("^x?(.)", "[\\\\1]")',
      's|regex_search("[a-z]+")',
      's|regex_findall("[a-z]")',
      's|bool',
      's|ansible.builtin.bool',
      's if s is ansible.builtin.match("x") else n',
      's|quote',
      's|hash("sha1")',
      's|md5',
      'm|dict2items',
      'm|dict2items|items2dict',
      'l|union([s, 9])',
      'l|difference([1])',
      'l|intersect([1, n])',
      'l|flatten',
      'l|zip([s, n])|list',
      's|basename ~ s|dirname',
      's|default("d")|mandatory',
      'js|from_json',
      'js|from_yaml',
    ],
  },
  {
    what: 'j2cli',
    jinja: { preset: 'j2cli', env: { HOME: '/home/x' } },
    expressions: ['"HOME"|env ~ s', 'env("HOME") ~ n', '(s if f else "HOME"|env)|upper', 'm|tojson ~ ("HOME"|env)'],
  },
  {
    what: "the team's own",
    jinja: {
      filters: {
        gi: 'n => `${n}Gi`',
        pick: '(map, key) => map[key]',
        sized: '(list, by = 1) => list.length * by',
        named: 'map => Object.keys(map).join("+")',
      },
      tests: { big: 'n => n > 3' },
      globals: { label: '(a, b) => a + "/" + b' },
    },
    expressions: [
      'n|gi',
      'm|pick("a")',
      'm|pick(key="b")',
      'l|sized',
      'l|sized(by=n)',
      'm|named',
      's if n is big else "small"',
      'label(s, n)',
      '[n, 9]|map("gi")|join(",")',
      '[n, 9]|select("big")|list',
    ],
  },
];

test.each(called)('what filters, tests and globals of $what give is tagged with what they were given', async (each) => {
  const { jinja } = configSchema.parse({ jinja: each.jinja });
  const library = await projectLibrary(jinja, { read: () => undefined, list: () => [] });
  const text = 's: abc\nn: 3\nf: true\nm: {a: 1, b: [x, 2]}\nl: [1, b, 3]\njs: \'{"a": [1, "b"]}\'\n';
  const context = loadVariables([{ path: repoPath('v.yaml'), text }], 'shallow', new DiagnosticList());
  const tally: Tally = { rendered: 0, mutations: 0, changed: 0, missed: [] };
  const absent: string[] = [];
  for (const expression of each.expressions) {
    const template = `a: <{{ ${expression} }}>\nb: {{ n }}|{{ s }}\n`;
    const environment: JinjaEnvironment = {
      options: jinjaPresets.library,
      load: (path) => ({ path, text: template }),
      searchPath: [''],
      library,
    };
    const before = tally.rendered;
    mutateAll(repoPath('main'), context, environment, tally, expression);
    if (tally.rendered === before) absent.push(expression);
  }
  expect(absent).toEqual([]);
  report(each.what, tally);
});
