import { list, map, scalar, text } from '../ir/build-value.ts';
import type { Provenance, Value } from '../ir/value.ts';
import type { YamlNode } from '../yaml/node.ts';

/** How a string of the .dig file is read: with its `${…}` resolved, or as it stands. */
export type TextReader = (written: string, from: Provenance) => Value;

/** A node of a .dig file as a Value, every leaf with the place it stands at. */
export function nodeValue(node: YamlNode, read: TextReader, origin?: (leaf: Provenance) => Provenance): Value {
  const literal: Provenance = { via: 'literal', span: node.span };
  const from = origin?.(literal) ?? literal;
  switch (node.kind) {
    case 'string':
      return read(node.value, from);
    case 'date':
      return text(node.value, from);
    case 'int':
    case 'float':
    case 'bool':
      return scalar(node.value, from);
    case 'null':
      return scalar(null, from);
    case 'list':
      return list(
        node.items.map((item) => nodeValue(item, read, origin)),
        from,
      );
    case 'map':
      return map(
        node.entries.map((entry) => [entry.key, nodeValue(entry.value, read, origin)]),
        from,
      );
  }
}
