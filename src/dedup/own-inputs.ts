import { entryOf, itemsOf, mapTexts, staticText } from '../ir/read-value.ts';
import type { MapValue, TextPart, Value } from '../ir/value.ts';

const reference = /\binputs\.parameters\.([A-Za-z0-9_-]+)|\binputs\.parameters\['([^']+)'\]/g;

/** The names of a template's own inputs, in the order in which its body reads them; those that nothing reads last. */
export function inputOrder(body: MapValue): readonly string[] {
  const declared = itemsOf(entryOf(body, 'inputs', 'parameters')).flatMap(
    (item) => staticText(entryOf(item, 'name')) ?? [],
  );
  const read: string[] = [];
  for (const [key, value] of body.entries) if (key !== 'inputs') collect(value, read);
  return [...new Set([...read.filter((name) => declared.includes(name)), ...declared])];
}

function collect(value: Value, read: string[]): void {
  switch (value.kind) {
    case 'text':
      for (const part of value.parts)
        if (part.kind === 'literal')
          for (const match of part.text.matchAll(reference)) read.push(match[1] ?? match[2] ?? '');
      return;
    case 'scalar':
      return;
    case 'list':
      for (const item of value.items) collect(item, read);
      return;
    case 'map':
      for (const entry of value.entries.values()) collect(entry, read);
  }
}

/** The body with its inputs called otherwise, where they are declared and wherever they are read. */
export function renameInputs(body: MapValue, names: ReadonlyMap<string, string>): MapValue {
  if ([...names].every(([from, to]) => from === to)) return body;
  const entries = [...body.entries].map(([key, value]): [string, Value] => [
    key,
    key === 'inputs'
      ? renameDeclared(value, names)
      : mapTexts(value, (text) => ({ ...text, parts: text.parts.map((part) => renamed(part, names)) })),
  ]);
  return { ...body, entries: new Map(entries) };
}

function renameDeclared(inputs: Value, names: ReadonlyMap<string, string>): Value {
  const parameters = entryOf(inputs, 'parameters');
  if (inputs.kind !== 'map' || parameters?.kind !== 'list') return inputs;
  const order = [...names.values()];
  const items = parameters.items.map((item) => withName(item, names)).sort((a, b) => rank(a, order) - rank(b, order));
  return { ...inputs, entries: new Map([...inputs.entries, ['parameters', { ...parameters, items }]]) };
}

function rank(item: Value, order: readonly string[]): number {
  return order.indexOf(staticText(entryOf(item, 'name')) ?? '');
}

function withName(item: Value, names: ReadonlyMap<string, string>): Value {
  const name = entryOf(item, 'name');
  const to = names.get(staticText(name) ?? '');
  if (item.kind !== 'map' || name?.kind !== 'text' || to === undefined) return item;
  const renamedText: Value = { ...name, parts: [{ kind: 'literal', text: to, from: name.from }] };
  return { ...item, entries: new Map([...item.entries, ['name', renamedText]]) };
}

function renamed(part: TextPart, names: ReadonlyMap<string, string>): TextPart {
  if (part.kind !== 'literal' || !part.text.includes('inputs.parameters')) return part;
  const text = part.text.replaceAll(reference, (whole, plain: string | undefined, quoted: string | undefined) => {
    const to = names.get(plain ?? quoted ?? '');
    return to === undefined ? whole : `inputs.parameters.${to}`;
  });
  return { ...part, text };
}
