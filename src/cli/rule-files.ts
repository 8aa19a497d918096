import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import type { Host } from '../core/host.ts';
import { repoPath, type SourceFile } from '../core/source.ts';
import { folderHost } from '../pipeline/host.ts';
import { existingFolder } from './folders.ts';

const packageRules = fileURLToPath(new URL('../../rules/', import.meta.url));

/** The rules of the package and of `--rules`, in this order; undefined, and a diagnostic, where a folder is missing. */
export function ruleFiles(
  given: readonly string[],
  cwd: string,
  sink: DiagnosticSink,
): readonly SourceFile[] | undefined {
  const files = [...builtInRules()];
  for (const folder of given) {
    const path = existingFolder(cwd, folder, sink);
    if (path === undefined) return undefined;
    // Named apart from the folder of the package: which of two rules counts is decided by the folder.
    const name = basename(path) === 'rules' ? 'own-rules' : basename(path);
    files.push(...rulesIn(folderHost(path), (file) => `${name}/${file}`));
  }
  return files;
}

function builtInRules(): readonly SourceFile[] {
  return rulesIn(folderHost(packageRules), (path) => `dig2argo:rules/${path}`);
}

function rulesIn(host: Host, label: (path: string) => string): readonly SourceFile[] {
  return host.list().flatMap((path): SourceFile[] => {
    if (!/\.ya?ml$/.test(path)) return [];
    const text = host.read(path);
    return text === undefined ? [] : [{ path: repoPath(label(path)), text }];
  });
}
