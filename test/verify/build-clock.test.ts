import { expect, test } from 'vitest';
import { mapFiles } from '../../src/cli/output/map-files.ts';
import { DiagnosticList } from '../../src/core/diagnose.ts';
import { folderHost, memoryHost } from '../../src/pipeline/host.ts';
import { convert } from '../../src/pipeline/run.ts';
import { verifyOutput } from '../../src/pipeline/verify.ts';
import { packageRules, proofFrom } from '../generated.ts';

test('a template that prints the date is proved for sessions on whose day it is rendered', async () => {
  const legacy = folderHost('test/golden/templates/date-of-the-build/input');
  const { files } = await convert(legacy, { rules: packageRules() });
  const prove = async (change: (text: string) => string) => {
    const shown = [...files, ...mapFiles(files)].map(({ path, text }): [string, string] => [path, change(text)]);
    const out = memoryHost(Object.fromEntries(shown));
    const proof = await verifyOutput(legacy, out, { fromMs: proofFrom, times: 3 }, new DiagnosticList());
    return (proof?.jobs ?? [])
      .filter(({ job }) => job === 'job')
      .flatMap(({ rows }) => rows.map(({ verdict }) => verdict));
  };
  const assumption =
    'manifests/extract.yaml.j2, which prints the date of its rendering, was rendered when the session started';
  const verdicts = await prove((text) => text);
  expect(verdicts.length).toBeGreaterThan(4);
  expect(new Set(verdicts.map((verdict) => JSON.stringify(verdict)))).toEqual(
    new Set([JSON.stringify({ kind: 'proved-given', assumption })]),
  );
  const aDayOff = await prove((text) =>
    text.replace("AddDate(0, 0, -1).Format('20060102')", "AddDate(0, 0, -2).Format('20060102')"),
  );
  expect(new Set(aDayOff.map(({ kind }) => kind))).toEqual(new Set(['differs']));
});
