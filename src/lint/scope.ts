import type { SourceSpan } from '../core/source.ts';

/** The names that tags may use at one place, and whether names of unknown items and callers' parameters must be let pass. */
export interface TagScope {
  readonly names: ReadonlySet<string>;
  /** `item.*` of a list that is known only at run time. */
  readonly anyItem: boolean;
  /** Parameters of the workflow that uses this template. */
  readonly anyWorkflowParameter: boolean;
}

const checkedPrefixes = ['item.', 'steps.', 'inputs.', 'outputs.', 'pod.', 'workflow.', 'tasks.'];
const letPass = [
  'outputs.',
  'workflow.creationTimestamp',
  'workflow.scheduledTime',
  'workflow.duration',
  'tasks.name',
  'steps.name',
  'node.name',
];

export interface Tag {
  readonly text: string;
  readonly expression: boolean;
  readonly closed: boolean;
}

/** The tags of a text, as Argo's template engine cuts them: a tag ends at the first closing mark. */
export function tagsOf(text: string): readonly Tag[] {
  const tags: Tag[] = [];
  for (let from = text.indexOf('{{'); from >= 0; from = text.indexOf('{{', from)) {
    const end = text.indexOf('}}', from + 2);
    const body = text.slice(from + 2, end < 0 ? undefined : end);
    tags.push({
      text: body.startsWith('=') ? body.slice(1) : body,
      expression: body.startsWith('='),
      closed: end >= 0,
    });
    if (end < 0) break;
    from = end + 2;
  }
  return tags;
}

/** True where Argo's linter accepts a simple tag. @see argo-workflows workflow/validate, resolveAllVariables */
export function resolves(tag: string, scope: TagScope): boolean {
  const name = tag.trim();
  if (!checkedPrefixes.some((prefix) => name.startsWith(prefix)) || scope.names.has(name)) return true;
  if (name.startsWith('item.') && scope.anyItem) return true;
  if (name.startsWith('workflow.parameters') && scope.anyWorkflowParameter) return true;
  return letPass.some((prefix) => name.startsWith(prefix));
}

export interface PlacedText {
  readonly text: string;
  readonly span: SourceSpan;
}
