import { adapter } from './adapters/jinja-fuzz.ts';
import { testAllPass } from './all-pass.ts';

testAllPass('jinja', 'fuzz', adapter);
