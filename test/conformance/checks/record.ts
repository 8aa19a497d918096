import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { type Check, tally } from '../check.ts';
import { runProgram } from '../run-program.ts';

const sample = 'shop-batch';

/** Plays the sample's legacy platform again, with real Jinja2 and real bash, and compares with the recorded effects. */
export const record: Check = {
  name: 'record',
  needs: ['python', 'bash'],
  async run({ root, tools }) {
    const cases = tally();
    const python = await tools.program('python');
    const platform = join(root, 'samples', sample);
    const out = join(platform, 'expected');
    const script = join(import.meta.dirname, '..', 'record', 'record.py');
    const recorded = existsSync(out) ? await recordings(out) : [];
    if (recorded.length === 0) cases.fail(`samples/${sample}/expected: nothing is recorded`);
    else {
      const { code, stdout, stderr } = await runProgram(
        python,
        [script, '--platform', platform, '--out', out, '--check'],
        {
          cwd: root,
          env: {
            PYTHONDONTWRITEBYTECODE: '1',
            // What the recorder starts in turn gets the same Python.
            PATH: [dirname(python.file), process.env['PATH'] ?? ''].join(delimiter),
          },
        },
      );
      const said = [stdout, stderr].join('\n').trim().replaceAll(root, '.');
      if (code === 0) for (const _ of recorded) cases.pass();
      else cases.fail(`samples/${sample}: recorded again, other effects (exit ${code})\n${said}`);
    }
    return cases.result(`${recorded.length} recordings of samples/${sample} under real Jinja2 and bash`);
  },
};

async function recordings(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => name.endsWith('.yaml'));
}
