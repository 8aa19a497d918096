import { adapter } from './adapters/argo-cron.ts';
import { testAllPass } from './all-pass.ts';

testAllPass('argo', 'cron', adapter);
