import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Command } from 'commander';
import type { Outcome, Vector, VectorAdapter } from './adapter.ts';

/** Inputs of this file are public repositories; `npm run corpus-verdicts` checks it. */
const ELSEWHERE = 'corpus-verdicts.jsonl';
const here = dirname(fileURLToPath(import.meta.url));

interface Selection {
  readonly dir: string;
  readonly tool?: string;
  readonly file?: string;
  readonly id?: string;
}

interface Failure {
  readonly place: string;
  readonly want: string;
  readonly got: string;
}

interface Tally {
  passed: number;
  skipped: number;
  readonly failures: Failure[];
}

const program = new Command('vectors')
  .option('--dir <folder>', 'folder that holds <tool>/<file>.jsonl', here)
  .option('--tool <tool>', 'only this tool')
  .option('--file <file>', 'only this file, with or without .jsonl')
  .option('--id <id>', 'only this case');

async function main(selection: Selection): Promise<number> {
  const files = vectorFiles(selection);
  const total: Tally = { passed: 0, skipped: 0, failures: [] };
  for (const name of files) {
    const tally = await runFile(selection, name);
    if (tally.passed + tally.skipped + tally.failures.length === 0) continue;
    console.log(`${name}: ${tally.passed} passed, ${tally.failures.length} failed, ${tally.skipped} skipped`);
    total.passed += tally.passed;
    total.skipped += tally.skipped;
    total.failures.push(...tally.failures);
  }
  for (const failure of total.failures)
    console.log(`\nFAILED ${failure.place}\n  want ${failure.want}\n  got  ${failure.got}`);
  if (total.failures.length > 0) console.log();
  console.log(`${total.passed} passed, ${total.failures.length} failed, ${total.skipped} skipped`);
  const looked = total.passed + total.skipped + total.failures.length;
  if (looked === 0) console.error('no case matched');
  return total.failures.length > 0 || looked === 0 ? 1 : 0;
}

/** `<tool>/<file>` without the ending, sorted. */
function vectorFiles(selection: Selection): readonly string[] {
  const root = resolve(selection.dir);
  const tools = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const wanted = selection.file?.replace(/\.jsonl$/, '');
  return tools
    .filter((tool) => selection.tool === undefined || tool.name === selection.tool)
    .flatMap((tool) =>
      readdirSync(join(root, tool.name))
        .filter((file) => file.endsWith('.jsonl') && file !== ELSEWHERE)
        .map((file) => file.slice(0, -'.jsonl'.length))
        .filter((file) => wanted === undefined || file === wanted || `${tool.name}/${file}` === wanted)
        .map((file) => `${tool.name}/${file}`),
    )
    .sort();
}

async function runFile(selection: Selection, name: string): Promise<Tally> {
  const tally: Tally = { passed: 0, skipped: 0, failures: [] };
  const adapter = await adapterOf(name);
  const skips = skipList()[name] ?? {};
  for (const vector of readVectors(join(resolve(selection.dir), `${name}.jsonl`))) {
    const id = String(vector['id']);
    if (selection.id !== undefined && id !== selection.id) continue;
    if (Object.hasOwn(skips, id)) {
      tally.skipped += 1;
      continue;
    }
    const outcome = adapter === undefined ? NO_ADAPTER : await checkOne(adapter, vector);
    if (outcome.kind === 'passed') tally.passed += 1;
    else if (outcome.kind === 'skipped' && name === 'argo/eval') tally.skipped += 1;
    else
      tally.failures.push({
        place: `${name} ${id}`,
        ...(outcome.kind === 'failed' ? outcome : { want: 'an answer', got: `skipped: ${outcome.reason}` }),
      });
  }
  return tally;
}

const NO_ADAPTER: Outcome = { kind: 'failed', want: 'an adapter', got: 'no adapter' };

async function adapterOf(name: string): Promise<VectorAdapter | undefined> {
  const path = join(here, 'adapters', `${name.replace('/', '-')}.ts`);
  if (!existsSync(path)) return undefined;
  const module = (await import(pathToFileURL(path).href)) as { readonly adapter: VectorAdapter };
  return module.adapter;
}

async function checkOne(adapter: VectorAdapter, vector: Vector): Promise<Outcome> {
  try {
    return await adapter.check(vector);
  } catch (error) {
    return {
      kind: 'failed',
      want: 'an answer',
      got: `thrown: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    };
  }
}

function readVectors(path: string): readonly Vector[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Vector);
}

function skipList(): Readonly<Record<string, Readonly<Record<string, string>>>> {
  return JSON.parse(readFileSync(join(here, 'skip.json'), 'utf8')) as Readonly<
    Record<string, Readonly<Record<string, string>>>
  >;
}

process.exitCode = await main(program.parse().opts<Selection>());
