import type { SourceSpan } from '../../core/source.ts';

/** A value of a variable file with its place; keys keep their types, as 1 and "1" are two keys in Python. */
export type PyNode = PyScalarNode | PyListNode | PyMapNode;

export type PyScalarValue =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'int'; readonly value: number | bigint }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'null' }
  /** `value` in base64. */
  | { readonly kind: 'bytes'; readonly value: string }
  /** `value` as str() prints it. */
  | { readonly kind: 'date' | 'datetime'; readonly value: string };

export type PyScalarNode = PyScalarValue & { readonly span: SourceSpan };

export interface PyListNode {
  readonly kind: 'list';
  /** A tuple, as the entries of ordered maps are. */
  readonly tuple?: true;
  readonly span: SourceSpan;
  readonly items: readonly PyNode[];
}

export interface PyMapNode {
  readonly kind: 'map';
  readonly span: SourceSpan;
  readonly entries: readonly PyEntry[];
}

export interface PyEntry {
  readonly key: PyScalarNode;
  readonly value: PyNode;
}

/** 1, 1.0 and True are one key. */
export function keyOf(node: PyScalarNode): string {
  switch (node.kind) {
    case 'null':
      return 'null';
    case 'string':
      return `s${node.value}`;
    case 'bytes':
      return `b${node.value}`;
    case 'date':
    case 'datetime':
      return `d${node.value}`;
    default:
      return `n${Number(node.value)}`;
  }
}
