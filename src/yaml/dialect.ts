import type { YamlNode } from './node.ts';

/** A scalar after tag resolution, before it has a place. */
export type ScalarValue =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'int'; readonly value: number | bigint }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'null' };

/** What a program makes of YAML text where programs differ. */
export interface Dialect {
  /** The type of a plain scalar without a tag; undefined where the program stops at it. */
  plain(text: string): ScalarValue | undefined;
  /** A scalar with an explicit tag; undefined where the text does not fit, `'unknown'` for a foreign tag. */
  tagged(tag: string, text: string): ScalarValue | 'unknown' | undefined;
  /** The key under which a mapping ends up in JSON; undefined where such a key is refused. */
  keyText(key: YamlNode): string | undefined;
  readonly duplicates: 'refused' | 'last-wins';
  /** Syntax that the program refuses though the YAML grammar of our parser takes it. */
  readonly strictness: 'snakeyaml' | 'libyaml' | 'pyyaml';
  /** A key with the tag `!include` becomes `!include:<n>`; without it the tag is unknown. */
  readonly includes: boolean;
}

/** Number text to number: exact as bigint where a double cannot hold it. */
export function integer(sign: string, digits: string, radix: 2 | 8 | 10 | 16): ScalarValue | undefined {
  const allowed = { 2: /^[01]+$/, 8: /^[0-7]+$/, 10: /^\d+$/, 16: /^[0-9a-fA-F]+$/ }[radix];
  if (!allowed.test(digits)) return undefined;
  const prefix = { 2: '0b', 8: '0o', 10: '', 16: '0x' }[radix];
  const size = BigInt(`${prefix}${digits}`);
  const value = sign === '-' ? -size : size;
  const small = value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER);
  return { kind: 'int', value: small ? Number(value) : value };
}
