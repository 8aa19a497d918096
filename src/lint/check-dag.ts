import { diagnose } from '../core/diagnose.ts';
import { checkCall, itemNames, outputNames } from './check-call.ts';
import { hasCycle } from './check-leaf.ts';
import { checkFieldName, checkUnique } from './check-names.ts';
import { checkTags } from './check-tags.ts';
import { type Called, type LintContext, scopeOf } from './context.ts';
import { at, itemsOf, type LintNode, nameOf, textOf } from './node.ts';

interface Dependency {
  readonly name: string;
  readonly result: string | undefined;
}

const results: ReadonlySet<string> = new Set([
  'Succeeded',
  'Failed',
  'Errored',
  'Skipped',
  'Omitted',
  'Daemoned',
  'AnySucceeded',
  'AllFailed',
]);

/** Tasks and what they wait for. Returns the names that the template's own outputs may use. */
export function checkDag(
  template: LintNode,
  inputs: ReadonlySet<string>,
  context: LintContext,
  checkInline: (inline: LintNode, inLoop: boolean) => void,
): ReadonlySet<string> {
  const { sink } = context;
  const dag = at(template, 'dag');
  const tasks = itemsOf(at(dag, 'tasks')).filter((task) => task.kind === 'map');
  if (tasks.length === 0)
    sink.add(
      diagnose(
        'LINT_MISSING',
        { what: 'task', where: `template ${nameOf(template)}` },
        { span: dag?.span ?? template.span },
      ),
    );
  checkUnique('task', tasks, sink);
  const byName = new Map(tasks.map((task) => [nameOf(task), task] as const));
  const usesDepends = tasks.some((task) => textOf(at(task, 'depends')) !== '');
  const ordered = usesDepends || tasks.some((task) => itemsOf(at(task, 'dependencies')).length > 0);
  const called = new Map<string, Called>();
  for (const task of tasks) {
    checkFieldName('task', at(task, 'name'), task, sink);
    checkOrder(task, byName, { usesDepends, ordered }, context);
    called.set(nameOf(task), checkCall(task, 'task', context));
  }
  const edges = new Map(tasks.map((task) => [nameOf(task), dependenciesOf(task).map(({ name }) => name)] as const));
  if (hasCycle(edges))
    sink.add(diagnose('LINT_CYCLE', { template: nameOf(template) }, { span: dag?.span ?? template.span }));
  for (const target of textOf(at(dag, 'target')).split(' '))
    if (target !== '' && !target.includes('{{') && !byName.has(target))
      sink.add(
        diagnose('LINT_UNDEFINED', { what: 'task', name: target }, { span: at(dag, 'target')?.span ?? template.span }),
      );
  return checkTaskTags(tasks, template, inputs, called, context, checkInline);
}

