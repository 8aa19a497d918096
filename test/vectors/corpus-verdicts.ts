import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DiagnosticList } from '../../src/core/diagnose.ts';
import { messageOf } from '../../src/core/messages.ts';
import { formatPosition, repoPath } from '../../src/core/source.ts';
import { compileWorkflow } from '../../src/dig/compile-workflow.ts';
import { loadDig } from '../../src/dig/load.ts';
import type { DigTask } from '../../src/dig/types.ts';

/** What Digdag's own loader says to one file of a public repository. */
interface Expected {
  /** `owner/name@commit` */
  readonly corpus: string;
  /** Folder of the project; empty for the top. */
  readonly project: string;
  readonly file: string;
  readonly accepted: boolean;
  readonly tasks?: number;
  readonly scheduled?: boolean;
}

interface Verdict {
  readonly text: string;
  readonly why: string;
}

const { values } = parseArgs({ options: { checkouts: { type: 'string' }, expect: { type: 'string' } } });
if (values.checkouts === undefined || values.expect === undefined) {
  console.error('usage: npm run corpus-verdicts -- --checkouts DIR --expect FILE.jsonl');
  process.exit(2);
}
process.exitCode = run(values.checkouts, values.expect);

function run(checkouts: string, expectFile: string): number {
  const lines = readFileSync(expectFile, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  let failed = 0;
  for (const line of lines) {
    const expected = JSON.parse(line) as Expected;
    const want = expected.accepted ? accepted(expected.tasks ?? 0, expected.scheduled ?? false) : 'rejected';
    const got = verdictOf(expected, checkouts);
    if (got.text === want) continue;
    failed += 1;
    console.log(
      `${expected.corpus} ${join(expected.project, expected.file)}\n  want ${want}\n  got  ${got.text}${got.why === '' ? '' : `: ${got.why}`}`,
    );
  }
  console.log(`${lines.length - failed} agree, ${failed} disagree`);
  return failed > 0 || lines.length === 0 ? 1 : 0;
}

/** The project folder is the file's own, so it is the top of all paths. */
function verdictOf(expected: Expected, checkouts: string): Verdict {
  const repository = expected.corpus.replace(/@.*$/, '').replace('/', '+');
  const folder = join(checkouts, repository, expected.project);
  const sink = new DiagnosticList();
  const loaded = loadDig(repoPath(expected.file), (path) => readText(join(folder, path)), sink);
  const workflow =
    loaded === undefined ? undefined : compileWorkflow(loaded, expected.file.replace(/\.dig$/, ''), sink);
  if (workflow !== undefined)
    return { text: accepted(countTasks(workflow.root), workflow.schedule !== undefined), why: '' };
  const [first] = sink.items;
  return {
    text: 'rejected',
    why:
      first === undefined
        ? 'without a reason'
        : `${first.span === undefined ? '' : `${formatPosition(first.span)} `}${messageOf(first)}`,
  };
}

function accepted(tasks: number, scheduled: boolean): string {
  return `accepted, ${tasks} tasks, ${scheduled ? 'scheduled' : 'not scheduled'}`;
}

function countTasks(task: DigTask): number {
  return task.children.reduce((sum, child) => sum + countTasks(child), 1);
}

function readText(path: string): string | undefined {
  try {
    return statSync(path).isFile() ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
