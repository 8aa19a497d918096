import { adapter } from './adapters/digdag-trace.ts';
import { testAllPass } from './all-pass.ts';

testAllPass('digdag', 'trace', adapter);
