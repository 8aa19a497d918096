import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';

/** The absolute path of a folder that must exist; undefined, and a diagnostic, where it does not. */
export function existingFolder(cwd: string, given: string, sink: DiagnosticSink): string | undefined {
  const path = resolve(cwd, given);
  const exists = existsSync(path);
  if (exists && statSync(path).isDirectory()) return path;
  sink.add(
    exists ? diagnose('PROJECT_NOT_A_FOLDER', { path: given }) : diagnose('PROJECT_FOLDER_MISSING', { path: given }),
  );
  return undefined;
}

/** The absolute path to write to, which need not exist; undefined, and a diagnostic, where it cannot be used beside the legacy folder. */
export function outputFolder(cwd: string, given: string, legacy: string, sink: DiagnosticSink): string | undefined {
  const path = resolve(cwd, given);
  if (existsSync(path) && !statSync(path).isDirectory()) {
    sink.add(diagnose('OUT_NOT_A_FOLDER', { path: given }));
    return undefined;
  }
  const [out, source] = [realPath(path), realPath(legacy)];
  if (isInside(out, source)) sink.add(diagnose('OUT_INSIDE', { inner: 'output', same: out === source }));
  else if (isInside(source, out)) sink.add(diagnose('OUT_INSIDE', { inner: 'legacy', same: false }));
  else return path;
  return undefined;
}

/** `given` below the output folder: written from where the user stands, or from the output folder itself. */
export function pathInOutput(cwd: string, given: string, out: string): string {
  const absolute = resolve(cwd, given);
  const path = isInside(absolute, out) ? relative(out, absolute) : given;
  return path.split(sep).join('/').replace(/^\.\//, '').replace(/\/+$/, '');
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** With links resolved, as far as the path exists. */
function realPath(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  const parent = dirname(path);
  return parent === path ? path : join(realPath(parent), relative(parent, path));
}
