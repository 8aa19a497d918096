import { javaDouble } from './java-number.ts';
import type { YamlNode } from './node.ts';

/** A key as Jackson writes it: the text of Java's `toString`, `{a=1}` for a mapping; undefined for null, which it refuses. */
export function javaKey(key: YamlNode): string | undefined {
  return key.kind === 'null' ? undefined : javaText(key);
}

/** Java's `toString` of a value of SnakeYAML. */
function javaText(node: YamlNode): string {
  switch (node.kind) {
    case 'null':
      return 'null';
    case 'string':
    case 'date':
      return node.value;
    case 'int':
    case 'bool':
      return String(node.value);
    case 'float':
      return javaDouble(node.value);
    case 'list':
      return `[${node.items.map(javaText).join(', ')}]`;
    case 'map':
      return `{${node.entries.map((entry) => `${entry.key}=${javaText(entry.value)}`).join(', ')}}`;
  }
}
