import { assertNever } from '../core/assert-never.ts';
import type { SourceSpan } from '../core/source.ts';
import type { Provenance, TextPart, Value } from '../ir/value.ts';
import type { ChainLink } from './types.ts';

/** More than a reader follows; a text of many macros has as many ways back. */
const MAX_LINKS = 24;

/** The way of a value back to the legacy tree: its own first, then that of each part of its text, each link once. */
export function chainOf(value: Value): readonly ChainLink[] {
  const links = new Map<string, ChainLink>();
  addProvenance(value.from, links);
  if (value.kind === 'text') for (const part of value.parts) addPart(part, links);
  for (const control of value.control) {
    const at = firstSpan(control);
    if (at !== undefined) add({ via: 'condition', at }, links);
  }
  return [...links.values()];
}

function addPart(part: TextPart, links: Map<string, ChainLink>): void {
  if (part.kind === 'variable') {
    const at = firstSpan(part.from);
    add({ via: 'variable', name: part.variable, ...(at === undefined ? {} : { at }) }, links);
  }
  addProvenance(part.from, links);
}

function addProvenance(from: Provenance, links: Map<string, ChainLink>): void {
  switch (from.via) {
    case 'literal':
      add({ via: 'source', at: from.span }, links);
      return;
    case 'jinja':
      add({ via: 'template', at: from.span, name: from.template }, links);
      for (const input of from.inputs) addProvenance(input, links);
      return;
    case 'export':
      add({ via: 'variable', at: from.span, name: from.name }, links);
      return;
    case 'include':
      add({ via: 'include', at: from.span }, links);
      addProvenance(from.from, links);
      return;
    case 'rule':
      add({ via: 'rule', name: from.rule }, links);
      for (const inner of from.from) addProvenance(inner, links);
      return;
    case 'default':
      add({ via: 'default', name: from.reason }, links);
      return;
    default:
      assertNever(from);
  }
}

function firstSpan(from: Provenance): SourceSpan | undefined {
  if (from.via === 'rule') {
    for (const inner of from.from) {
      const span = firstSpan(inner);
      if (span !== undefined) return span;
    }
    return undefined;
  }
  return from.via === 'default' ? undefined : from.span;
}

function add(link: ChainLink, links: Map<string, ChainLink>): void {
  if (links.size >= MAX_LINKS) return;
  const key = `${link.via}\u0000${link.name ?? ''}\u0000${link.at?.file ?? ''}\u0000${link.at?.start.offset ?? ''}`;
  if (!links.has(key)) links.set(key, link);
}
