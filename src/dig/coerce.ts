import { javaDouble } from '../yaml/java-number.ts';
import type { YamlNode } from './types.ts';

/** How Digdag's configuration (Jackson 2.9) turns a value into the type that is asked for; undefined where it refuses. */
export function asBoolean(node: YamlNode | undefined): boolean | undefined {
  switch (node?.kind) {
    case undefined:
    case 'null':
      return false;
    case 'bool':
      return node.value;
    case 'int':
      return Number(node.value) !== 0;
    case 'string': {
      const text = node.value.trim();
      if (text === 'true' || text === 'True') return true;
      return text === 'false' || text === 'False' || text === '' || text === 'null' ? false : undefined;
    }
    default:
      return undefined;
  }
}

/** A Java int; fractions are cut off. */
export function asInt(node: YamlNode): number | undefined {
  const value = numberOf(node);
  return value !== undefined && value >= -(2 ** 31) && value < 2 ** 31 ? Math.trunc(value) : undefined;
}

/** A Java long, within what a double holds exactly. */
export function asLong(node: YamlNode): number | undefined {
  const value = numberOf(node);
  return value !== undefined && Number.isSafeInteger(Math.trunc(value)) ? Math.trunc(value) : undefined;
}

function numberOf(node: YamlNode): number | undefined {
  if (node.kind === 'int' || node.kind === 'float') return Number(node.value);
  if (node.kind !== 'string') return undefined;
  const text = node.value.trim();
  if (text === '' || text === 'null') return 0;
  return /^[-+]?\d+$/.test(text) ? Number(text) : undefined;
}

export function asText(node: YamlNode): string | undefined {
  switch (node.kind) {
    case 'string':
      return node.value;
    case 'int':
    case 'bool':
      return String(node.value);
    case 'float':
      return javaDouble(node.value);
    default:
      return undefined;
  }
}
