import { join } from 'node:path';
import { jinjaAdapter } from '../../vectors/jinja-case.ts';
import { type Check, tally } from '../check.ts';
import { type GeneratedCase, generateCases } from '../jinja/templates.ts';
import { runOrThrow } from '../run-program.ts';

const seed = 20240615;
const count = 5000;

interface Answer {
  readonly ok: boolean;
  readonly out?: string;
}

/** Generated templates, rendered by Python's Jinja2 and by ours, with and without tags: same bytes, or same kind of error on the same line. */
export const jinjaFuzz: Check = {
  name: 'jinja-fuzz',
  needs: ['python'],
  async run({ tools }) {
    const cases = tally();
    const generated = generateCases(seed, count);
    const script = join(import.meta.dirname, '..', 'jinja', 'oracle.py');
    const input = generated.map((each) => `${JSON.stringify(each)}\n`).join('');
    const { stdout } = await runOrThrow(await tools.program('python'), [script], { input });
    const answers = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Answer);
    if (answers.length !== generated.length) cases.fail(`${answers.length} answers for ${generated.length} templates`);
    let rendered = 0;
    for (const [at, each] of generated.entries()) {
      const answer = answers[at];
      if (answer === undefined) continue;
      if (answer.ok) rendered += 1;
      const difference = await compare(each, answer);
      if (difference === undefined) cases.pass();
      else cases.fail(difference);
    }
    if (rendered < count / 5)
      cases.fail(`only ${rendered} of the templates render: the generator explores errors only`);
    return cases.result(`${count} templates with seed ${seed}, ${rendered} of them render, Python's Jinja2 3.1.6`);
  },
};

async function compare(each: GeneratedCase, answer: Answer): Promise<string | undefined> {
  const outcome = await jinjaAdapter.check({ ...each, expect: answer });
  if (outcome.kind !== 'failed') return undefined;
  // An address is different in each run; ours says that it cannot print it.
  if (/ at 0x[0-9a-f]+>/.test(answer.out ?? '') && outcome.got.includes('UnsupportedError')) return undefined;
  // Constants with a strict undefined in them fail while Jinja2 compiles, where it knows no line.
  const strict = each.options['undefined'] === 'strict' && outcome.want === 'UndefinedError line 1';
  if (strict && outcome.got.startsWith('UndefinedError line ')) return undefined;
  const { context: _, ...shown } = each;
  return `${JSON.stringify(shown)}\npython: ${JSON.stringify(outcome.want)}\nours:   ${JSON.stringify(outcome.got)}`;
}
