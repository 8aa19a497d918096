import { adapter } from './adapters/digdag-sched.ts';
import { testAllPass } from './all-pass.ts';

testAllPass('digdag', 'sched', adapter);
