import { compareText } from '../core/order.ts';
import type { RuntimeExpr, TextPart, Value } from './value.ts';

/** A text that is equal for values of equal meaning: provenance and comments do not count, neither does how a text is cut into literal parts. */
export function canonicalKey(value: Value): string {
  switch (value.kind) {
    case 'text':
      return `t${JSON.stringify(joined(value.parts))}`;
    case 'scalar':
      return `s${typeof value.value}:${String(value.value)}`;
    case 'list':
      return `[${value.items.map(canonicalKey).join(',')}]`;
    case 'map':
      return `{${[...value.entries]
        .sort(([a], [b]) => compareText(a, b))
        .map(([key, entry]) => `${JSON.stringify(key)}:${canonicalKey(entry)}`)
        .join(',')}}`;
  }
}

/** Equal for run-time expressions that always give the same text. */
export function runtimeKey(expr: RuntimeExpr): string {
  return JSON.stringify(expr);
}

function joined(parts: readonly TextPart[]): readonly string[] {
  const keys: string[] = [''];
  for (const part of parts) {
    if (part.kind === 'literal') keys[keys.length - 1] += part.text;
    else keys.push(part.kind === 'variable' ? `v${part.variable}=${part.text}` : `r${runtimeKey(part.expr)}`, '');
  }
  return keys;
}
