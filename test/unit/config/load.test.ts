import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../../src/config/load.ts';
import { emptyConfig } from '../../../src/config/schema.ts';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { formatPosition, repoPath } from '../../../src/core/source.ts';

function load(text: string): { readonly config: ReturnType<typeof loadConfig>; readonly found: readonly string[] } {
  const sink = new DiagnosticList();
  const config = loadConfig({ path: repoPath('dig2argo.yaml'), text }, sink);
  return {
    config,
    found: sink.items.map((each) => `${each.code} ${each.span === undefined ? '' : formatPosition(each.span)}`),
  };
}

describe('a configuration', () => {
  test.each(['', '  \n', '# nothing\n', '{}'])('%j holds the defaults', (text) => {
    expect(load(text)).toEqual({ config: emptyConfig, found: [] });
  });

  test('that is absent holds the defaults', () => {
    expect(loadConfig(undefined, new DiagnosticList())).toEqual(emptyConfig);
  });

  test('is read', () => {
    const { config, found } = load(
      'environments: [dev, prd]\nworker:\n  env:\n    TOKEN: {secret: s, key: k}\njobs: {sales: {manual: true}}\n',
    );
    expect(found).toEqual([]);
    expect(config).toMatchObject({
      environments: ['dev', 'prd'],
      worker: { env: { TOKEN: { secret: 's', key: 'k' } } },
      jobs: { sales: { manual: true } },
    });
  });
});

describe('a broken configuration', () => {
  test.each([
    ['environments: [dev\n', ['CONFIG_SYNTAX dig2argo.yaml:2:1']],
    ['reference: prd\nenviroments: [dev]\n', ['CONFIG_INVALID dig2argo.yaml:2:1']],
    ['worker:\n  imagee: x\n', ['CONFIG_INVALID dig2argo.yaml:2:3']],
    ['reference: [prd]\n', ['CONFIG_INVALID dig2argo.yaml:1:1']],
    ['manifests:\n  - template: x\n', ['CONFIG_INVALID dig2argo.yaml:2:5']],
    ['manifests:\n  - from: x\n    tmplate: y\n', ['CONFIG_INVALID dig2argo.yaml:3:5']],
    ['environments: [dev, 7]\n', ['CONFIG_INVALID dig2argo.yaml:1:1']],
    ['- a\n', ['CONFIG_INVALID dig2argo.yaml:1:1']],
    ['reference: a\nreference: b\n', ['CONFIG_SYNTAX dig2argo.yaml:2:1']],
  ])('%j is refused with its place', (text, want) => {
    const { config, found } = load(text);
    expect(config).toBeUndefined();
    expect(found).toEqual(want);
  });
});
