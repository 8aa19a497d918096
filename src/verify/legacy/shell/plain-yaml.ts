import type { YamlNode } from '../../../yaml/node.ts';
import type { Plain } from '../../effect.ts';

/** A YAML tree as JSON data. A whole number too large for a double keeps its digits as text. */
export function plainOf(node: YamlNode): Plain {
  switch (node.kind) {
    case 'map':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, plainOf(value)]));
    case 'list':
      return node.items.map(plainOf);
    case 'null':
      return null;
    case 'int':
      return typeof node.value === 'bigint' ? String(node.value) : node.value;
    default:
      return node.value;
  }
}
