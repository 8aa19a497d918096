import {
  type Document,
  isScalar,
  isSeq,
  isMap as isYamlMap,
  type Node,
  type Pair,
  parseAllDocuments,
  Scalar,
} from 'yaml';
import { BuildFailure, BuildRefusal } from './failure.ts';
import type { KMap, KValue } from './value.ts';
import { YamlAnchors } from './yaml-anchors.ts';

/**
 * How a plain scalar is read: `go-yaml-3` for resources and merge patches, `json` for JSON6902 operations, which pass
 * through a YAML 1.1 reader first.
 */
export type Dialect = 'go-yaml-3' | 'json';

/** The documents of a text; empty ones are left out. */
export function readDocuments(text: string, dialect: Dialect): readonly KValue[] {
  const documents = parseAllDocuments(text, {
    version: '1.2',
    schema: 'failsafe',
    uniqueKeys: true,
    logLevel: 'silent',
  });
  if (!Array.isArray(documents)) return [];
  return (documents as readonly Document.Parsed[]).flatMap((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw new BuildFailure(firstLine(error.message));
    const value = new Reader(dialect).value(document.contents);
    return value === null ? [] : [value];
  });
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').replace(/ at line (\d+), column \d+:$/, ' (line $1)');
}

class Reader {
  readonly #dialect: Dialect;
  readonly #anchors = new YamlAnchors();

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
  }

  value(node: Node | null | undefined): KValue {
    if (node === null || node === undefined) return null;
    const value = this.#anchors.follow(node, (target) => this.#read(target));
    if (value === undefined) throw new BuildFailure('an alias of nothing, or of what it stands in');
    return value;
  }

  #read(node: Node): KValue {
    if (isSeq(node)) return node.items.map((item) => this.value(item as Node | null));
    if (isYamlMap(node)) return this.#map(node.items as readonly Pair<Node, Node | null>[]);
    if (!isScalar(node)) throw new BuildRefusal('an unusual YAML node');
    if (node.tag !== undefined && node.tag !== 'tag:yaml.org,2002:str')
      throw new BuildRefusal(`the YAML tag ${node.tag}`);
    const text = typeof node.value === 'string' ? node.value : String(node.source ?? '');
    if (node.type !== Scalar.PLAIN || node.tag !== undefined) return text;
    if (unusualNumber.test(text)) throw new BuildRefusal(`the number ${text}`);
    return plainScalar(text, this.#dialect);
  }

  #map(pairs: readonly Pair<Node, Node | null>[]): KMap {
    const entries: [string, KValue][] = [];
    for (const pair of pairs) {
      const key = isScalar(pair.key) ? String(pair.key.value ?? pair.key.source ?? '') : undefined;
      if (key === undefined) throw new BuildRefusal('a key that is no text');
      if (key === '<<') throw new BuildRefusal('merge keys');
      entries.push([key, this.value(pair.value)]);
    }
    return Object.fromEntries(entries);
  }
}

const unusualNumber = /^[+-]?\.(?:inf|Inf|INF)$|^\.(?:nan|NaN|NAN)$/;

/** @see go-yaml v3 resolve.go; YAML 1.1 words are booleans in JSON6902 operations alone. */
export function plainScalar(text: string, dialect: Dialect): KValue {
  if (/^(?:~|null|Null|NULL|)$/.test(text)) return null;
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  if (/^(?:false|False|FALSE)$/.test(text)) return false;
  if (dialect === 'json' && /^(?:y|Y|yes|Yes|YES|on|On|ON)$/.test(text)) return true;
  if (dialect === 'json' && /^(?:n|N|no|No|NO|off|Off|OFF)$/.test(text)) return false;
  if (dialect === 'go-yaml-3' && /^\d{4}-\d{2}-\d{2}$/.test(text)) return `${text}T00:00:00Z`;
  return numberOf(text) ?? text;
}

function numberOf(text: string): number | bigint | undefined {
  const plain = text.replaceAll('_', '');
  const integer = /^([+-]?)(0x[0-9a-fA-F]+|0o[0-7]+|0b[01]+|0[0-7]+|\d+)$/.exec(plain);
  if (integer !== null) {
    const [, sign = '', digits = ''] = integer;
    if (text.startsWith('_')) return undefined;
    // A leading zero means octal; with an 8 or 9 it is a decimal float.
    const value = BigInt(
      /^0[0-7]+$/.test(digits)
        ? `0o${digits.slice(1)}`
        : /^0[0-9]/.test(digits)
          ? digits.replace(/^0+/, '') || '0'
          : digits,
    );
    const signed = sign === '-' ? -value : value;
    return signed >= BigInt(Number.MIN_SAFE_INTEGER) && signed <= BigInt(Number.MAX_SAFE_INTEGER)
      ? Number(signed)
      : signed;
  }
  return /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/.test(plain) && !text.startsWith('_')
    ? Number(plain)
    : undefined;
}
