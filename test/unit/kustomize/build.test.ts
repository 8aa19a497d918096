import { describe, expect, test } from 'vitest';
import { buildKustomization } from '../../../src/kustomize/build.ts';

const base = {
  'base/kustomization.yaml': 'namespace: batch\nresources: [workflow.yaml]\n',
  'base/workflow.yaml':
    'apiVersion: argoproj.io/v1alpha1\nkind: CronWorkflow\nmetadata: {name: job}\nspec:\n  schedules: ["0 7 * * *"]\n  workflowSpec: {arguments: {parameters: [{name: a, value: ""}, {name: b, value: ""}]}}\n',
};
const patchHead = 'apiVersion: argoproj.io/v1alpha1\nkind: CronWorkflow\nmetadata: {name: job}\n';

function build(files: Readonly<Record<string, string>>, folder = 'overlays/prd') {
  const all: Readonly<Record<string, string>> = { ...base, ...files };
  return buildKustomization(folder, (path) => (Object.hasOwn(all, path) ? all[path] : undefined));
}

const overlay = (more: string): string => `namespace: batch\nresources: [../../base]\n${more}`;

describe('what we emit', () => {
  test('params, suspend and guarded operations', () => {
    const result = build({
      'overlays/prd/kustomization.yaml': overlay(
        'patches:\n  - path: params.yaml\n  - path: suspend.yaml\n  - path: patch.yaml\n    target: {kind: CronWorkflow, name: job}\n',
      ),
      'overlays/prd/params.yaml': `${patchHead}spec: {workflowSpec: {arguments: {parameters: [{name: a, value: x}, {name: b, value: "1"}]}}}\n`,
      'overlays/prd/suspend.yaml': `${patchHead}spec: {suspend: true}\n`,
      'overlays/prd/patch.yaml':
        '- {op: test, path: /spec/schedules/0, value: "0 7 * * *"}\n- {op: replace, path: /spec/schedules/0, value: "0 8 * * *"}\n',
    });
    expect(result).toEqual({
      kind: 'built',
      warnings: [],
      objects: [
        {
          apiVersion: 'argoproj.io/v1alpha1',
          kind: 'CronWorkflow',
          metadata: { name: 'job', namespace: 'batch' },
          spec: {
            schedules: ['0 8 * * *'],
            suspend: true,
            workflowSpec: {
              arguments: {
                parameters: [
                  { name: 'a', value: 'x' },
                  { name: 'b', value: '1' },
                ],
              },
            },
          },
        },
      ],
    });
  });

  test.each<[string, Readonly<Record<string, string>>, string]>([
    [
      'a test that does not hold',
      {
        'overlays/prd/kustomization.yaml': overlay(
          "patches:\n  - target: {kind: CronWorkflow}\n    patch: '[{op: test, path: /spec/schedules/0, value: x}]'\n",
        ),
      },
      'testing value /spec/schedules/0 failed: test failed',
    ],
    [
      'a patch for another object',
      {
        'overlays/prd/kustomization.yaml': overlay('patches: [{path: p.yaml}]\n'),
        'overlays/prd/p.yaml': patchHead.replace('job', 'jib'),
      },
      'no resource matches strategic merge patch "CronWorkflow.v1alpha1.argoproj.io/jib."',
    ],
    [
      'a patch that is not there',
      { 'overlays/prd/kustomization.yaml': overlay('patches: [{path: p.yaml}]\n') },
      "evalsymlink failure on 'overlays/prd/p.yaml': no such file or directory",
    ],
    [
      'a folder in a circle',
      {
        'overlays/prd/kustomization.yaml': 'resources: [../../c]\n',
        'c/kustomization.yaml': 'resources: [../overlays/prd]\n',
      },
      'cycle detected: overlays/prd',
    ],
    [
      'a namespace that YAML 1.1 reads as a boolean',
      { 'overlays/prd/kustomization.yaml': 'namespace: n\nresources: [../../base]\n' },
      'invalid Kustomization: namespace is false, not a text',
    ],
    [
      'a key twice',
      {
        'overlays/prd/kustomization.yaml': overlay(''),
        'base/workflow.yaml': `${base['base/workflow.yaml']}spec: {}\n`,
      },
      'Map keys must be unique (line 7)',
    ],
    [
      'an alias of itself',
      { 'overlays/prd/kustomization.yaml': overlay(''), 'base/workflow.yaml': '&a\nkind: *a\n' },
      'an alias of nothing, or of what it stands in',
    ],
  ])('fails: %s', (_, files, error) => {
    expect(build(files)).toEqual({ kind: 'failed', error });
  });

  test.each<[string, string, string]>([
    ['a field that is not built', 'vars: []\n', 'the field vars of a kustomization'],
    ['something to be downloaded', 'resources: [https://example.test/x]\n', 'remote resources'],
  ])('refused: %s', (_, text, why) => {
    expect(build({ 'overlays/prd/kustomization.yaml': text })).toEqual({ kind: 'refused', why });
  });

  test('a namespace moves the service account that a binding names by default, and no other', () => {
    const files = {
      'x/kustomization.yaml': 'namespace: ns\nresources: [b.yaml]\n',
      'x/b.yaml':
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: b}\nsubjects: [{kind: ServiceAccount, name: default}, {kind: ServiceAccount, name: own, namespace: m}]\n',
    };
    expect(build(files, 'x')).toMatchObject({
      objects: [
        {
          metadata: { namespace: 'ns' },
          subjects: [
            { name: 'default', namespace: 'ns' },
            { name: 'own', namespace: 'm' },
          ],
        },
      ],
    });
  });
});
