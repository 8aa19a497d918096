import { isScalar, parseAllDocuments, visit } from 'yaml';
import type { Host } from '../../src/core/host.ts';

/** One character of one scalar of an output file, replaced by another. */
export interface Mutation {
  readonly file: string;
  /** Path of the scalar in its document. */
  readonly path: string;
  readonly kind: MutationKind;
  /** The whole file with the change. */
  readonly text: string;
  readonly from: string;
  readonly to: string;
}

export type MutationKind =
  | 'schedule'
  | 'parameter'
  | 'patch'
  | 'when'
  | 'expression'
  | 'value'
  | 'name'
  | 'kustomization';

/** Every scalar of a file, one character of each changed; which one is decided by its place in the file. */
export function mutationsOf(file: string, text: string): readonly Mutation[] {
  const found: Mutation[] = [];
  for (const document of parseAllDocuments(text)) {
    visit(document, {
      Scalar(key, node, ancestors) {
        if (key === 'key' || !isScalar(node) || node.range === undefined || node.range === null) return;
        const path = pathOf(node, ancestors);
        const [start, end] = node.range;
        const change = changed(text.slice(start, end), found.length);
        if (change === undefined) return;
        found.push({
          file,
          path,
          kind: kindOf(file, path, text.slice(start, end)),
          text: text.slice(0, start) + change.to + text.slice(end),
          from: text.slice(start, end),
          to: change.to,
        });
      },
    });
  }
  return found;
}

function changed(source: string, salt: number): { readonly to: string } | undefined {
  if (source === '""') return { to: '"x"' };
  const quoted = /^(["'])[\s\S]*\1$/.test(source) ? 1 : 0;
  // A block scalar begins with its indicator and its indentation.
  const inside = [...source].flatMap((character, at) =>
    at >= quoted &&
    at < source.length - quoted &&
    /[A-Za-z0-9#@:/._=%-]/.test(character) &&
    !/^[|>]/.test(source.slice(0, 1) + (at < 2 ? '|' : ''))
      ? [at]
      : [],
  );
  const block = /^[|>]/.test(source);
  const places = block
    ? [...source].flatMap((character, at) => (at > source.indexOf('\n') && /[A-Za-z0-9]/.test(character) ? [at] : []))
    : inside;
  const at = places[(salt * 7919) % Math.max(places.length, 1)];
  if (at === undefined) return undefined;
  if (source === 'true' || source === 'false') return { to: source === 'true' ? 'false' : 'true' };
  return { to: source.slice(0, at) + other(source[at] ?? '') + source.slice(at + 1) };
}

function other(character: string): string {
  if (/[0-9]/.test(character)) return String((Number(character) + 1) % 10);
  if (/[a-zA-Z]/.test(character))
    return character === 'z' ? 'a' : character === 'Z' ? 'A' : String.fromCharCode(character.charCodeAt(0) + 1);
  return character === '-' ? '_' : '-';
}

function kindOf(file: string, path: string, source: string): MutationKind {
  if (file.endsWith('kustomization.yaml')) return 'kustomization';
  if (file.endsWith('patch.yaml')) return 'patch';
  if (/\.when$/.test(path)) return 'when';
  if (source.includes('{{=')) return 'expression';
  if (/schedules|timezone|concurrencyPolicy|suspend$|startingDeadline|HistoryLimit/.test(path)) return 'schedule';
  if (/parameters\[\d+\]\.(?:value|default)$/.test(path)) return 'parameter';
  return /\.name$|\.template$|entrypoint|onExit/.test(path) ? 'name' : 'value';
}

function pathOf(node: unknown, ancestors: readonly unknown[]): string {
  let path = '';
  for (const [at, ancestor] of ancestors.entries()) {
    const child = ancestors[at + 1] ?? node;
    const of = ancestor as { readonly items?: readonly unknown[]; readonly key?: { readonly value?: unknown } };
    if (of.key !== undefined) path += `${path === '' ? '' : '.'}${String(of.key.value)}`;
    else if (of.items !== undefined && !(child as { readonly key?: unknown }).key)
      path += `[${of.items.indexOf(child)}]`;
  }
  return path;
}

/** Not more than `count`, evenly spread, with at least some of each kind. */
export function spread(all: readonly Mutation[], count: number, leastOfKind: number): readonly Mutation[] {
  const kinds = [...new Set(all.map(({ kind }) => kind))].sort();
  const chosen = new Set<Mutation>();
  const pick = (from: readonly Mutation[], wanted: number): void => {
    for (let at = 0; at < wanted && from.length > 0; at += 1) {
      const mutation = from[Math.floor((at * from.length) / wanted)];
      if (mutation !== undefined) chosen.add(mutation);
    }
  };
  for (const kind of kinds)
    pick(
      all.filter((mutation) => mutation.kind === kind),
      leastOfKind,
    );
  pick(all, count);
  return all.filter((mutation) => chosen.has(mutation));
}

/** A tree with one file changed, and without the files that are left out. */
export function withChange(tree: Host, mutation: Mutation, left: (path: string) => boolean = () => false): Host {
  return {
    list: () => tree.list().filter((path) => !left(path)),
    read: (path) => (left(path) ? undefined : path === mutation.file ? mutation.text : tree.read(path)),
  };
}
