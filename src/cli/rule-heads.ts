import { parseDocument } from 'yaml';
import { sortedBy } from '../core/order.ts';
import type { SourceFile } from '../core/source.ts';

export interface RuleHead {
  readonly kind: string;
  readonly id: string;
  readonly title: string;
  readonly path: string;
  readonly text: string;
}

/** The rules in the order of kind and id; of two with one id the later, which is the one that holds. */
export function ruleHeads(files: readonly SourceFile[]): readonly RuleHead[] {
  const byId = new Map<string, RuleHead>();
  for (const file of files) {
    const data: unknown = parseDocument(file.text).toJS();
    if (typeof data !== 'object' || data === null || !('id' in data)) continue;
    const head = {
      kind: field(data, 'kind'),
      id: field(data, 'id'),
      title: field(data, 'title'),
      path: file.path,
      text: file.text,
    };
    byId.set(head.id, head);
  }
  return sortedBy([...byId.values()], (rule) => `${rule.kind}\u0000${rule.id}`);
}

function field(data: object, name: string): string {
  return String(new Map<string, unknown>(Object.entries(data)).get(name) ?? '');
}
