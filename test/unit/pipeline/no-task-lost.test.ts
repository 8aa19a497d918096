import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { Json } from '../../helpers/plain.ts';
import { convertDig, convertTree, plainConfig, type Templates } from './convert-tree.ts';

/** A task of a generated workflow; `mark` stands where a plain command goes, and gets a number of its own. */
type Node = { readonly [key: string]: unknown };

const session = "${moment(session_time).format('E') == '1'}";

const retry = fc.constantFrom({}, {}, { _retry: 1 });
const parallel = fc.constantFrom({}, {}, { _parallel: true }, { _parallel: { limit: 2 } });

const node = fc.letrec<{ node: Node; group: Node; leaf: Node; error: Node }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 3, arbitrary: tie('leaf') },
    tie('group'),
    loop(tie('node')),
    branch(tie('node')),
    call(tie('error')),
  ),
  leaf: fc
    .tuple(retry, handlers(fc.constant({ 'sh>': 'mark' })))
    .map(([again, handled]) => ({ 'sh>': 'mark', ...again, ...handled })),
  group: fc
    .tuple(fc.array(tie('node'), { minLength: 1, maxLength: 4 }), parallel, retry, tie('error'))
    .map(([children, order, again, error]) => ({ ...order, ...again, ...error, ...tasks(children) })),
  error: fc.option(tie('leaf'), { freq: 3 }).map((leaf) => (leaf === null ? {} : { _error: leaf })),
})).node;

function tasks(children: readonly Node[]): Node {
  return Object.fromEntries(children.map((child, index) => [`+t${index}`, child]));
}

function handlers(leaf: fc.Arbitrary<Node>): fc.Arbitrary<Node> {
  return fc
    .tuple(fc.boolean(), fc.boolean(), leaf)
    .map(([error, check, body]) => ({ ...(error ? { _error: body } : {}), ...(check ? { _check: body } : {}) }));
}

/** Every loop below has this many items. */
const ITEMS = 2;

function loop(body: fc.Arbitrary<Node>): fc.Arbitrary<Node> {
  const list = fc.constantFrom(
    { 'for_each>': { v: ['a', 'b'] } },
    { 'loop>': 2 },
    { 'for_each>': { v: ['a"', 'b'], w: [1] } },
    { 'for_range>': { from: 0, to: 3, step: 2 } },
  );
  return fc
    .tuple(list, parallel, retry, body)
    .map(([items, order, again, inner]) => ({ ...items, ...order, ...again, _do: inner }));
}

function branch(body: fc.Arbitrary<Node>): fc.Arbitrary<Node> {
  return fc.tuple(body, fc.option(body), retry).map(([then, otherwise, again]) => ({
    'if>': session,
    ...again,
    _do: then,
    ...(otherwise === null ? {} : { _else_do: otherwise }),
  }));
}

/** A called file is the same for all its callers: its command counts for itself, in `digdag/prd/sub/called.dig`. */
function call(error: fc.Arbitrary<Node>): fc.Arbitrary<Node> {
  return fc.tuple(error, retry).map(([handled, again]) => ({ 'call>': 'sub/called', ...again, ...handled }));
}

const called = { 'digdag/prd/sub/called.dig': '+a:\n  sh>: mark called-a\n+b:\n  sh>: mark called-b\n' };

/** The workflow with its commands numbered, and how often each runs when nothing fails or all that can run does. */
interface Numbered {
  readonly dig: string;
  readonly runs: ReadonlyMap<string, number>;
}

function numbered(root: Node): Numbered {
  const runs = new Map<string, number>();
  const walk = (value: unknown, times: number): unknown => {
    if (value === 'sub/called')
      for (const mark of ['mark called-a', 'mark called-b']) runs.set(mark, (runs.get(mark) ?? 0) + times);
    if (value === 'mark') {
      const mark = `mark number-${runs.size};`;
      runs.set(mark, times);
      return mark;
    }
    if (Array.isArray(value)) return value.map((item) => walk(item, times));
    if (typeof value !== 'object' || value === null) return value;
    const inside = 'loop>' in value || 'for_each>' in value || 'for_range>' in value ? times * ITEMS : times;
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => [key, walk(entry, key === '_do' ? inside : times)]),
    );
  };
  // Aliases of one object must become tasks of their own.
  return { dig: stringify(walk(root, 1), { aliasDuplicateObjects: false }), runs };
}

const workflow = fc
  .tuple(fc.array(node, { minLength: 1, maxLength: 4 }), parallel, fc.boolean())
  .map(([children, order, error]) =>
    numbered({ ...order, ...tasks(children), ...(error ? { _error: { 'sh>': 'mark' } } : {}) }),
  );

