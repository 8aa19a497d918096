import { assertNever } from '../../core/assert-never.ts';
import type { Body, If, Statement } from '../ast.ts';
import { bare, beginOperation, endOperation, union } from '../tags/tracker.ts';
import { call } from '../values/call.ts';
import { PyError } from '../values/error.ts';
import { truthy } from '../values/iterate.ts';
import { Namespace } from '../values/namespace.ts';
import { textRepr } from '../values/print.ts';
import { type Control, noLabels, type Value } from '../values/value.ts';
import { namespaceTargets, statementsBelow } from '../walk.ts';
import { assign, assignNames } from './assign.ts';
import { blocksOf } from './context.ts';
import { spread } from './escaping.ts';
import { evaluate, evaluateArguments, holds } from './expression.ts';
import type { Frame } from './frame.ts';
import { exportedValue, importModule, loadNamed, runInclude } from './include.ts';
import { runBlock } from './inherit.ts';
import { runLoop } from './loop.ts';
import { MacroFunction } from './macro.ts';
import { type Flow, Output } from './runtime.ts';
import { missing, Scope } from './scope.ts';

export function runBody(body: Body, frame: Frame): Flow {
  for (const statement of body) {
    const flow = runStatement(statement, frame);
    if (flow !== 'done') return flow;
  }
  return 'done';
}

function runStatement(node: Statement, frame: Frame): Flow {
  const { runtime } = frame;
  switch (node.kind) {
    case 'output':
      return runOutput(node, frame);
    case 'if':
      return runIf(node, frame);
    case 'for':
      runLoop(node, frame);
      return 'done';
    case 'set':
      checkNamespaces(node, frame);
      runtime.line = node.line;
      assignNames(node.target, evaluate(node.value, frame), frame);
      return 'done';
    case 'set-block':
      runSetBlock(node, frame);
      return 'done';
    case 'macro':
      assign(node.name, new MacroFunction(node, macroInfo(node, frame), frame), frame, true);
      return 'done';
    case 'call-block':
      runCallBlock(node, frame);
      return 'done';
    case 'filter-block':
      runFilterBlock(node, frame);
      return 'done';
    case 'with':
      return runWith(node, frame);
    case 'autoescape':
      return runAutoescape(node, frame);
    case 'block':
      runBlockTag(node, frame);
      return 'done';
    case 'extends':
      runExtends(node, frame);
      return 'done';
    case 'include':
      runtime.line = node.line;
      runInclude(node, frame);
      return 'done';
    case 'import':
    case 'from':
      runImport(node, frame);
      return 'done';
    case 'do':
      runtime.line = node.line;
      evaluate(node.value, frame);
      return 'done';
    case 'break':
    case 'continue':
      return node.kind;
    default:
      return assertNever(node);
  }
}

function runOutput(node: Extract<Statement, { kind: 'output' }>, frame: Frame): Flow {
  if (frame.checksOutput && frame.inheritance.parent !== undefined) return 'done';
  for (const item of node.items) {
    if (item.kind === 'data') frame.out.data(item.text, item.origin);
    else {
      frame.runtime.line = item.line;
      const outer = beginOperation();
      frame.out.print(evaluate(item.value, frame), item.origin);
      endOperation(outer);
    }
  }
  return 'done';
}

function runIf(node: If, frame: Frame): Flow {
  const { runtime } = frame;
  const control: Control = { origin: node.origin, labels: noLabels };
  let chosen: { readonly body: Body; readonly origin: Control['origin'] } = {
    body: node.otherwise,
    origin: node.origin,
  };
  for (const branch of node.branches) {
    runtime.line = branch.line;
    const outer = beginOperation();
    const chosenNow = holds(evaluate(branch.test, frame), runtime);
    control.labels = union(control.labels, endOperation(outer));
    if (!chosenNow) continue;
    chosen = branch;
    break;
  }
  if (!runtime.tracking) return runBody(chosen.body, frame);
  const flow = runtime.under({ origin: chosen.origin, labels: control.labels }, () => runBody(chosen.body, frame));
  if (frame.loop !== undefined && endsLoop(node)) frame.loop.labels = union(frame.loop.labels, control.labels);
  if (control.labels.size > 0) {
    frame.out.mark(control);
    spread(node, control.labels, frame);
  }
  return flow;
}

/** With a break or continue below, the rest of the loop depends on the condition. */
function endsLoop(node: If): boolean {
  for (const statement of statementsBelow([node]))
    if (statement.kind === 'break' || statement.kind === 'continue') return true;
  return false;
}

function checkNamespaces(node: Extract<Statement, { kind: 'set' }>, frame: Frame): void {
  for (const reference of namespaceTargets(node.target)) {
    const slot = frame.scope.get(reference.name);
    if (slot !== missing && bare(slot) instanceof Namespace) continue;
    frame.runtime.line = frame.template.checkLines.get(node) ?? node.line;
    throw new PyError('TemplateRuntimeError', 'cannot assign attribute on non-namespace object');
  }
}

