import { diagnose } from '../core/diagnose.ts';
import { checkExpression } from './check-expressions.ts';
import type { LintContext } from './context.ts';
import { eachText, entriesOf, type LintNode } from './node.ts';
import { resolves, type TagScope, tagsOf } from './scope.ts';

export interface TagRules {
  readonly scope: TagScope;
  /** False where `item` means nothing. */
  readonly inLoop: boolean;
  /** False where the template is tried once. */
  readonly retried: boolean;
}

/** Every tag below a node must get a value there; expressions are read too. Inline templates have a scope of their own. */
export function checkTags(
  node: LintNode,
  rules: TagRules,
  context: LintContext,
  skip: ReadonlySet<string> = new Set(),
): void {
  for (const part of partsWithout(node, skip)) eachText(part, (text, span) => checkText(text, span, rules, context));
}

function partsWithout(node: LintNode, skip: ReadonlySet<string>): readonly LintNode[] {
  return skip.size === 0
    ? [node]
    : entriesOf(node)
        .filter(([key]) => !skip.has(key))
        .map(([, entry]) => entry.value);
}

function checkText(text: string, span: LintNode['span'], rules: TagRules, context: LintContext): void {
  if (!text.includes('{{')) return;
  for (const tag of tagsOf(text)) {
    const name = tag.text.trim();
    if (tag.expression) {
      if (tag.closed) checkExpression(tag.text, rules.scope, span, context.sink);
      continue;
    }
    const loose = (name === 'item' || name.startsWith('item.')) && !rules.inLoop;
    const unretried = name.startsWith('lastRetry.') && !rules.retried;
    // What an open tag swallows is part of its name.
    const swallowed = !tag.closed && !resolves(`${name}…`, rules.scope);
    if (loose || unretried || swallowed || !resolves(tag.text, rules.scope))
      context.sink.add(diagnose('LINT_UNRESOLVED', { tag: name }, { span }));
    if (name === 'retries' && !rules.retried)
      context.sink.add(
        diagnose('LINT_RISK', { what: '{{retries}} stays as text: the template has no retryStrategy' }, { span }),
      );
    if (!tag.closed)
      context.sink.add(
        diagnose(
          'LINT_RISK',
          { what: `{{${name} is not closed: it swallows what follows up to the next closing braces` },
          { span },
        ),
      );
    if (name === 'workflow.scheduledTime' && context.object.kind === 'Workflow')
      context.sink.add(
        diagnose(
          'LINT_RISK',
          { what: 'a plain Workflow has no scheduled time: {{workflow.scheduledTime}} stays as text' },
          { span },
        ),
      );
  }
}
