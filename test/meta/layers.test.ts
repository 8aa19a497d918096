import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import fg from 'fast-glob';
import { describe, expect, test } from 'vitest';

/** Who may import whom, besides `core`. A new edge is a change to this table, argued in its commit. */
const may: Readonly<Record<string, readonly string[]>> = {
  core: [],
  config: [],
  yaml: [],
  sandbox: [],
  templates: [],
  kustomize: [],
  'verify/effect': [],
  'verify/proof': ['verify/effect'],
  ir: [],
  k8s: ['verify/effect'],
  // Reads the syntax of programs, and runs none.
  python: [],
  discover: ['config', 'python'],
  jinja: ['config', 'yaml', 'ir', 'sandbox'],
  dig: ['yaml', 'ir'],
  expr: ['ir', 'sandbox'],
  'argo-expr': ['ir'],
  session: ['dig', 'expr', 'ir', 'yaml'],
  // Flow rules write session arguments as Argo expressions; `yaml` gives rule files their positions.
  rules: ['ir', 'expr', 'k8s', 'argo-expr', 'yaml'],
  // `yaml` says what kubectl makes of a scalar in a manifest that a script holds.
  launchers: ['config', 'dig', 'jinja', 'ir', 'python', 'yaml'],
  graph: ['dig', 'expr', 'argo-expr', 'jinja', 'launchers', 'ir', 'yaml'],
  merge: ['ir'],
  // A parameter list looks the same in base and overlay: emit prints the one that merge builds. Carried objects get Kubernetes names.
  emit: ['ir', 'merge', 'kustomize', 'argo-expr', 'k8s', 'templates'],
  // Go reads the indents of continued quotes more kindly than the library that reads the output here; `yaml` repairs them.
  lint: ['kustomize', 'argo-expr', 'k8s', 'yaml'],
  'verify/legacy': ['config', 'yaml', 'dig', 'expr', 'jinja', 'session', 'k8s', 'verify/effect', 'verify/legacy/shell'],
  // Both sides run shell scripts: launchers, and the one that sends messages. The interpreter knows neither of them.
  'verify/legacy/shell': ['yaml', 'verify/effect'],
  'verify/argo': ['kustomize', 'argo-expr', 'k8s', 'verify/effect', 'verify/legacy/shell'],
  'verify/compare': ['verify/legacy', 'verify/legacy/shell', 'verify/argo', 'verify/effect', 'verify/proof', 'k8s'],
  // Whether two schedules ever fire together is a question to cron expressions.
  dedup: ['ir', 'argo-expr'],
  diff: ['ir'],
  // A proof is printed with the counts and the limits that it has itself; the page shows for each line what `explain` says of it.
  report: ['templates', 'explain', 'verify/proof'],
  explain: [],
  pipeline: [
    'config',
    'yaml',
    'sandbox',
    'templates',
    'kustomize',
    'verify/effect',
    'verify/proof',
    'ir',
    'k8s',
    'discover',
    'jinja',
    'dig',
    'expr',
    'argo-expr',
    'session',
    'rules',
    'launchers',
    'graph',
    'merge',
    'emit',
    'lint',
    'verify/legacy',
    'verify/argo',
    'verify/compare',
    'dedup',
    'diff',
    'report',
    'explain',
  ],
  cli: ['pipeline', 'report', 'explain', 'config', 'diff'],
  index: ['pipeline', 'report', 'config'],
};

/** Folders whose types alone may be imported, by `import type`. */
const mayTypes: Readonly<Record<string, readonly string[]>> = {
  launchers: ['rules'],
  merge: ['rules'],
  emit: ['rules', 'merge', 'config', 'report'],
  lint: ['emit'],
  dedup: ['emit', 'rules', 'verify/effect'],
  diff: ['emit', 'verify/effect'],
  report: ['ir', 'rules', 'merge', 'emit', 'verify/effect', 'dedup'],
  explain: ['emit'],
  cli: ['emit', 'verify/effect', 'verify/proof'],
  index: ['emit'],
  discover: [],
};

const importLine = /^(import|export)\s+(type\s)?[^;]*?from\s+'(\.[^']+)';/gms;

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const files = fg.sync('src/**/*.ts').sort();

const edges: readonly Edge[] = files.flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(importLine)].map((match) => ({
    from: file,
    to: posix.join(posix.dirname(file), match[3] ?? ''),
    typeOnly: match[2] !== undefined,
  })),
);

function layerOf(file: string): string {
  const path = file.replace(/^src\//, '').replace(/\.ts$/, '');
  const layers = Object.keys(may).filter((layer) => path === layer || path.startsWith(`${layer}/`));
  return layers.sort((a, b) => b.length - a.length)[0] ?? `unlisted: ${file}`;
}

describe('layers', () => {
  test('something was looked at', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(edges.length).toBeGreaterThan(100);
  });

  test('each file belongs to a layer', () => {
    expect(files.map(layerOf).filter((layer) => layer.startsWith('unlisted'))).toEqual([]);
  });

  test('imports only point down the layers', () => {
    const wrong = edges.filter(({ from, to, typeOnly }) => {
      const [a, b] = [layerOf(from), layerOf(to)];
      if (a === b || b === 'core') return false;
      return !(may[a]?.includes(b) ?? false) && !(typeOnly && (mayTypes[a]?.includes(b) ?? false));
    });
    expect(wrong.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });
});
