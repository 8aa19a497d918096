import type { ThisProcess } from './output/claim.ts';

export const thisProcess: ThisProcess = { pid: process.pid, isRunning };

function isRunning(pid: number): boolean {
  try {
    // Signal 0 asks only.
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It runs, but belongs to someone else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
