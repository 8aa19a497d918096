import { describe, expect, test } from 'vitest';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { repoPath } from '../../../src/core/source.ts';
import { renderBeside } from '../../../src/jinja/render-beside.ts';
import { loadVariables } from '../../../src/jinja/variables.ts';
import { environmentFor, findings } from './project.ts';

function beside(template: string, file: string, variables = 'env: prd\ngb: 4\n') {
  const sink = new DiagnosticList();
  const context = loadVariables([{ path: repoPath('vars.yaml'), text: variables }], 'shallow', sink);
  const environment = environmentFor({ main: template }, { keepTrailingNewline: true });
  const rendered = renderBeside(
    repoPath('main'),
    context,
    environment,
    { path: repoPath('build/main.yaml'), text: file },
    sink,
  );
  return {
    text: rendered.text,
    runs: rendered.runs.map((run) => [
      rendered.text.slice(run.start, run.end),
      run.span.file,
      run.data.map((leaf) => leaf.path).join(),
    ]),
    sink,
  };
}

const template = 'env: {{ env }}\nkeep: 1\nmemory: {{ gb }}Gi\n';

describe('a template with its rendered file beside it', () => {
  test('equal: all provenance is the template’s', () => {
    const { runs, sink } = beside(template, 'env: prd\nkeep: 1\nmemory: 4Gi\n');
    expect(sink.items).toEqual([]);
    expect(runs).toContainEqual(['prd', 'main', 'env']);
    expect(runs).toContainEqual(['4', 'main', 'gb']);
  });

  test('a line differs: the file’s is used and both are said', () => {
    const { text, runs, sink } = beside(template, 'env: prd\nkeep: 2\nmemory: 4Gi\n');
    expect(text).toBe('env: prd\nkeep: 2\nmemory: 4Gi\n');
    expect(findings(sink)).toEqual(['JINJA_RENDERED_DIFFERS build/main.yaml:2:1']);
    expect(sink.items[0]?.args).toMatchObject({ ours: 'keep: 1', theirs: 'keep: 2', lines: 1 });
    expect(runs).toContainEqual(['keep: 2\n', 'build/main.yaml', '']);
    expect(runs).toContainEqual(['4', 'main', 'gb']);
  });

  test('lines that only one of them has', () => {
    const { runs, sink } = beside(template, 'env: prd\nadded: 1\nkeep: 1\n');
    expect(sink.items[0]?.args).toMatchObject({ lines: 2 });
    expect(runs).toContainEqual(['prd', 'main', 'env']);
    expect(runs).toContainEqual(['added: 1\n', 'build/main.yaml', '']);
  });

  test('a filter nobody described: only the lines that need it come from the file', () => {
    const { text, runs, sink } = beside('env: {{ env }}\nmemory: {{ gb|as_memory }}\n', 'env: prd\nmemory: 4096Mi\n');
    expect(text).toBe('env: prd\nmemory: 4096Mi\n');
    expect(findings(sink)).toEqual(['JINJA_RENDERED_USED main:2:15']);
    expect(runs).toContainEqual(['prd', 'main', 'env']);
    expect(runs).toContainEqual(['memory: 4096Mi\n', 'build/main.yaml', '']);
  });

  test('a template that does not render: the file alone', () => {
    const { text, runs, sink } = beside('env: {{ nope.x }}\n', 'env: prd\n');
    expect(text).toBe('env: prd\n');
    expect(findings(sink)).toEqual(['JINJA_RENDERED_USED main:1:9']);
    expect(runs).toEqual([['env: prd\n', 'build/main.yaml', '']]);
  });
});
