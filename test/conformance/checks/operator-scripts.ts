import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type Check, type Context, tally } from '../check.ts';
import { type EmittedScript, emittedScript } from '../operators/emitted-script.ts';
import { httpCases, mailCases, type OperatorCase, pythonCases, rubyCases } from '../operators/operator-cases.ts';
import { type Outcome, type Program, runProgram } from '../run-program.ts';

const projects: Readonly<Record<string, string>> = {
  'dig2argo.yaml': 'environments: [prd]\nworker: {image: "registry.example.test/worker:1"}\n',
};

/** The scripts that stand for `py>`, `rb>`, `http>` and `mail>`, as converted, run by the real interpreters. */
export const operatorScripts: Check = {
  name: 'operator-scripts',
  needs: ['python', 'ruby', 'bash'],
  async run({ tools }: Context) {
    const cases = tally();
    const groups: readonly (readonly [Program, readonly OperatorCase[]])[] = [
      [await tools.program('python'), pythonCases],
      [await tools.program('ruby'), rubyCases],
      [await tools.program('bash'), [...httpCases, ...mailCases]],
    ];
    for (const [program, group] of groups)
      for (const one of group) {
        const wrong = await differences(one, program);
        if (wrong === undefined) cases.pass();
        else cases.fail(`${one.name}: ${wrong}`);
      }
    return cases.result(groups.map(([{ file }, group]) => `${group.length} by ${file.split('/').at(-1)}`).join(', '));
  },
};

async function differences(one: OperatorCase, program: Program): Promise<string | undefined> {
  const files = Object.fromEntries(Object.entries(one.project).map(([name, text]) => [`digdag/prd/${name}`, text]));
  const script = await emittedScript({ ...projects, ...files }, one.run ?? {});
  const folder = await mkdtemp(join(tmpdir(), 'dig2argo-operator-'));
  try {
    const { outcome, stored, read } = await runScript(script, one, program, folder);
    const said = `exit ${outcome.code}\n${outcome.stderr.trim()}`;
    if (one.fails !== undefined)
      return outcome.code !== 0 && outcome.stderr.includes(one.fails) && stored === undefined
        ? undefined
        : `expected a failure that says ${one.fails}: ${said}`;
    if (outcome.code !== 0) return said;
    const got = stored === undefined ? undefined : JSON.parse(stored);
    if (!isDeepStrictEqual(got, one.stored)) return `stored ${stored}, expected ${JSON.stringify(one.stored)}`;
    return one.left === undefined ? undefined : one.left(await read('arguments'), await read('mail'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs it as a pod would: the project's files in the working directory, `/tmp` its own, `curl` replaced by one that only notes. */
async function runScript(
  script: EmittedScript,
  one: OperatorCase,
  program: Program,
  folder: string,
): Promise<{
  readonly outcome: Outcome;
  readonly stored: string | undefined;
  readonly read: (name: string) => Promise<string>;
}> {
  const [work, own, bin] = ['work', 'tmp', 'bin'].map((name) => join(folder, name));
  for (const path of [work, own, bin]) await mkdir(path ?? folder);
  for (const [name, text] of Object.entries(one.project)) {
    const path = join(folder, 'work', name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  await writeFile(join(folder, 'bin', 'curl'), CURL, { mode: 0o755 });
  if (one.answer !== undefined) await writeFile(join(folder, 'tmp', 'given'), one.answer);
  const source = join(folder, 'script');
  await writeFile(source, script.source.replaceAll('/tmp/', `${own}/`));
  const outcome = await runProgram(program, [source], {
    cwd: join(folder, 'work'),
    env: { ...script.env, FOLDER: join(folder, 'tmp'), PATH: `${bin}:${process.env['PATH']}`, LC_ALL: 'C' },
  });
  const read = (name: string): Promise<string> => readFile(join(folder, 'tmp', name), 'utf8');
  const stored = await read('digdag-store.json').catch(() => undefined);
  return { outcome, stored, read };
}

/** Notes its arguments; answers with the text given, or fails as curl does on a bad status. */
const CURL = `#!/bin/sh
for word in "$@"; do printf '%s\\n' "$word"; done > "$FOLDER/arguments"
case " $* " in *" -o "*) ;; *) exit 0 ;; esac
[ -e "$FOLDER/given" ] || { echo 'curl: (22) the status is 500' >&2; exit 22; }
cp "$FOLDER/given" "$FOLDER/answer"
`;