/** Every task may read every other one's outputs, but the linter wants the order to say so where an argument is one tag. */
function checkTaskTags(
  tasks: readonly LintNode[],
  template: LintNode,
  inputs: ReadonlySet<string>,
  called: ReadonlyMap<string, Called>,
  context: LintContext,
  checkInline: (inline: LintNode, inLoop: boolean) => void,
): ReadonlySet<string> {
  const names = new Set(inputs);
  for (const task of tasks) {
    const loop = itemNames(task);
    for (const name of outputNames(
      `tasks.${nameOf(task)}`,
      called.get(nameOf(task)) ?? { kind: 'unknown' },
      loop.loops,
      context,
    ))
      names.add(name);
    if (at(task, 'hooks') !== undefined) names.add(`tasks.${nameOf(task)}.status`);
  }
  for (const task of tasks) {
    const loop = itemNames(task);
    const before = ancestorsOf(task, tasks);
    const scope = scopeOf(
      [...names, ...[...before].map((name) => `tasks.${name}.status`), ...loop.names],
      context,
      loop.any,
    );
    checkTags(
      task,
      { scope, inLoop: loop.loops, retried: at(template, 'retryStrategy') !== undefined },
      context,
      new Set(['inline']),
    );
    const inline = at(task, 'inline');
    if (inline !== undefined) checkInline(inline, loop.loops);
    for (const argument of itemsOf(at(task, 'arguments', 'parameters'))) {
      const value = at(argument, 'value');
      const other = /^\{\{tasks\.([^.}]+)/.exec(textOf(value))?.[1];
      if (other !== undefined && !before.has(other))
        context.sink.add(
          diagnose('LINT_UNDEFINED', { what: 'dependency on task', name: other }, { span: value?.span ?? task.span }),
        );
    }
  }
  return names;
}

function checkOrder(
  task: LintNode,
  byName: ReadonlyMap<string, LintNode>,
  { usesDepends, ordered }: { readonly usesDepends: boolean; readonly ordered: boolean },
  context: LintContext,
): void {
  const { sink } = context;
  const name = nameOf(task);
  const dependencies = at(task, 'dependencies');
  const listed = itemsOf(dependencies).length > 0;
  if (ordered && /^\d/.test(name))
    sink.add(
      diagnose(
        'LINT_NAME',
        { what: 'task', name, rule: 'it may not begin with a digit where tasks depend on each other' },
        { span: at(task, 'name')?.span ?? task.span },
      ),
    );
  if (usesDepends && listed)
    sink.add(
      diagnose(
        'LINT_CONFLICT',
        { what: 'both depends and dependencies', where: 'the DAG' },
        { span: dependencies?.span ?? task.span },
      ),
    );
  const continueOn = at(task, 'continueOn');
  if (usesDepends && continueOn !== undefined)
    sink.add(
      diagnose(
        'LINT_CONFLICT',
        { what: 'continueOn beside depends', where: `task ${name}` },
        { span: continueOn.span },
      ),
    );
  const depends = at(task, 'depends');
  if (textOf(depends) !== '' && !readable(textOf(depends)))
    sink.add(
      diagnose(
        'LINT_EXPRESSION',
        { expression: textOf(depends), problem: 'names of tasks joined by &&, || and ! are wanted' },
        { span: depends?.span ?? task.span },
      ),
    );
  for (const dependency of dependenciesOf(task)) {
    const span = depends?.span ?? dependencies?.span ?? task.span;
    const other = byName.get(dependency.name);
    if (other === undefined) sink.add(diagnose('LINT_UNDEFINED', { what: 'task', name: dependency.name }, { span }));
    if (dependency.result !== undefined && !results.has(dependency.result))
      sink.add(
        diagnose(
          'LINT_VALUE',
          { field: `depends on ${dependency.name}`, value: dependency.result, want: [...results].join(', ') },
          { span },
        ),
      );
    if (
      other !== undefined &&
      (dependency.result === 'AnySucceeded' || dependency.result === 'AllFailed') &&
      !itemNames(other).loops
    )
      sink.add(
        diagnose(
          'LINT_VALUE',
          {
            field: `depends on ${dependency.name}`,
            value: dependency.result,
            want: 'a result of a single task: it has no items',
          },
          { span },
        ),
      );
  }
}

const taskName = /[A-Za-z0-9][-A-Za-z0-9_]*(?:\.[A-Za-z]+)?/g;

function dependenciesOf(task: LintNode): readonly Dependency[] {
  const depends = textOf(at(task, 'depends'));
  if (depends === '')
    return itemsOf(at(task, 'dependencies')).map((item) => ({ name: textOf(item), result: undefined }));
  return (depends.match(taskName) ?? []).map((part) => {
    const [name = '', result] = part.split('.');
    return { name, result };
  });
}

/** True for names joined by `&&`, `||`, `!` and parentheses. */
function readable(depends: string): boolean {
  const shape = depends.replace(taskName, 'n').replace(/\s+/g, '');
  let rest = shape;
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest
      .replace(/!n/g, 'n')
      .replace(/\(n\)/g, 'n')
      .replace(/n(?:&&|\|\|)n/g, 'n');
  }
  return rest === 'n';
}

function ancestorsOf(task: LintNode, tasks: readonly LintNode[]): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (at_: LintNode): void => {
    for (const { name } of dependenciesOf(at_)) {
      if (found.has(name)) continue;
      found.add(name);
      const next = tasks.find((other) => nameOf(other) === name);
      if (next !== undefined) visit(next);
    }
  };
  visit(task);
  return found;
}
