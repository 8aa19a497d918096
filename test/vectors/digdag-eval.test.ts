import { adapter } from './adapters/digdag-eval.ts';
import { testAllPass } from './all-pass.ts';

testAllPass('digdag', 'eval', adapter);
