import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { DiagnosticList } from '../../src/core/diagnose.ts';
import { memoryHost } from '../../src/pipeline/host.ts';
import { lintOutput } from '../../src/pipeline/lint.ts';
import { convert } from '../../src/pipeline/run.ts';
import { verifyOutput } from '../../src/pipeline/verify.ts';
import { packageRules, proofFrom } from '../generated.ts';

type Files = Readonly<Record<string, string>>;

const config = 'environments: [prd]\nworker: {image: "registry.example.test/worker:1"}\n';

/** The platform converted, with every verdict that verify gives. */
async function converted(files: Files, more = '') {
  const legacy = memoryHost({
    'dig2argo.yaml': `${config}${more}`,
    ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`digdag/prd/${path}`, text])),
  });
  const conversion = await convert(legacy, { rules: packageRules() });
  const out = memoryHost(Object.fromEntries(conversion.files.map(({ path, text }) => [path, text])));
  const errors = lintOutput(out).filter((finding) => finding.severity === 'error');
  expect(errors).toEqual([]);
  const proof = await verifyOutput(legacy, out, { fromMs: proofFrom, times: 1 }, new DiagnosticList());
  const verdicts = new Set((proof?.jobs ?? []).flatMap(({ rows }) => rows.map(({ verdict }) => verdict.kind)));
  return { out, verdicts: [...verdicts], names: (name: string) => templateNames(out.read(name)) };
}

function templateNames(text: string | undefined): readonly string[] {
  const { spec } = parse(text ?? 'spec: {templates: []}') as { spec: { templates: { name: string }[] } };
  return spec.templates.map(({ name }) => name);
}

const callee = `
+extract:
  sh>: extract \${table} \${session_date}
+load:
  sh>: load \${table}
`;

const calling = (table: string, more = ''): string => `
_export: {table: ${table}}
+do:
  call>: lib/import
${more}`;

describe('a file that several workflows call', () => {
  test('is one WorkflowTemplate', async () => {
    const { out, names, verdicts } = await converted({
      'lib/import.dig': callee,
      'a.dig': calling('orders'),
      'b.dig': calling('items', '  _retry: 2\n'),
    });
    expect(names('templates/import.yaml')).toEqual(['tasks', 'extract', 'load']);
    expect(names('workflows/a/base/workflow.yaml')).toEqual(['main', 'tasks']);
    expect(names('workflows/b/base/workflow.yaml')).toEqual(['main', 'tasks', 'do-retried']);
    expect(out.read('workflows/a/base/workflow.yaml')).toContain('templateRef: {name: import, template: tasks}');
    expect(out.read('environments/prd/kustomization.yaml')).toContain('- templates-default');
    expect(verdicts).toEqual(['proved-given']);
  });

  test('stays in the one workflow that calls it, however often', async () => {
    const { names } = await converted({
      'lib/import.dig': callee,
      'a.dig': `${calling('orders')}+again:\n  call>: lib/import\n`,
    });
    expect(names('templates/import.yaml')).toEqual([]);
  });

  test('stays in its callers where a person said so', async () => {
    const { names } = await converted(
      { 'lib/import.dig': callee, 'a.dig': calling('orders'), 'b.dig': calling('items') },
      'dedup: {reject: [import]}\n',
    );
    expect(names('templates/import.yaml')).toEqual([]);
  });

  test('is shared by those whose templates are equal: a loop hands another input down', async () => {
    const loop = `
+each:
  for_each>: {table: [x, z]}
  _parallel: true
  _do:
    call>: lib/import
`;
    const { names, verdicts } = await converted({
      'lib/import.dig': callee,
      'a.dig': calling('orders'),
      'b.dig': calling('items'),
      'c.dig': loop,
      'd.dig': loop,
    });
    expect(names('templates/import.yaml')).toEqual(['tasks', 'extract', 'load']);
    expect(names('templates/import-2.yaml')).toEqual(['tasks', 'extract', 'load']);
    expect(verdicts).toEqual(['proved-given']);
  });

  test('calls another one that is shared too', async () => {
    const { out, names, verdicts } = await converted({
      'lib/import.dig': `${callee}+tell:\n  call>: tell\n`,
      'lib/tell.dig': '+say:\n  sh>: say ${table}\n',
      'a.dig': calling('orders'),
      'b.dig': calling('items'),
      'c.dig': '_export: {table: none}\n+tell:\n  call>: lib/tell\n',
    });
    expect(names('templates/tell.yaml')).toEqual(['tasks']);
    expect(names('templates/import.yaml')).toEqual(['tasks', 'extract', 'load']);
    expect(out.read('templates/import.yaml')).toContain('templateRef: {name: tell, template: tasks}');
    expect(verdicts).toEqual(['proved-given']);
  });

  test('and is a workflow itself has another name than that workflow', async () => {
    const { names, verdicts } = await converted({
      'import.dig': `_export: {table: all}\n${callee}`,
      'a.dig': '+do:\n  call>: import\n',
      'b.dig': '+do:\n  call>: import\n',
    });
    expect(names('workflows/import/base/workflow.yaml')).toEqual(['main', 'tasks', 'extract', 'load']);
    expect(names('templates/import-called.yaml')).toEqual(['tasks', 'extract', 'load']);
    expect(verdicts).toEqual(['proved-given']);
  });

  test('stays in its callers where it does something else in each', async () => {
    const { names } = await converted({
      'lib/import.dig':
        '+go:\n  if>: ${deep}\n  _do:\n    +a:\n      sh>: a\n    +b:\n      sh>: b\n  _else_do:\n    sh>: c\n+end:\n  sh>: end\n',
      'a.dig': '_export: {deep: true}\n+do:\n  call>: lib/import\n',
      'b.dig': '_export: {deep: false}\n+do:\n  call>: lib/import\n',
    });
    expect(names('templates/import.yaml')).toEqual([]);
  });
});
