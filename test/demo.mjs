// `npm run demo`: converts the sample platform into a fresh folder and says where to look.
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = join(mkdtempSync(join(tmpdir(), 'dig2argo-demo-')), 'out');

console.log(`$ dig2argo convert samples/shop-batch/legacy ${out}\n`);
const { status } = spawnSync(
  process.execPath,
  [join(root, 'dist/cli/main.js'), 'convert', 'samples/shop-batch/legacy', out],
  { cwd: root, stdio: 'inherit' },
);
// 1 means findings, which a real platform has; anything above means that nothing was converted.
process.exitCode = status === 0 || status === 1 ? 0 : (status ?? 1);
