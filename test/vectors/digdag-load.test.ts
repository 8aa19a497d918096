import { adapter } from './adapters/digdag-load.ts';
import { testAllPass } from './all-pass.ts';

testAllPass('digdag', 'load', adapter);
