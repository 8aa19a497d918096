import type { SourceSpan } from '../core/source.ts';

/** A positioned YAML tree after tag resolution: what a reading (Digdag's, PyYAML's, kubectl's) makes of the text. */
export type YamlNode = YamlScalar | YamlList | YamlMap;

export type YamlScalar = NodeBase &
  (
    | { readonly kind: 'string'; readonly value: string }
    /** `value` is a bigint only where a number cannot hold it. */
    | { readonly kind: 'int'; readonly value: number | bigint }
    | { readonly kind: 'float'; readonly value: number }
    | { readonly kind: 'bool'; readonly value: boolean }
    | { readonly kind: 'null' }
    /** PyYAML only: `date` or `datetime`, `value` as Python's str() prints it. */
    | { readonly kind: 'date'; readonly value: string }
  );

export interface YamlList extends NodeBase {
  readonly kind: 'list';
  readonly items: readonly YamlNode[];
}

export interface YamlMap extends NodeBase {
  readonly kind: 'map';
  readonly entries: readonly YamlEntry[];
}

export interface YamlEntry {
  readonly key: string;
  readonly keySpan: SourceSpan;
  readonly value: YamlNode;
  /** Comment lines right above the key, without their marks. */
  readonly comment?: string;
}

interface NodeBase {
  readonly span: SourceSpan;
  /** The scalar as written, quotes included; absent for lists and maps. */
  readonly source?: string;
  /** How a scalar was written; plain scalars are the ones tag resolution applies to. */
  readonly style?: 'plain' | 'single' | 'double' | 'literal' | 'folded';
  /** Comment behind the value on its line, without its mark. */
  readonly trailingComment?: string;
}

export function entryNamed(node: YamlNode | undefined, key: string): YamlEntry | undefined {
  return node?.kind === 'map' ? node.entries.find((entry) => entry.key === key) : undefined;
}

export function valueNamed(node: YamlNode | undefined, key: string): YamlNode | undefined {
  return entryNamed(node, key)?.value;
}