/** Scripts that `main` and the exit handler run, hooks and both branches of every condition included, and how often. */
function reached(templates: Templates): ReadonlyMap<string, number> {
  const runs = new Map<string, number>();
  const visit = (name: string, times: number): void => {
    const { script, steps } = templates[name] ?? {};
    if (script !== undefined) {
      const { source } = script as { readonly source: string };
      runs.set(source, (runs.get(source) ?? 0) + times);
    }
    for (const step of ((steps ?? []) as { readonly [key: string]: Json }[][]).flat()) {
      const items = Array.isArray(step['withItems']) ? step['withItems'].length : 1;
      visit(String(step['template']), times * items);
      const hooks = step['hooks'] as { readonly exit: { readonly template: string } } | undefined;
      if (hooks !== undefined) visit(hooks.exit.template, times);
    }
  };
  visit('main', 1);
  if (templates['exit-handler'] !== undefined) visit('exit-handler', 1);
  return runs;
}

const byName = (runs: ReadonlyMap<string, number>): readonly (readonly [string, number])[] =>
  [...runs].sort(([a], [b]) => (a < b ? -1 : 1));

test('each command runs as often as its loops say, and each template is sound', async () => {
  let commands = 0;
  await fc.assert(
    fc.asyncProperty(workflow, async ({ dig, runs }) => {
      const { templates, findings } = await convertDig(dig, called);
      expect(findings).toEqual([]);
      expect(byName(reached(templates))).toEqual(byName(runs));
      for (const name of Object.keys(templates)) expect(templateTypes(templates[name] ?? {})).toBe(1);
      expect(danglingTemplates(templates)).toEqual([]);
      expect(uselessInputs(templates)).toEqual([]);
      expect(misplacedHooks(templates)).toEqual([]);
      commands += runs.size;
    }),
    { numRuns: 120, seed: 12 },
  );
  expect(commands).toBeGreaterThan(400);
});

function templateTypes(template: { readonly [field: string]: Json }): number {
  return ['steps', 'script', 'container'].filter((kind) => template[kind] !== undefined).length;
}

function danglingTemplates(templates: Templates): readonly string[] {
  return [...JSON.stringify(templates).matchAll(/"template":"([^"]+)"/g)].flatMap((match) =>
    templates[match[1] ?? ''] === undefined ? [match[1] ?? ''] : [],
  );
}

/** Steps whose arguments are not the inputs of the template they call, and tags of inputs that a template does not have. */
function uselessInputs(templates: Templates): readonly string[] {
  const inputs = (name: string): readonly string[] =>
    ((templates[name]?.['inputs'] as { parameters: { name: string }[] } | undefined)?.parameters ?? []).map(
      (each) => each.name,
    );
  return Object.entries(templates).flatMap(([name, body]) => {
    const unknown = [...JSON.stringify(body).matchAll(/inputs\.parameters\.([\w-]+)/g)]
      .map((match) => match[1] ?? '')
      .filter((each) => !inputs(name).includes(each));
    const calls = callsOf(body)
      .filter(([target, args]) => [...args].sort().join() !== [...inputs(target)].sort().join())
      .map(([target]) => `${name} calls ${target}`);
    return [...unknown, ...calls];
  });
}

/** A step with items has no status that its hook could read. */
function misplacedHooks(templates: Templates): readonly string[] {
  return Object.entries(templates).flatMap(([name, body]) => {
    const steps = ((body['steps'] ?? []) as { [key: string]: Json }[][]).flat();
    return steps
      .filter((step) => step['withItems'] !== undefined && step['hooks'] !== undefined)
      .map((step) => `${name}/${String(step['name'])}`);
  });
}

function callsOf(value: Json): readonly (readonly [string, readonly string[]])[] {
  if (Array.isArray(value)) return value.flatMap(callsOf);
  if (typeof value !== 'object' || value === null) return [];
  const args =
    (value['arguments'] as { parameters: { name: string }[] } | undefined)?.parameters.map((each) => each.name) ?? [];
  const own = typeof value['template'] === 'string' ? [[value['template'], args] as const] : [];
  return [...own, ...Object.values(value).flatMap(callsOf)];
}

test('converting twice gives equal bytes, and the order of the files decides nothing', async () => {
  await fc.assert(
    fc.asyncProperty(workflow, workflow, async (one, other) => {
      const tree = {
        'dig2argo.yaml': plainConfig,
        'digdag/dev/job.dig': one.dig,
        'digdag/prd/job.dig': other.dig,
        'digdag/prd/more.dig': one.dig,
        ...called,
        'digdag/dev/sub/called.dig': called['digdag/prd/sub/called.dig'],
      };
      const first = await convertTree(tree);
      const again = await convertTree(tree);
      const shuffled = await convertTree(Object.fromEntries(Object.entries(tree).reverse()));
      expect(Object.keys(first.files).length).toBeGreaterThan(4);
      expect(again.files).toEqual(first.files);
      expect(shuffled.files).toEqual(first.files);
      expect(shuffled.diagnostics).toEqual(first.diagnostics);
    }),
    { numRuns: 15, seed: 13 },
  );
});
