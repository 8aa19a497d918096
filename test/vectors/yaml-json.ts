import type { YamlNode } from '../../src/yaml/node.ts';

/** A YAML tree as the plain JSON value that the recordings hold. */
export function yamlJson(node: YamlNode): unknown {
  switch (node.kind) {
    case 'map':
      return Object.fromEntries(node.entries.map((entry) => [entry.key, yamlJson(entry.value)]));
    case 'list':
      return node.items.map(yamlJson);
    case 'null':
      return null;
    case 'int':
    case 'float':
      // JSON.parse reads -0.0 and big integers as doubles; so does this side.
      return Number(node.value);
    default:
      return node.value;
  }
}
