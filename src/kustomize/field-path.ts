import { BuildRefusal } from './failure.ts';
import { asMap, isList, isMap, type KMap, type KValue } from './value.ts';

/** One step of a dotted path: a key, every element, or the elements with a field of this value. */
export type FieldStep =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'all' }
  | { readonly kind: 'where'; readonly key: string; readonly value: string };

/** `spec.templates.[name=main].container.image`; a dot in a key is written `\.`. */
export function fieldSteps(path: string): readonly FieldStep[] {
  const parts = path.match(/\[[^\]]*\]|(?:\\.|[^.\\])+/g) ?? [];
  return parts.map((part): FieldStep => {
    if (part === '*') return { kind: 'all' };
    const where = /^\[([^=]+)=(.*)\]$/.exec(part);
    if (where !== null) return { kind: 'where', key: where[1] ?? '', value: where[2] ?? '' };
    if (part.startsWith('[')) throw new BuildRefusal(`the path ${path}`);
    return { kind: 'key', key: part.replaceAll('\\', '') };
  });
}

/** Changes what the path leads to. `create` makes what is missing; elements of lists are passed through by keys alone. */
export function changeAt(
  value: KValue | undefined,
  steps: readonly FieldStep[],
  create: boolean,
  change: (found: KValue | undefined) => KValue,
): KValue | undefined {
  const [step, ...rest] = steps;
  if (step === undefined) return value === undefined && !create ? undefined : change(value);
  if (step.kind === 'key') {
    if (isList(value)) {
      const index = /^\d+$/.test(step.key) ? Number(step.key) : undefined;
      return value.map((item, at) =>
        index === undefined
          ? (changeAt(item, steps, false, change) ?? item)
          : at === index
            ? (changeAt(item, rest, create, change) ?? item)
            : item,
      );
    }
    if (value !== undefined && value !== null && !isMap(value)) return value;
    const map: KMap = asMap(value);
    if (!Object.hasOwn(map, step.key) && !create) return value;
    const changed = changeAt(map[step.key], rest, create, change);
    return changed === undefined ? value : { ...map, [step.key]: changed };
  }
  if (!isList(value))
    return create && step.kind === 'where' && value === undefined ? [elementOf(step, rest, change)] : value;
  const hit = (item: KValue): boolean => step.kind === 'all' || String(asMap(item)[step.key] ?? '') === step.value;
  const changed = value.map((item) => (hit(item) ? (changeAt(item, rest, create, change) ?? item) : item));
  return create && step.kind === 'where' && !value.some(hit) ? [...changed, elementOf(step, rest, change)] : changed;
}

function elementOf(
  step: Extract<FieldStep, { kind: 'where' }>,
  rest: readonly FieldStep[],
  change: (found: KValue | undefined) => KValue,
): KValue {
  return changeAt({ [step.key]: step.value }, rest, true, change) ?? null;
}

/** What the path leads to; undefined where there is nothing. */
export function valuesAt(value: KValue | undefined, steps: readonly FieldStep[]): readonly KValue[] {
  const found: KValue[] = [];
  changeAt(value, steps, false, (at) => {
    if (at !== undefined) found.push(at);
    return at ?? null;
  });
  return found;
}
