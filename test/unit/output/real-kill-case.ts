import type { Wanted } from '../../../src/cli/output/types.ts';
import { file, mapped, runbook, wanted } from './output-case.ts';

const jobs = ['alpha', 'beta', 'gamma'];

function tree(version: number): Wanted {
  const files = jobs.flatMap((job) => [
    mapped(`cron/${job}/base/workflow.yaml`, `name: ${job} ${version}\n`, job),
    runbook(job, `version ${version}`),
  ]);
  return wanted([
    ...files,
    ...(version === 1 ? [file('cron/alpha/overlays/dev/suspend.yaml', 'x\n', 'alpha')] : []),
    file('Makefile', `all: ${version}\n`),
  ]);
}

export const firstRun = tree(1);
export const secondRun = tree(2);
