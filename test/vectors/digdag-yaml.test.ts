import { adapter } from './adapters/digdag-yaml.ts';
import { testAllPass } from './all-pass.ts';

testAllPass('digdag', 'yaml', adapter);
