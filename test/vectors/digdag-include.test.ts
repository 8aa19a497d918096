import { adapter } from './adapters/digdag-include.ts';
import { testAllPass } from './all-pass.ts';

testAllPass('digdag', 'include', adapter);
