import type { Host } from '../core/host.ts';
import { sortedBy } from '../core/order.ts';
import type { Project } from './project.ts';

export interface WorkerVariable {
  readonly name: string;
  /** The first script, else .dig file, that reads it. */
  readonly file: string;
  readonly line: number;
}

/** Variables of the shell itself, of its standard commands, and of Digdag. */
const shellNames: ReadonlySet<string> = new Set([
  'HOME',
  'PATH',
  'PWD',
  'OLDPWD',
  'USER',
  'SHELL',
  'IFS',
  'TMPDIR',
  'RANDOM',
  'SECONDS',
  'LINENO',
  'BASH_SOURCE',
  'HOSTNAME',
  'OPTARG',
  'OPTIND',
  'REPLY',
  'UID',
  'PPID',
  'LANG',
  'TZ',
  'EOF',
]);

/** Variables in capitals that scripts and steps read and nothing in the tree sets: the Digdag worker must have provided them. */
export function workerVariables(project: Project, host: Host): readonly WorkerVariable[] {
  const digFiles = [...project.environments.flatMap((environment) => environment.workflows), ...project.fragments];
  const dig = digFiles.map((path) => host.read(path) ?? '').join('\n');
  const found = new Map<string, WorkerVariable>();
  // A library reads what the script that includes it has set.
  const scripts = project.scripts.map((path) => (host.read(path) ?? '').replaceAll(/^\s*#.*$/gm, '')).join('\n');
  // In a .dig file `${…}` is Digdag's own.
  const places = [
    ...project.scripts.map((path) => ({ path, variable: /\$\{?([A-Z][A-Z0-9_]+)\b/g })),
    ...digFiles.map((path) => ({ path, variable: /\$([A-Z][A-Z0-9_]+)\b/g })),
  ];
  for (const { path, variable } of places) {
    const text = (host.read(path) ?? '').replaceAll(/^\s*#.*$/gm, '');
    for (const match of text.matchAll(variable)) {
      const name = match[1] ?? '';
      if (
        found.has(name) ||
        shellNames.has(name) ||
        isSet(name, scripts) ||
        isGiven(name, dig) ||
        new RegExp(`^\\s*["']?${name}["']?\\s*:`, 'm').test(dig)
      )
        continue;
      found.set(name, { name, file: path, line: text.slice(0, match.index).split('\n').length });
    }
  }
  return sortedBy(found.values(), (variable) => variable.name);
}

/** A step hands the value to its launcher: `NAME=value` in front of a command or among its arguments. */
function isGiven(name: string, dig: string): boolean {
  return new RegExp(`(?:^|[\\s"'])${name}=`, 'm').test(dig);
}

function isSet(name: string, script: string): boolean {
  return new RegExp(
    `(?:^|[\\s;(&])(?:export\\s+|local\\s+|readonly\\s+)?${name}=|\\bread\\b[^\\n;]*\\b${name}\\b|\\bfor\\s+${name}\\b`,
    'm',
  ).test(script);
}
