import { messageOf } from '../../../src/core/messages.ts';
import { repoPath } from '../../../src/core/source.ts';
import { lintManifests } from '../../../src/lint/lint-manifests.ts';
import { compare, type VectorAdapter } from '../adapter.ts';

interface LintVector {
  readonly manifest: string;
  readonly namespace: string;
  readonly silent?: boolean;
  readonly level?: 'error' | 'warning';
  readonly expect: { readonly 'v4.1.2': { readonly ok: boolean; readonly errors: readonly string[] } };
}

export const adapter: VectorAdapter = {
  check(vector) {
    const { manifest, namespace, silent, level, expect } = vector as unknown as LintVector;
    const { diagnostics, linted } = lintManifests([{ path: repoPath('manifest.yaml'), text: manifest }], {
      defaultNamespace: namespace,
    });
    const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
    const said = diagnostics.map((diagnostic) => `${diagnostic.severity}: ${messageOf(diagnostic)}`).join(' | ');
    // Mistakes that Argo's linter lets through must be found, at the level they deserve.
    if (silent === true) {
      const found =
        level === 'warning'
          ? errors.length === 0 && diagnostics.some((diagnostic) => diagnostic.severity === 'warning')
          : errors.length > 0;
      return found ? { kind: 'passed' } : { kind: 'failed', want: `${level}`, got: said };
    }
    const ok = errors.length === 0 && linted > 0;
    const outcome = compare(expect['v4.1.2'].ok, ok);
    return outcome.kind === 'passed'
      ? outcome
      : { kind: 'failed', want: `ok: ${expect['v4.1.2'].ok} ${expect['v4.1.2'].errors.join('; ')}`, got: said };
  },
};
