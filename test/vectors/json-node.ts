import { repoPath } from '../../src/core/source.ts';
import type { YamlMap, YamlNode } from '../../src/yaml/node.ts';

const point = { offset: 0, line: 1, col: 1 };
const span = { file: repoPath('case.dig'), start: point, end: point };

/** A recorded JSON value as the YAML tree that a file with it would give. */
function jsonNode(value: unknown): YamlNode {
  if (value === null || value === undefined) return { kind: 'null', span };
  if (typeof value === 'string') return { kind: 'string', value, span, source: value };
  if (typeof value === 'boolean') return { kind: 'bool', value, span, source: String(value) };
  if (typeof value === 'number')
    return { kind: Number.isInteger(value) ? 'int' : 'float', value, span, source: String(value) };
  if (Array.isArray(value)) return { kind: 'list', items: value.map(jsonNode), span };
  return jsonMap(value);
}

export function jsonMap(value: object): YamlMap {
  return {
    kind: 'map',
    entries: Object.entries(value).map(([key, entry]) => ({ key, keySpan: span, value: jsonNode(entry) })),
    span,
  };
}
