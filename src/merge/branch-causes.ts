import { formatPosition, type SourceSpan } from '../core/source.ts';
import type { Provenance, Value } from '../ir/value.ts';

/** What makes a difference between environments: a tag of a template that decides, or variables alone. */
export interface Cause {
  /** The `if` or `for` nearest to what it brings. */
  readonly tag?: SourceSpan;
  /** Variables behind it that may differ, by their paths. */
  readonly variables: readonly string[];
}

/** The causes behind a value that one side has, or that both have in another form; none where the difference is in the files themselves. */
export function causesOf(from: Value | undefined, to: Value | undefined): readonly Cause[] {
  const [before, after] = [gather(from), gather(to)];
  const tags = new Map<string, Cause>();
  for (const [key, tag] of [...before.tags, ...after.tags]) {
    const variables = differing(before.tags.get(key)?.inputs, after.tags.get(key)?.inputs);
    if (variables.length > 0) tags.set(key, { tag: tag.span, variables });
  }
  const variables = differing(before.inputs, after.inputs);
  // Of two texts it is not known which of them made the difference.
  const printed = from?.kind === 'text' && to?.kind === 'text' ? variables : [];
  if (tags.size > 0)
    return [...tags.values()].map((cause) => ({ ...cause, variables: [...new Set([...cause.variables, ...printed])] }));
  return variables.length === 0 ? [] : [{ variables }];
}

/** Variable → where it is set. */
type Inputs = ReadonlyMap<string, string>;

interface Gathered {
  readonly tags: ReadonlyMap<string, { readonly span: SourceSpan; readonly inputs: Inputs }>;
  readonly inputs: Inputs;
}

function gather(value: Value | undefined): Gathered {
  const tags = new Map<string, { span: SourceSpan; inputs: Inputs }>();
  const inputs = new Map<string, string>();
  const visit = (node: Value): void => {
    const nearest = node.control.findLast((each) => each.via === 'jinja');
    if (nearest?.via === 'jinja')
      tags.set(formatPosition(nearest.span), { span: nearest.span, inputs: inputsOf(nearest) });
    for (const [name, place] of inputsOf(node.from)) inputs.set(name, place);
    if (node.kind === 'list') node.items.forEach(visit);
    if (node.kind === 'map') for (const entry of node.entries.values()) visit(entry);
  };
  if (value !== undefined) visit(value);
  return { tags, inputs };
}

function inputsOf(from: Provenance): Inputs {
  switch (from.via) {
    case 'export':
      return new Map([[from.name, formatPosition(from.span)]]);
    case 'jinja':
      return new Map(from.inputs.flatMap((input) => [...inputsOf(input)]));
    case 'rule':
      return new Map(from.from.flatMap((input) => [...inputsOf(input)]));
    case 'include':
      return inputsOf(from.from);
    case 'literal':
    case 'default':
      return new Map();
  }
}

/** A variable that both read from one place has one value in both. */
function differing(before: Inputs | undefined, after: Inputs | undefined): readonly string[] {
  const names = [...new Set([...(before ?? []), ...(after ?? [])].map(([name]) => name))];
  return names.filter((name) => {
    const [a, b] = [before?.get(name), after?.get(name)];
    return a === undefined || b === undefined || a !== b;
  });
}
