import type { SourceSpan } from '../core/source.ts';

/** A value of a manifest with its place in the text. */
export type LintNode = LintScalar | LintList | LintMap;

export interface LintScalar {
  readonly kind: 'string' | 'number' | 'bool' | 'null';
  readonly value: string | number | bigint | boolean | null;
  readonly span: SourceSpan;
}

export interface LintList {
  readonly kind: 'list';
  readonly items: readonly LintNode[];
  readonly span: SourceSpan;
}

export interface LintMap {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, LintEntry>;
  readonly span: SourceSpan;
}

export interface LintEntry {
  readonly keySpan: SourceSpan;
  readonly value: LintNode;
}

/** The value at a path of keys; undefined where there is none or it is null. */
export function at(node: LintNode | undefined, ...path: readonly string[]): LintNode | undefined {
  let found = node;
  for (const key of path) found = found?.kind === 'map' ? found.entries.get(key)?.value : undefined;
  return found?.kind === 'null' ? undefined : found;
}

export function itemsOf(node: LintNode | undefined): readonly LintNode[] {
  return node?.kind === 'list' ? node.items : [];
}

export function entriesOf(node: LintNode | undefined): readonly (readonly [string, LintEntry])[] {
  return node?.kind === 'map' ? [...node.entries] : [];
}

/** A scalar's text; empty for what is none. */
export function textOf(node: LintNode | undefined): string {
  return node === undefined || node.kind === 'list' || node.kind === 'map' || node.value === null
    ? ''
    : String(node.value);
}

export function nameOf(node: LintNode | undefined): string {
  return textOf(at(node, 'name'));
}

/** Every text below a node, keys included. */
export function eachText(node: LintNode, visit: (text: string, span: SourceSpan) => void): void {
  if (node.kind === 'string') visit(String(node.value), node.span);
  for (const item of itemsOf(node)) eachText(item, visit);
  for (const [key, entry] of entriesOf(node)) {
    visit(key, entry.keySpan);
    eachText(entry.value, visit);
  }
}
