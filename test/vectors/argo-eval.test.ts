import { adapter } from './adapters/argo-eval.ts';
import { testAllPass } from './all-pass.ts';

testAllPass('argo', 'eval', adapter);
