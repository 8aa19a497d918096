import { expect, test } from 'vitest';
import { repoPath } from '../../../src/core/source.ts';
import { lintManifests } from '../../../src/lint/lint-manifests.ts';

function lint(text: string) {
  const { diagnostics, linted } = lintManifests([{ path: repoPath('m.yaml'), text }], { defaultNamespace: 'default' });
  return { linted, found: diagnostics.map(({ code, span }) => [code, span?.start.line, span?.start.col]) };
}

const head =
  'apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: {generateName: w-}\nspec:\n  entrypoint: main\n';

// Forms of Argo's own examples (examples/ci.yaml, arguments-artifacts.yaml), which its linter passes.
test('a quoted text may go on at the indentation of its key; positions behind it stay', () => {
  const text = `${head}  templates:
  - name: main
    container:
      image: alpine
      command: [sh, -c]
      args: ["
        sleep 1;
        echo done
      "]
      wrong: x
`;
  expect(lint(text)).toEqual({ linted: 1, found: [['LINT_UNKNOWN_FIELD', 15, 7]] });
});

test('an artifact of the workflow is one of its entrypoint', () => {
  const text = (name: string): string => `${head}  arguments:
    artifacts: [{name: ${name}, http: {url: "https://example.test/a"}}]
  templates:
  - name: main
    inputs: {artifacts: [{name: a, path: /tmp/a}]}
    container: {image: alpine, command: [cat, /tmp/a]}
`;
  expect(lint(text('a'))).toEqual({ linted: 1, found: [] });
  expect(lint(text('b')).found.map(([code]) => code)).toContain('LINT_MISSING');
});
