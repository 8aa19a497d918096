import { parseAllDocuments } from 'yaml';
import { buildKustomization } from '../../../src/kustomize/build.ts';
import { compare, type VectorAdapter } from '../adapter.ts';

interface KustomizeVector {
  readonly files: Readonly<Record<string, string>>;
  readonly build: string;
  readonly expect: { readonly output?: string; readonly error?: string; readonly warnings?: string };
}

export const adapter: VectorAdapter = {
  check(vector) {
    const { files, build, expect } = vector as unknown as KustomizeVector;
    const got = buildKustomization(build, (path) => (Object.hasOwn(files, path) ? files[path] : undefined));
    if (got.kind === 'refused') return { kind: 'failed', want: expect.error ?? 'objects', got: `refused: ${got.why}` };
    const want =
      expect.output === undefined ? 'error' : [texts(documents(expect.output)), expect.warnings !== undefined];
    return compare(want, got.kind === 'failed' ? 'error' : [texts(got.objects), got.warnings.length > 0]);
  },
};

function documents(output: string): readonly unknown[] {
  return (parseAllDocuments(output, { intAsBigInt: true, version: '1.2' }) as readonly { toJS(): unknown }[]).map(
    (document) => document.toJS(),
  );
}

/** As texts, because integers may be larger than a number can hold. */
function texts(objects: readonly unknown[]): readonly string[] {
  return objects.map((object) =>
    JSON.stringify(object, (_, value: unknown) =>
      typeof value === 'bigint' || typeof value === 'number' ? `#${value}` : value,
    ),
  );
}
