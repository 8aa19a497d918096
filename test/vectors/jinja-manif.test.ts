import { adapter } from './adapters/jinja-manif.ts';
import { testAllPass } from './all-pass.ts';

testAllPass('jinja', 'manif', adapter);
