import { textOf } from '../ir/build-value.ts';
import type { TextPart, TextValue, Value } from '../ir/value.ts';
import { needsEvaluation } from './analyse-text.ts';
import type { ConfigMap, ConfigValue } from './config-value.ts';
import type { Evaluator } from './evaluator.ts';

/**
 * The text with each part that only had to be run replaced by its value. Runs see the parameters of `scope` that are the same in every session.
 * What fails stays opaque, with the engine's own words as the reason.
 */
export function resolveStatic(
  text: TextValue,
  scope: ReadonlyMap<string, Value>,
  timezone: string,
  evaluator: Evaluator,
): TextValue {
  if (!text.parts.some(mustRun)) return text;
  const params = new Map<string, ConfigValue>([['timezone', timezone]]);
  for (const [name, value] of scope) {
    const fixed = fixedValue(value);
    if (fixed !== undefined) params.set(name, fixed);
  }
  return {
    ...text,
    parts: textOf(
      text.parts.map((part) => (mustRun(part) ? run(part, params, evaluator) : part)),
      text.from,
    ).parts,
  };
}

type OpaquePart = Extract<TextPart, { kind: 'runtime' }> & {
  readonly expr: { readonly kind: 'opaque'; readonly source: string };
};

function mustRun(part: TextPart): part is OpaquePart {
  return (
    part.kind === 'runtime' &&
    part.expr.kind === 'opaque' &&
    part.expr.engine === 'digdag' &&
    part.expr.reason === needsEvaluation
  );
}

function run(part: OpaquePart, params: ConfigMap, evaluator: Evaluator): TextPart {
  const result = evaluator.evaluateText(`\${${part.expr.source}}`, params);
  if (result.kind === 'value') return { kind: 'literal', text: result.value, from: part.from };
  return { ...part, expr: { kind: 'opaque', engine: 'digdag', source: part.expr.source, reason: result.message } };
}

/** A parameter as Digdag's engine sees it; undefined where a part of it is known only at run time. */
export function fixedValue(value: Value): ConfigValue | undefined {
  switch (value.kind) {
    case 'text':
      return value.parts.some((part) => part.kind === 'runtime')
        ? undefined
        : value.parts.map((part) => (part.kind === 'runtime' ? '' : part.text)).join('');
    case 'scalar':
      return value.value;
    case 'list': {
      const items: ConfigValue[] = [];
      for (const item of value.items) {
        const fixed = fixedValue(item);
        if (fixed === undefined) return undefined;
        items.push(fixed);
      }
      return items;
    }
    case 'map': {
      const entries = new Map<string, ConfigValue>();
      for (const [key, entry] of value.entries) {
        const fixed = fixedValue(entry);
        if (fixed === undefined) return undefined;
        entries.set(key, fixed);
      }
      return entries;
    }
  }
}
