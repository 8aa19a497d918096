import { type Expression, parse } from 'acorn';
import { textOf } from '../ir/build-value.ts';
import type { Provenance, TextPart, TextValue, Value } from '../ir/value.ts';
import { findExpressions } from './find.ts';
import { Unreadable } from './known.ts';
import { insertedParts } from './known-text.ts';
import { ExpressionReader } from './read-expression.ts';

/** The reason of an opaque part whose value is the same in every session, so that running it once in the sandbox settles it. */
export const needsEvaluation = 'it must be run to know its value, which is the same in every session';

/**
 * A Digdag string with its `${…}` as text parts, without running anything. `scope` holds the visible parameters, already evaluated;
 * the session's own parameters need not be in it. What cannot be read exactly becomes an opaque part with the reason.
 */
export function analyseText(text: string, textFrom: Provenance, scope: ReadonlyMap<string, Value>): TextValue {
  if (!text.includes('$')) return textOf([{ kind: 'literal', text, from: textFrom }], textFrom);
  const parts = findExpressions(text).flatMap((part): readonly TextPart[] => {
    if (part.kind === 'text') return [{ kind: 'literal', text: part.text, from: textFrom }];
    return analyseExpression(part.source, textFrom, scope);
  });
  return textOf(parts, textFrom);
}

/** The parts that one `${source}` stands for. */
function analyseExpression(source: string, from: Provenance, scope: ReadonlyMap<string, Value>): readonly TextPart[] {
  if (source === '') return [];
  const plain = plainParameter(source, scope);
  if (plain !== undefined) return plain;
  const opaque = (reason: string): readonly TextPart[] => [
    { kind: 'runtime', expr: { kind: 'opaque', engine: 'digdag', source, reason }, from },
  ];
  const node = parseExpression(source);
  if (node === undefined) return opaque('it is no expression of ES5');
  const reader = new ExpressionReader(scope, from);
  try {
    return insertedParts(reader.read(node), from);
  } catch (error) {
    if (error instanceof Unreadable) return opaque(reader.varies ? error.message : needsEvaluation);
    throw error;
  }
}

/** `${name}` of a number or boolean: the value as written where it was exported. */
function plainParameter(source: string, scope: ReadonlyMap<string, Value>): readonly TextPart[] | undefined {
  const value = scope.get(source.trim());
  if (value?.kind !== 'scalar') return undefined;
  if (value.value === null) return [];
  const text = typeof value.value === 'bigint' ? String(Number(value.value)) : JSON.stringify(value.value);
  return [
    value.from.via === 'export'
      ? { kind: 'variable', text, variable: value.from.name, from: value.from }
      : { kind: 'literal', text, from: value.from },
  ];
}

/** The expression as ES5; undefined where it is none. */
function parseExpression(source: string): Expression | undefined {
  try {
    const [statement, ...others] = parse(`(${source}\n)`, { ecmaVersion: 5 }).body;
    return statement?.type === 'ExpressionStatement' && others.length === 0 ? statement.expression : undefined;
  } catch {
    return undefined;
  }
}
