import { join } from 'node:path';
import { type Check, tally } from '../check.ts';
import { testGoModule } from '../tools/go-program.ts';

/** The instrument itself: what finds lost fields must find them. */
export const deepCheck: Check = {
  name: 'deep-check',
  needs: [],
  async run() {
    const cases = tally();
    try {
      await testGoModule(join(import.meta.dirname, '..', 'deep'));
      cases.pass();
    } catch (error) {
      cases.fail(String(error));
    }
    return cases.result('Go tests of the search for lost fields');
  },
};
