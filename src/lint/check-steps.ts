import { diagnose } from '../core/diagnose.ts';
import { checkCall, itemNames, outputNames } from './check-call.ts';
import { checkFieldName } from './check-names.ts';
import { checkTags } from './check-tags.ts';
import type { Called, LintContext } from './context.ts';
import { scopeOf } from './context.ts';
import { at, eachText, itemsOf, type LintNode, nameOf, textOf } from './node.ts';

/** Steps in groups: a step sees what earlier groups left. Returns the names that the template's own outputs may use. */
export function checkSteps(
  template: LintNode,
  inputs: ReadonlySet<string>,
  context: LintContext,
  checkInline: (inline: LintNode, inLoop: boolean) => void,
): ReadonlySet<string> {
  const names = new Set(inputs);
  const seen = new Set<string>();
  const groups = itemsOf(at(template, 'steps'));
  const optional: SkippedOutput[] = [];
  if (groups.length === 0)
    context.sink.add(
      diagnose(
        'LINT_MISSING',
        { what: 'step', where: `template ${nameOf(template)}` },
        { span: at(template, 'steps')?.span ?? template.span },
      ),
    );
  for (const group of groups) {
    const steps = group.kind === 'list' ? group.items : [group];
    if (steps.length === 0)
      context.sink.add(
        diagnose(
          'LINT_MISSING',
          { what: 'step', where: `a group of template ${nameOf(template)}` },
          { span: group.span },
        ),
      );
    for (const step of steps) {
      if (step.kind !== 'map') continue;
      checkStepName(step, seen, context);
      const called = checkCall(step, 'step', context);
      const prefix = `steps.${nameOf(step)}`;
      const loop = itemNames(step);
      names.add(`${prefix}.status`);
      // Hooks may read the step they belong to.
      const own = at(step, 'hooks') === undefined ? [] : outputNames(prefix, called, false, context);
      const inline = at(step, 'inline');
      const scope = scopeOf([...names, ...own, ...loop.names], context, loop.any);
      checkTags(
        step,
        { scope, inLoop: loop.loops, retried: at(template, 'retryStrategy') !== undefined },
        context,
        new Set(['inline']),
      );
      warnOfSkipped(step, optional, context);
      if (inline !== undefined) checkInline(inline, loop.loops);
      for (const name of outputNames(prefix, called, loop.loops, context)) names.add(name);
      optional.push(...skippedOutputs(prefix, step, called));
    }
  }
  const outputs = at(template, 'outputs');
  if (outputs !== undefined) warnOfSkipped(outputs, optional, context);
  return names;
}

function checkStepName(step: LintNode, seen: Set<string>, context: LintContext): void {
  const node = at(step, 'name');
  checkFieldName('step', node, step, context.sink);
  const name = textOf(node);
  if (seen.has(name) && name !== '')
    context.sink.add(diagnose('LINT_DUPLICATE', { what: 'step', name }, { span: node?.span ?? step.span }));
  seen.add(name);
}

interface SkippedOutput {
  readonly tag: string;
  readonly step: string;
}

/** Outputs that are missing when the step is skipped. */
function skippedOutputs(prefix: string, step: LintNode, called: Called): readonly SkippedOutput[] {
  if (textOf(at(step, 'when')) === '' || called.kind !== 'template') return [];
  const parameters = itemsOf(at(called.template, 'outputs', 'parameters')).filter(
    (output) => at(output, 'valueFrom', 'default') === undefined,
  );
  return [
    { tag: `${prefix}.outputs.result`, step: nameOf(step) },
    ...parameters.map((output) => ({ tag: `${prefix}.outputs.parameters.${nameOf(output)}`, step: nameOf(step) })),
  ];
}

function warnOfSkipped(node: LintNode, outputs: readonly SkippedOutput[], context: LintContext): void {
  if (outputs.length === 0) return;
  eachText(node, (text, span) => {
    const used = outputs.find(({ tag }) => new RegExp(`\\{\\{\\s*${tag.replaceAll('.', '\\.')}\\s*\\}\\}`).test(text));
    if (used !== undefined)
      context.sink.add(
        diagnose(
          'LINT_RISK',
          { what: `{{${used.tag}}} has no value when step ${used.step} is skipped: give the output a default` },
          { span },
        ),
      );
  });
}
