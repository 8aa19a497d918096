import { sessionExprToArgo } from '../../argo-expr/from-session.ts';
import { evaluateTemplate } from '../../argo-expr/template.ts';
import { list, map, scalar, text } from '../../ir/build-value.ts';
import type { Provenance, TextPart, Value } from '../../ir/value.ts';
import { readableText } from '../../launchers/shell/text-value.ts';

/** Plain data of an example as a Value. */
export function toValue(plain: unknown, from: Provenance): Value {
  if (Array.isArray(plain))
    return list(
      plain.map((item) => toValue(item, from)),
      from,
    );
  if (typeof plain === 'object' && plain !== null)
    return map(
      Object.entries(plain).map(([key, entry]) => [key, toValue(entry, from)]),
      from,
    );
  if (typeof plain === 'number' || typeof plain === 'boolean' || plain === null) return scalar(plain, from);
  return text(String(plain), from);
}

/** A Value as plain data; run-time parts as they are called or written. */
export function toPlain(
  value: Value | undefined,
  shown: (part: TextPart) => string | undefined = () => undefined,
): unknown {
  switch (value?.kind) {
    case undefined:
      return undefined;
    case 'text':
      return value.parts.map((part) => shown(part) ?? readableText({ ...value, parts: [part] })).join('');
    case 'scalar':
      return value.value;
    case 'list':
      return value.items.map((item) => toPlain(item, shown));
    case 'map':
      return Object.fromEntries([...value.entries].map(([key, entry]) => [key, toPlain(entry, shown)]));
  }
}

/** What a run-time part that the session decides is in one session, as Argo works it out. */
export function atSession(session: string, timezone: string): (part: TextPart) => string | undefined {
  return (part) => {
    if (part.kind !== 'runtime' || part.expr.kind !== 'session') return undefined;
    const written = sessionExprToArgo(part.expr.ast, { timezone, input: { kind: 'time', name: 'session_time' } });
    if (written.kind === 'refused') return `<${written.reason}>`;
    const result = evaluateTemplate(written.text, new Map([['inputs.parameters.session_time', session]]));
    return result.kind === 'text' ? result.text : `<${result.kind}>`;
  };
}

/** True where every field that is wanted is there; lists must agree item by item. Problems name the path. */
export function missing(wanted: unknown, got: unknown, path = ''): readonly string[] {
  if (Array.isArray(wanted)) {
    const items: readonly unknown[] = Array.isArray(got) ? got : [];
    if (!Array.isArray(got) || items.length !== wanted.length)
      return [`${path}: wanted ${wanted.length} items, got ${Array.isArray(got) ? items.length : JSON.stringify(got)}`];
    return wanted.flatMap((item, at) => missing(item, items[at], `${path}[${at}]`));
  }
  if (typeof wanted === 'object' && wanted !== null) {
    const entries = new Map<string, unknown>(typeof got === 'object' && got !== null ? Object.entries(got) : []);
    return Object.entries(wanted).flatMap(([key, entry]) =>
      missing(entry, entries.get(key), path === '' ? key : `${path}.${key}`),
    );
  }
  return wanted === got ? [] : [`${path}: wanted ${JSON.stringify(wanted)}, got ${JSON.stringify(got) ?? 'nothing'}`];
}
