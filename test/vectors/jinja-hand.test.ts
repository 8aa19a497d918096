import { adapter } from './adapters/jinja-hand.ts';
import { testAllPass } from './all-pass.ts';

testAllPass('jinja', 'hand', adapter);
