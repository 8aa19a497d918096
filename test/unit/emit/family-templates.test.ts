import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { folderHost } from '../../../src/pipeline/host.ts';
import { convert } from '../../../src/pipeline/run.ts';
import { packageRules } from '../../generated.ts';

test('what a family refers to is emitted where only the family does', async () => {
  const input = 'test/golden/dedup/whole-workflows/input';
  expect(readFileSync(`${input}/digdag/prd/store_osaka.dig`, 'utf8')).toContain('slack.sh');
  const { files } = await convert(folderHost(input), { rules: packageRules(), dedup: true });
  const paths = files.map((file) => file.path);
  expect(paths).toContain('templates/store.yaml');
  expect(paths).toContain('templates/slack-notify.yaml');
  expect(files.find((file) => file.path === 'templates/store.yaml')?.text).toContain('name: slack-notify');
});