function runSetBlock(node: Extract<Statement, { kind: 'set-block' }>, frame: Frame): void {
  const { runtime } = frame;
  const out = new Output(runtime);
  const info = frame.template.frames.get(node);
  const scope = info === undefined ? frame.scope : new Scope(info, (name) => frame.context.resolve(name), frame.scope);
  const inner: Frame = { ...frame, scope, out, toplevel: false, checksOutput: false, filterInput: out };
  runBody(node.body, inner);
  runtime.line = node.line;
  assignNames(node.target, node.filter === undefined ? out.captured() : evaluate(node.filter, inner), frame);
}

function runFilterBlock(node: Extract<Statement, { kind: 'filter-block' }>, frame: Frame): void {
  const out = new Output(frame.runtime);
  const info = frame.template.frames.get(node);
  const scope = info === undefined ? frame.scope : new Scope(info, (name) => frame.context.resolve(name), frame.scope);
  const inner: Frame = { ...frame, scope, out, toplevel: false, filterInput: out };
  runBody(node.body, inner);
  frame.runtime.line = node.line;
  frame.out.printText(evaluate(node.filter, inner), node.origin);
}

function macroInfo(
  node: Extract<Statement, { kind: 'macro' | 'call-block' }>,
  frame: Frame,
): NonNullable<ReturnType<Frame['template']['macros']['get']>> {
  const info = frame.template.macros.get(node);
  if (info === undefined) throw new Error(`macro without analysis in ${frame.template.name}`);
  return info;
}

function runCallBlock(node: Extract<Statement, { kind: 'call-block' }>, frame: Frame): void {
  const caller = new MacroFunction(node, macroInfo(node, frame), frame);
  frame.runtime.line = node.line;
  const outer = beginOperation();
  const callee = evaluate(node.call.callee, frame);
  const args = evaluateArguments(node.call.args, frame);
  const kwargs = new Map<string, Value>([...args.kwargs, ['caller', caller]]);
  frame.out.printText(call(callee, { args: args.args, kwargs }), node.origin);
  endOperation(outer);
}

function runWith(node: Extract<Statement, { kind: 'with' }>, frame: Frame): Flow {
  const info = frame.template.frames.get(node);
  const values = node.values.map((value) => evaluate(value, frame));
  const scope = info === undefined ? frame.scope : new Scope(info, (name) => frame.context.resolve(name), frame.scope);
  const inner: Frame = { ...frame, scope, toplevel: false };
  node.targets.forEach((target, at) => assignNames(target, values[at] ?? null, inner));
  return runBody(node.body, inner);
}

function runAutoescape(node: Extract<Statement, { kind: 'autoescape' }>, frame: Frame): Flow {
  const info = frame.template.frames.get(node);
  const scope = info === undefined ? frame.scope : new Scope(info, (name) => frame.context.resolve(name), frame.scope);
  const inner: Frame = { ...frame, scope, toplevel: false };
  const outer = frame.runtime.autoescape;
  frame.runtime.autoescape = truthy(evaluate(node.value, inner));
  const flow = runBody(node.body, inner);
  frame.runtime.autoescape = outer;
  return flow;
}

function runBlockTag(node: Extract<Statement, { kind: 'block' }>, frame: Frame): void {
  if (frame.toplevel && frame.inheritance.parent !== undefined) return;
  const { context, runtime } = frame;
  runtime.line = node.line;
  if (node.required && (context.blocks.get(node.name)?.length ?? 0) <= 1)
    throw new PyError('TemplateRuntimeError', `Required block ${textRepr(node.name)} not found`);
  const blockContext = node.scoped ? context.derived(frame.scope.assigned(), context.blocks) : context;
  runBlock(node.name, 0, blockContext, frame.out);
}

function runExtends(node: Extract<Statement, { kind: 'extends' }>, frame: Frame): void {
  if (frame.inheritance.parent !== undefined) {
    frame.runtime.line = frame.template.checkLines.get(node) ?? node.line;
    throw new PyError('TemplateRuntimeError', 'extended multiple times');
  }
  frame.runtime.line = node.line;
  const { template, control } = loadNamed(node.template, frame, node.origin, false);
  // Everything written from here on exists because of this choice.
  if (control.labels.size > 0) frame.runtime.control = [...frame.runtime.control, control];
  for (const [name, levels] of blocksOf(template))
    frame.context.blocks.set(name, [...(frame.context.blocks.get(name) ?? []), ...levels]);
  frame.inheritance.parent = template;
}

function runImport(node: Extract<Statement, { kind: 'import' | 'from' }>, frame: Frame): void {
  frame.runtime.line = node.line;
  const { module, control } = importModule(node, frame);
  if (node.kind === 'import') {
    assign(node.target, module, frame, false);
    return;
  }
  for (const [name, alias] of node.names)
    assign(alias, exportedValue(module, control, name, node, frame), frame, false);
}
