// Run by real-kill.test.ts: writes an output tree and kills itself at its n-th change of the disk.

import type { Disk } from '../../../src/cli/output/disk.ts';
import { nodeDisk } from '../../../src/cli/output/node-disk.ts';
import { thisProcess } from '../../../src/cli/this-process.ts';
import { run } from './output-case.ts';
import { secondRun } from './real-kill-case.ts';

const [folder = '', at = ''] = process.argv.slice(2);
const disk = nodeDisk(folder);
let changes = 0;

function killing<A extends readonly unknown[], R>(action: (...args: A) => R): (...args: A) => R {
  return (...args) => {
    changes += 1;
    if (changes === Number(at)) process.kill(process.pid, 'SIGKILL');
    return action(...args);
  };
}

const mortal: Disk = {
  ...disk,
  write: killing(disk.write),
  move: killing(disk.move),
  remove: killing(disk.remove),
  removeFolder: killing(disk.removeFolder),
};
run(mortal, secondRun, 'write', thisProcess);
console.log(changes);
