import { text } from '../ir/build-value.ts';
import { staticText } from '../ir/read-value.ts';
import type { MapValue, Value } from '../ir/value.ts';
import type { Template } from '../rules/types.ts';

/** The templates of the same WorkflowTemplate or workflow that steps, tasks and hooks of a body name, in reading order. */
export function calledTemplates(body: Value): readonly string[] {
  const names = new Set<string>();
  const visit = (value: Value): void => {
    if (value.kind === 'list') value.items.forEach(visit);
    if (value.kind !== 'map') return;
    const name = staticText(value.entries.get('template'));
    if (name !== undefined) names.add(name);
    for (const [key, entry] of value.entries) if (key !== 'templateRef') visit(entry);
  };
  visit(body);
  return [...names];
}

/** The names with everything that they call, directly or not: each before what it calls. */
export function withCalled(names: Iterable<string>, templates: readonly Template[]): readonly string[] {
  const bodies = new Map(templates.map((template) => [template.name, template.body]));
  const found = new Set<string>();
  const visit = (name: string): void => {
    const body = bodies.get(name);
    if (body === undefined || found.has(name)) return;
    found.add(name);
    calledTemplates(body).forEach(visit);
  };
  for (const name of names) visit(name);
  return [...found];
}

/** Every step, task and hook of a body that calls one of the templates, changed. */
export function mapCalls(body: MapValue, change: (call: MapValue, template: string) => MapValue): MapValue {
  const below = (value: Value): Value => {
    if (value.kind === 'map') return mapCalls(value, change);
    return value.kind === 'list' ? { ...value, items: value.items.map(below) } : value;
  };
  const entries = [...body.entries].map(([key, value]): [string, Value] => [
    key,
    key === 'templateRef' ? value : below(value),
  ]);
  const made: MapValue = { ...body, entries: new Map(entries) };
  const template = staticText(body.entries.get('template'));
  return template === undefined ? made : change(made, template);
}

/** The call with another template of the same owner. */
export function callingTemplate(call: MapValue, name: string): MapValue {
  const entries = [...call.entries].map(([key, value]): [string, Value] => [
    key,
    key === 'template' ? text(name, value.from) : value,
  ]);
  return { ...call, entries: new Map(entries) };
}
