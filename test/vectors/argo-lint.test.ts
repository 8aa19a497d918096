import { adapter } from './adapters/argo-lint.ts';
import { testAllPass } from './all-pass.ts';

testAllPass('argo', 'lint', adapter);
