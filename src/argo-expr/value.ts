import type { GoTime, GoZone } from './go-time.ts';

/** A value as expr-lang sees it. `int64` is what Unix() gives: arithmetic makes an int of it, calls that want an int refuse it. */
export type GoValue =
  | { readonly kind: 'nil' }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'int'; readonly value: bigint }
  | { readonly kind: 'int64'; readonly value: bigint }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'list'; readonly items: readonly GoValue[] }
  | { readonly kind: 'map'; readonly entries: ReadonlyMap<string, GoValue> }
  | { readonly kind: 'time'; readonly time: GoTime }
  | { readonly kind: 'duration'; readonly nanos: bigint }
  | { readonly kind: 'zone'; readonly zone: GoZone }
  | { readonly kind: 'month'; readonly value: bigint }
  | { readonly kind: 'weekday'; readonly value: bigint };

export type ValueKind = GoValue['kind'];

export const nil: GoValue = { kind: 'nil' };

export function stringValue(value: string): GoValue {
  return { kind: 'string', value };
}

export function boolValue(value: boolean): GoValue {
  return { kind: 'bool', value };
}

export function intValue(value: number | bigint): GoValue {
  return { kind: 'int', value: BigInt(value) };
}

/** Go compares strings by UTF-8 bytes, which is the order of code points. */
export function compareGoText(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const order = (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? 0);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}
