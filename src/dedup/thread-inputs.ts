import { byRule, list, map, text, withEntry } from '../ir/build-value.ts';
import { entryOf, itemsOf, mapTexts, partsOf, staticText } from '../ir/read-value.ts';
import type { MapValue, Value } from '../ir/value.ts';
import { CALL_RULE } from './called-files.ts';
import { calledTemplates, mapCalls } from './template-calls.ts';

/** A template of a called file. */
type NamedBody = readonly [name: string, body: MapValue];

const tag = /\{\{workflow\.parameters\.([A-Za-z0-9_-]+)\}\}/g;

/**
 * Templates that read values as parameters of the workflow, reading them as inputs: each template takes what it and what it
 * calls read, and hands it on.
 */
export function withThreadedInputs(templates: readonly NamedBody[]): readonly NamedBody[] {
  const needs = neededValues(templates);
  return templates.map(([name, body]) => {
    const renamed = mapTexts(body, (value) => ({
      ...value,
      parts: value.parts.map((part) =>
        part.kind === 'literal' ? { ...part, text: part.text.replaceAll(tag, '{{inputs.parameters.$1}}') } : part,
      ),
    }));
    if (renamed.kind !== 'map') throw new Error('a body is a map');
    const calling = mapCalls(renamed, (call, template) => handing(call, needs.get(template) ?? []));
    return [name, withDeclared(calling, needs.get(name) ?? [])];
  });
}

/** Template → the values that it and what it calls read, in the order in which a reader meets them. */
function neededValues(templates: readonly NamedBody[]): ReadonlyMap<string, readonly string[]> {
  const needs = new Map(templates.map(([name, body]) => [name, new Set(readIn(body))]));
  for (let changed = true; changed; ) {
    changed = false;
    for (const [name, body] of templates) {
      const own = needs.get(name);
      for (const value of calledTemplates(body).flatMap((called) => [...(needs.get(called) ?? [])])) {
        if (own === undefined || own.has(value)) continue;
        own.add(value);
        changed = true;
      }
    }
  }
  return new Map([...needs].map(([name, values]) => [name, [...values]]));
}

function readIn(body: MapValue): readonly string[] {
  return partsOf(body).flatMap((part) =>
    part.kind === 'literal' ? [...part.text.matchAll(tag)].flatMap((match) => match[1] ?? []) : [],
  );
}

function handing(call: MapValue, values: readonly string[]): MapValue {
  if (values.length === 0) return call;
  const from = byRule(CALL_RULE);
  const added = values.map((name) =>
    map(
      [
        ['name', text(name, from)],
        ['value', text(`{{inputs.parameters.${name}}}`, from)],
      ],
      from,
    ),
  );
  return withEntry(call, 'arguments', withParameters(call.entries.get('arguments'), added));
}

function withDeclared(body: MapValue, values: readonly string[]): MapValue {
  if (values.length === 0) return body;
  const from = byRule(CALL_RULE);
  const added = values.map((name) => map([['name', text(name, from)]], from));
  const inputs = withParameters(body.entries.get('inputs'), added);
  return { ...body, entries: new Map([['inputs', inputs], ...[...body.entries].filter(([key]) => key !== 'inputs')]) };
}

/** `inputs` or `arguments` with further parameters at the end. */
function withParameters(of: Value | undefined, added: readonly Value[]): MapValue {
  const from = byRule(CALL_RULE);
  const parameters = list([...itemsOf(entryOf(of, 'parameters')), ...added], from);
  return of?.kind === 'map' ? withEntry(of, 'parameters', parameters) : map([['parameters', parameters]], from);
}

/** The inputs that a template declares. */
export function inputNames(template: Value): readonly string[] {
  return itemsOf(entryOf(template, 'inputs', 'parameters')).flatMap((item) => staticText(entryOf(item, 'name')) ?? []);
}
