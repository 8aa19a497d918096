import { adapter } from './adapters/argo-when.ts';
import { testAllPass } from './all-pass.ts';

testAllPass('argo', 'when', adapter);
