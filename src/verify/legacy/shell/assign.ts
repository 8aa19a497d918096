import { type Expansion, expandText, expandWords } from './expand.ts';
import { itemKey } from './expand-list.ts';
import type { Assignment } from './syntax.ts';

/** `NAME=`, `NAME+=`, `NAME[INDEX]=`, `NAME=(…)`. */
export function assign({ name, index, value, items, append = false }: Assignment, expansion: Expansion): void {
  const { state } = expansion;
  const keyed = state.variables.get(name)?.keyed ?? false;
  if (items !== undefined) {
    const found = new Map(append ? state.items(name) : []);
    let next = append ? 1 + Math.max(-1, ...[...found.keys()].map(Number).filter(Number.isFinite)) : 0;
    for (const item of items) {
      if (item.key === undefined) {
        for (const text of expandWords([item.value], expansion)) {
          found.set(String(next), text);
          next += 1;
        }
      } else {
        const key = itemKey(name, item.key, expansion);
        found.set(key, expandText(item.value, expansion));
        next = Number(key) + 1;
      }
    }
    state.setItems(name, found, keyed);
    return;
  }
  const text = expandText(value, expansion);
  if (index !== undefined) {
    const key = itemKey(name, index, expansion);
    const all = new Map(state.items(name));
    all.set(key, append ? (all.get(key) ?? '') + text : text);
    state.setItems(name, all, keyed);
  } else state.set(name, append ? (state.get(name) ?? '') + text : text);
}
