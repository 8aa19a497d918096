// Installs the dependencies when they are missing or older than the lock file, so that a fresh clone needs one command.
import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';

const installed = 'node_modules/.package-lock.json';
const current = existsSync(installed) && statSync(installed).mtimeMs >= statSync('package-lock.json').mtimeMs;
if (!current) {
  // Not `npm ci`: it refuses a lock file that lacks a package for another platform, and registries differ in which of those they hold.
  execFileSync('npm', ['install', '--no-save', '--no-audit', '--no-fund'], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
}
