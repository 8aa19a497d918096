import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { ask, type LintAnswer, lintManifests } from '../argo-oracle.ts';
import { differences } from '../argo-vector-differences.ts';
import { type Check, type Context, tally } from '../check.ts';
import type { Program } from '../run-program.ts';
import { readVectors, type Vector } from '../vector-files.ts';

const verdict = z.object({ ok: z.boolean(), errors: z.array(z.string()), linted: z.boolean().default(true) });
type Verdict = z.infer<typeof verdict>;

const lintVector = z.object({
  id: z.string(),
  manifest: z.string(),
  namespace: z.string(),
  expect: z.object({ 'v4.0.7': verdict, 'v3.7.17': verdict }),
  /** Recorded with 4.1.2. */
  deep: z.array(z.string()).default([]),
});
type LintVector = z.infer<typeof lintVector>;

/** Tells whether two answers are the same. */
type Compare = (id: string, recorded: unknown, got: unknown) => void;

/** Replays the recorded cases: the real packages still answer what the files say. */
export const argoVectors: Check = {
  name: 'argo-vectors',
  needs: ['argo 4.0.7', 'argo 3.7.17'],
  async run(context) {
    const cases = tally();
    const known = new Set<string>();
    const compare: Compare = (id, recorded, got) => {
      const difference = differences.get(id);
      if (difference) known.add(id);
      const want = difference ? difference.want(recorded) : recorded;
      if (isDeepStrictEqual(want, got)) cases.pass();
      else cases.fail(`${id}\nwant ${JSON.stringify(want)}\ngot  ${JSON.stringify(got)}`);
    };
    const argo4 = await context.tools.program('argo 4.0.7');
    const argo37 = await context.tools.program('argo 3.7.17');
    for (const command of ['eval', 'when', 'cron', 'tmpl']) {
      for (const [{ id, expect, expect407 }, got] of await answers(context, argo4, command)) {
        compare(id, expect407 ?? expect, got);
      }
    }
    const lint = (await readVectors(context, 'argo/lint')).map((entry) => lintVector.parse(entry));
    compareLint(lint, 'v4.0.7', await lintManifests(argo4, lint), compare);
    compareLint(lint, 'v3.7.17', await lintManifests(argo37, lint), compare);
    return cases.result(
      `eval, when, cron, tmpl by 4.0.7, lint by 4.0.7 and 3.7.17; ${known.size} of them known recording errors`,
    );
  },
};

async function answers(
  context: Context,
  oracle: Program,
  command: string,
): Promise<readonly (readonly [Vector, unknown])[]> {
  const vectors = await readVectors(context, `argo/${command}`);
  const got = await ask(
    oracle,
    [command],
    vectors.map((entry) => ({ ...entry, name: `w-${entry.id}` })),
  );
  return vectors.map((entry, i) => [entry, command === 'cron' ? withoutNoFires(got[i]) : got[i]]);
}

/** The recorded cron answers have no `fires` beside an error. */
function withoutNoFires(answer: unknown): unknown {
  const { fires, ...rest } = z.looseObject({ fires: z.array(z.unknown()).nullable() }).parse(answer);
  return fires === null ? rest : { fires, ...rest };
}

function compareLint(
  vectors: readonly LintVector[],
  version: 'v4.0.7' | 'v3.7.17',
  got: readonly LintAnswer[],
  compare: Compare,
): void {
  for (const [i, { id, expect, deep }] of vectors.entries()) {
    const answer = got[i]!;
    compare(id, stable(expect[version]), stable(answer));
    const lost = lostBy(answer);
    const refused = refusedAsUnknown(expect[version]);
    if (version === 'v4.0.7') compare(`${id} lost`, [...new Set([...deep, ...refused])].sort(), lost);
    else
      compare(
        `${id} refused but not found lost`,
        [],
        refused.filter((line) => !lost.includes(line)),
      );
  }
}

/** 3.7 numbers its placeholders through the life of the process. */
function stable({ ok, errors, linted }: Verdict): Verdict {
  return { ok, linted, errors: errors.map((error) => error.replace(/(__placeholder-)\d+/, '$1N')) };
}

function lostBy({ deep }: LintAnswer): readonly string[] {
  return deep
    .map(({ kind, path, document, reason }) => `[deep] ${kind || 'document'} ${path || document}: ${reason}`)
    .sort();
}

/** A field that a release refuses as unknown is lost by it, also where the release of the recording knows it. */
function refusedAsUnknown({ errors }: Verdict): readonly string[] {
  return errors.flatMap((error) => {
    const kind = error.match(/^in "[^"]*" \((\w+)\): strict decoding error/)?.[1];
    if (kind === undefined) return [];
    return [...error.matchAll(/unknown field "([^"]+)"/g)].map(
      ([, path]) => `[deep] ${kind} .${path}: unknown field, silently dropped`,
    );
  });
}
