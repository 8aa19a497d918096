import { diagnose } from '../core/diagnose.ts';
import { checkArguments, checkInputs } from './check-arguments.ts';
import { checkPlainExpression, checkWhen } from './check-expressions.ts';
import { type Called, calledBy, type LintContext } from './context.ts';
import { at, entriesOf, itemsOf, type LintNode, nameOf, textOf } from './node.ts';

/** A step or task by itself: what it calls, its arguments, its `when`, its loop, its hooks. */
export function checkCall(call: LintNode, what: string, context: LintContext): Called {
  const { sink } = context;
  const [template, reference, inline] = [at(call, 'template'), at(call, 'templateRef'), at(call, 'inline')];
  const targets = [
    textOf(template) !== '' ? 'template' : '',
    reference === undefined ? '' : 'templateRef',
    inline === undefined ? '' : 'inline',
  ].filter((name) => name !== '');
  if (targets.length > 1)
    sink.add(
      diagnose('LINT_CONFLICT', { what: targets.join(' and '), where: `${what} ${nameOf(call)}` }, { span: call.span }),
    );
  if (targets.length === 0)
    sink.add(diagnose('LINT_MISSING', { what: 'template', where: `${what} ${nameOf(call)}` }, { span: call.span }));
  if (reference !== undefined)
    for (const field of ['name', 'template'])
      if (textOf(at(reference, field)) === '')
        sink.add(diagnose('LINT_MISSING', { what: field, where: 'templateRef' }, { span: reference.span }));
  checkArguments(`${what} ${nameOf(call)}`, at(call, 'arguments'), false, sink);
  const called = reported(calledBy(call, context), context);
  checkInputs(call, called, at(call, 'arguments'), sink);
  const when = at(call, 'when');
  if (when?.kind === 'string') checkWhen(textOf(when), when.span, sink);
  checkLoop(call, `${what} ${nameOf(call)}`, context);
  checkHooks(at(call, 'hooks'), context);
  const onExit = at(call, 'onExit');
  if (textOf(onExit) !== '' && !textOf(onExit).includes('{{') && !context.templates.has(textOf(onExit)))
    sink.add(
      diagnose('LINT_UNDEFINED', { what: 'template', name: textOf(onExit) }, { span: onExit?.span ?? call.span }),
    );
  return called;
}

function reported(called: Called, context: LintContext): Called {
  if (called.kind === 'undefined')
    context.sink.add(diagnose('LINT_UNDEFINED', { what: called.what, name: called.name }, { span: called.span }));
  return called;
}

export function checkHooks(hooks: LintNode | undefined, context: LintContext): void {
  for (const [event, entry] of entriesOf(hooks)) {
    const expression = at(entry.value, 'expression');
    if (textOf(expression) === '' && event !== 'exit')
      context.sink.add(
        diagnose('LINT_MISSING', { what: 'expression', where: `hook ${event}` }, { span: entry.value.span }),
      );
    if (expression?.kind === 'string' && textOf(expression) !== '')
      checkPlainExpression(textOf(expression), expression.span, context.sink);
    checkInputs(
      entry.value,
      reported(calledBy(entry.value, context), context),
      at(entry.value, 'arguments'),
      context.sink,
    );
  }
}

function checkLoop(call: LintNode, where: string, context: LintContext): void {
  const { sink } = context;
  const [items, param, sequence] = [at(call, 'withItems'), at(call, 'withParam'), at(call, 'withSequence')];
  const loops = [
    itemsOf(items).length > 0 ? 'withItems' : '',
    textOf(param) === '' ? '' : 'withParam',
    sequence === undefined ? '' : 'withSequence',
  ].filter((name) => name !== '');
  if (loops.length > 1) sink.add(diagnose('LINT_CONFLICT', { what: loops.join(' and '), where }, { span: call.span }));
  if (items?.kind === 'list' && items.items.length === 0)
    sink.add(
      diagnose('LINT_RISK', { what: `${where} has an empty withItems: the step runs once` }, { span: items.span }),
    );
  if (param?.kind === 'string' && !textOf(param).includes('{{') && textOf(param) !== '' && !isJsonList(textOf(param)))
    sink.add(
      diagnose(
        'LINT_VALUE',
        { field: `${where}: withParam`, value: textOf(param), want: 'a JSON list' },
        { span: param.span },
      ),
    );
  if (sequence === undefined) return;
  const given = ['count', 'start', 'end'].flatMap((field) => {
    const node = at(sequence, field);
    return node === undefined ? [] : [{ field, node }];
  });
  if (!given.some(({ field }) => field === 'count' || field === 'end'))
    sink.add(
      diagnose('LINT_MISSING', { what: 'count or end', where: `${where}: withSequence` }, { span: sequence.span }),
    );
  if (given.filter(({ field }) => field !== 'start').length > 1)
    sink.add(
      diagnose('LINT_CONFLICT', { what: 'count and end', where: `${where}: withSequence` }, { span: sequence.span }),
    );
  for (const { field, node } of given)
    if (!/^-?\d+$|\{\{/.test(textOf(node)))
      sink.add(
        diagnose(
          'LINT_VALUE',
          { field: `withSequence ${field}`, value: textOf(node), want: 'a whole number' },
          { span: node.span },
        ),
      );
}

function isJsonList(text: string): boolean {
  try {
    return Array.isArray(JSON.parse(text));
  } catch {
    return false;
  }
}

/** Names that the items of a loop give to tags. */
export function itemNames(call: LintNode): {
  readonly names: readonly string[];
  readonly any: boolean;
  readonly loops: boolean;
} {
  const items = itemsOf(at(call, 'withItems'));
  if (textOf(at(call, 'withParam')) !== '') return { names: ['item'], any: true, loops: true };
  if (at(call, 'withSequence') !== undefined) return { names: ['item'], any: false, loops: true };
  const names = items.flatMap((item) =>
    item.kind === 'map'
      ? entriesOf(item).map(([key]) => `item.${key}`)
      : item.kind === 'list'
        ? item.items.map((_, index) => `item.[${index}]`)
        : ['item'],
  );
  return { names: [...names, 'item'], any: false, loops: items.length > 0 };
}

/** Names that a step or task gives to those that come later. */
export function outputNames(
  prefix: string,
  called: Called,
  aggregated: boolean,
  context: LintContext,
): readonly string[] {
  const names = ['id', 'startedAt', 'finishedAt', 'hostNodeName'].map((name) => `${prefix}.${name}`);
  if (called.kind !== 'template') return names;
  const { template } = called;
  if (textOf(at(template, 'daemon')) === 'true') names.push(`${prefix}.ip`);
  if (
    ['container', 'containerSet', 'script', 'data', 'http', 'plugin'].some((kind) => at(template, kind) !== undefined)
  )
    names.push(`${prefix}.outputs.result`, `${prefix}.exitCode`);
  for (const list of ['parameters', 'artifacts'] as const) {
    for (const output of itemsOf(at(template, 'outputs', list))) {
      names.push(`${prefix}.outputs.${list}.${nameOf(output)}`);
      const global = textOf(at(output, 'globalName'));
      if (global !== '') context.globals.add(`workflow.outputs.${list}.${global}`);
    }
  }
  if (aggregated) names.push(`${prefix}.outputs.parameters`, `${prefix}.outputs.result`);
  return names;
}
