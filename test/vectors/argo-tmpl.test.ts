import { adapter } from './adapters/argo-tmpl.ts';
import { testAllPass } from './all-pass.ts';

testAllPass('argo', 'tmpl', adapter);
