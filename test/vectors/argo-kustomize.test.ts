import { adapter } from './adapters/argo-kustomize.ts';
import { testAllPass } from './all-pass.ts';

testAllPass('argo', 'kustomize', adapter);
