import type { SourceSpan } from '../core/source.ts';
import type { YamlEntry, YamlMap, YamlNode } from '../dig/types.ts';
import { type ConfigMap, type ConfigValue, isFloat, isList, isMap } from '../expr/config-value.ts';

/** What Digdag holds of a YAML node at run time. */
function configOf(node: YamlNode): ConfigValue {
  switch (node.kind) {
    case 'map':
      return configMap(node.entries);
    case 'list':
      return node.items.map(configOf);
    case 'null':
      return null;
    case 'float':
      return { float: node.value };
    default:
      return node.value;
  }
}

export function configMap(entries: readonly YamlEntry[]): ConfigMap {
  return new Map(entries.map((entry) => [entry.key, configOf(entry.value)]));
}

/** A generated configuration as a tree for the compiler; all of it stands where the task that made it stands. */
export function nodeOf(config: ConfigMap, span: SourceSpan): YamlMap {
  return {
    kind: 'map',
    span,
    entries: [...config].map(([key, value]) => ({ key, keySpan: span, value: valueNode(value, span) })),
  };
}

function valueNode(value: ConfigValue, span: SourceSpan): YamlNode {
  if (value === null) return { kind: 'null', span };
  if (typeof value === 'string') return { kind: 'string', value, span };
  if (typeof value === 'boolean') return { kind: 'bool', value, span };
  if (typeof value === 'number' || typeof value === 'bigint') return { kind: 'int', value, span };
  if (isFloat(value)) return { kind: 'float', value: value.float, span };
  if (isList(value)) return { kind: 'list', items: value.map((item) => valueNode(item, span)), span };
  return isMap(value) ? nodeOf(value, span) : { kind: 'null', span };
}
