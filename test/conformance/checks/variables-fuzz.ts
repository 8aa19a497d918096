import { join } from 'node:path';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { repoPath } from '../../../src/core/source.ts';
import { readPythonYaml } from '../../../src/yaml/py/read-yaml.ts';
import { type Check, tally } from '../check.ts';
import { typedNode } from '../jinja/typed-node.ts';
import { generateVariableFiles } from '../jinja/variable-files.ts';
import { runOrThrow } from '../run-program.ts';

const seed = 20240615;
const count = 5000;

/** What our reader refuses and PyYAML takes, by a word of the finding's arguments: stated limits, never another value. */
const refusals: readonly (readonly [code: string, word: string, reason: string])[] = [
  ['YAML_ALIAS_RECURSIVE', '', 'a mapping that merges itself'],
  ['YAML_SYNTAX', 'more-indented leading empty lines', 'a block that begins with lines of blanks deeper than its text'],
];

/** Generated variable files, read by PyYAML and by our reader: the same values, or an error in both. */
export const variablesFuzz: Check = {
  name: 'variables-fuzz',
  needs: ['python'],
  async run({ tools }) {
    const cases = tally();
    const files = generateVariableFiles(seed, count);
    const script = join(import.meta.dirname, '..', 'jinja', 'yaml_oracle.py');
    const input = files.map((text) => `${JSON.stringify(text)}\n`).join('');
    const { stdout } = await runOrThrow(await tools.program('python'), [script], { input });
    const answers = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly value?: unknown; readonly error?: string });
    if (answers.length !== files.length) cases.fail(`${answers.length} answers for ${files.length} files`);
    let valid = 0;
    let refused = 0;
    for (const [at, text] of files.entries()) {
      const answer = answers[at];
      if (answer === undefined) continue;
      const want = answer.error === undefined ? JSON.stringify(answer.value) : 'error';
      if (want !== 'error') valid += 1;
      const { got, limit } = read(text);
      if (got !== want && limit !== undefined) refused += 1;
      if (got === want || limit !== undefined) cases.pass();
      else cases.fail(`${JSON.stringify(text)}\npython: ${want}\nours:   ${got}`);
    }
    if (valid < count / 5) cases.fail(`only ${valid} of the files are valid: the generator explores errors only`);
    if (refused > count / 100) cases.fail(`${refused} files are refused although PyYAML reads them`);
    return cases.result(
      `${count} variable files with seed ${seed}, ${valid} of them valid, ${refused} refused as stated, PyYAML 6.0.3`,
    );
  },
};

function read(text: string): { readonly got: string; readonly limit?: string } {
  const sink = new DiagnosticList();
  const node = readPythonYaml({ path: repoPath('vars.yaml'), text }, sink);
  if (node !== undefined) return { got: JSON.stringify(node === null ? null : typedNode(node)) };
  const limit = refusals.find(([code, word]) =>
    sink.items.some((found) => found.code === code && JSON.stringify(found.args).includes(word)),
  );
  return { got: 'error', ...(limit === undefined ? {} : { limit: limit[2] }) };
}
