import { expect, test } from 'vitest';
import { emptyConfig } from '../../../src/config/schema.ts';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { repoPath } from '../../../src/core/source.ts';
import { entryOf, staticText } from '../../../src/ir/read-value.ts';
import { findManifest } from '../../../src/launchers/manifest/reference.ts';
import { memoryHost } from '../../../src/pipeline/host.ts';
import { ManifestRenderer } from '../../../src/pipeline/manifests.ts';

test('values that the configuration gives win over the variable files, and are filled per environment', () => {
  const host = memoryHost({
    'job.yaml.j2': 'kind: Job\nmetadata: {name: "{{ env }}-{{ size }}-{{ color }}"}\n',
    'v.yaml': 'size: 1\ncolor: red\n',
    'dig2argo.yaml': '',
  });
  const reference = findManifest(
    [
      {
        from: 'gs://{env}/{job}.yaml',
        template: '{job}.yaml.j2',
        variables: ['v.yaml'],
        values: { env: '{env}', size: 2 },
      },
    ],
    'gs://prd/job.yaml',
    'dev',
  );
  const documents = new ManifestRenderer(host, emptyConfig).render(
    {
      template: repoPath(reference?.template ?? ''),
      variables: [repoPath('v.yaml')],
      environment: 'prd',
      given: reference?.values ?? {},
    },
    new DiagnosticList(),
  );
  expect(staticText(entryOf(documents?.[0], 'metadata', 'name'))).toBe('prd-2-red');
});

test('every job that starts a manifest hears what is wrong with it, though it is rendered once', () => {
  const host = memoryHost({
    'job.yaml.j2': 'kind: Job\nname: {{ nmae | upper }}\nx: {{ y | f }}\n',
    'v.yaml': 'y: 1\ny: 2\n',
  });
  const renderer = new ManifestRenderer(host, emptyConfig);
  const request = { template: repoPath('job.yaml.j2'), variables: [repoPath('v.yaml')], environment: 'prd' };
  const heard = [new DiagnosticList(), new DiagnosticList()].map((sink) => {
    expect(renderer.render(request, sink)).toBeUndefined();
    return sink.sorted().map(({ code, span }) => `${code} ${span?.file}:${span?.start.line}`);
  });
  expect(heard[0]).toContain('JINJA_NAME_UNKNOWN job.yaml.j2:3');
  expect(heard[1]).toEqual(heard[0]);
});
