import fc from 'fast-check';
import { BothSides } from '../../property/both-sides.ts';
import { differences } from '../../property/differences.ts';
import { trees } from '../../property/dig-tree.ts';
import { renderTree } from '../../property/render-dig.ts';
import { type Check, tally } from '../check.ts';

const RUNS = 1000;

/** The property of test/property, for longer: generated workflows start the same on both sides. Another seed in each of these runs. */
export const flowFuzz: Check = {
  name: 'flow-fuzz',
  needs: [],
  async run() {
    const sides = await BothSides.start();
    const results = tally();
    for (const seed of [11, 22, 33, 44]) {
      const checked = await fc.check(
        fc.asyncProperty(trees, async (tree) => {
          const rendered = renderTree(tree);
          const found = differences(await sides.digdag(rendered), sides.argo(rendered));
          if (found.length > 0) throw new Error(found.join('\n'));
          results.pass();
        }),
        { numRuns: RUNS / 4, seed },
      );
      const [tree] = checked.counterexample ?? [];
      if (tree !== undefined)
        results.fail(
          `seed ${seed}: ${String(checked.errorInstance)}\n${Object.entries(renderTree(tree).files)
            .map(([path, text]) => `# ${path}\n${text}`)
            .join('\n')}`,
        );
    }
    return results.result(`${RUNS} generated workflows, Digdag's side against Argo's`);
  },
};
