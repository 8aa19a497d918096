import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { BothSides } from './both-sides.ts';
import { differences } from './differences.ts';
import { trees } from './dig-tree.ts';
import { renderTree } from './render-dig.ts';

let sides: BothSides;
beforeAll(async () => {
  sides = await BothSides.start();
});

describe('the emitted workflow starts what Digdag starts', () => {
  test('in an order that Digdag allows, with the same end', { timeout: 120_000 }, async () => {
    let starts = 0;
    let required = 0;
    await fc.assert(
      fc.asyncProperty(trees, async (tree) => {
        const rendered = renderTree(tree);
        const digdag = await sides.digdag(rendered);
        starts += digdag.starts.size;
        required += digdag.required;
        expect({ dig: rendered.files, differs: differences(digdag, sides.argo(rendered)) }).toEqual({
          dig: rendered.files,
          differs: [],
        });
      }),
      {
        numRuns: 80,
        seed: 4,
        endOnFailure: false,
      },
    );
    expect(starts).toBeGreaterThan(100);
    // Sessions that ran once, and calls that found them run.
    expect(required).toBeGreaterThan(20);
  });
});
