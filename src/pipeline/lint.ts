import type { Diagnostic } from '../core/diagnostic.ts';
import type { Host } from '../core/host.ts';
import { lintTree } from '../lint/lint-tree.ts';

/** Checks an output tree as it lies on disk, with whatever people changed in it. */
export function lintOutput(out: Host): readonly Diagnostic[] {
  return lintTree(treeFiles(out));
}

/** The files that are applied; what the tool keeps for itself and its reports are not. */
function treeFiles(out: Host): readonly { readonly path: string; readonly text: string }[] {
  return out.list().flatMap((path) => {
    const text = /^(?:\.dig2argo|reports)\//.test(path) ? undefined : out.read(path);
    return text === undefined ? [] : [{ path, text }];
  });
}
