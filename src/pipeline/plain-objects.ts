import type { KMap, KValue } from '../kustomize/value.ts';
import type { Plain } from '../verify/effect.ts';

/** Built objects as the proof's plain data; an integer that a number cannot hold becomes its digits. */
export function plainObjects(objects: readonly KMap[]): readonly Plain[] {
  return objects.map(plainOf);
}

function plainOf(value: KValue): Plain {
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return value.map(plainOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plainOf(entry)]));
}
