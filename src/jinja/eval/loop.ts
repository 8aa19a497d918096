import type { LoopInfo } from '../analyze.ts';
import type { For, Target } from '../ast.ts';
import { beginOperation, endOperation, peek, union } from '../tags/tracker.ts';
import { iterate } from '../values/iterate.ts';
import { type Control, noLabels, PyIterator, PyTuple, type Value } from '../values/value.ts';
import { assignNames } from './assign.ts';
import { spread } from './escaping.ts';
import { evaluate, holds } from './expression.ts';
import type { Frame } from './frame.ts';
import { LoopContext } from './loop-context.ts';
import { guardLoop } from './macro-guard.ts';
import { Output } from './runtime.ts';
import { missing, Scope } from './scope.ts';
import { runBody } from './statement.ts';

export function runLoop(node: For, frame: Frame): void {
  const info = frame.template.loops.get(node);
  if (info === undefined) throw new Error(`loop without analysis in ${frame.template.name}`);
  frame.runtime.line = node.line;
  if (node.recursive && info.isGenerator) {
    evaluate(node.iterable, frame);
    frame.out.addObject('generator');
    return;
  }
  if (node.recursive) {
    const out = runRecursive(node, info, frame, evaluate(node.iterable, frame), 0);
    frame.out.print(out, node.origin);
    return;
  }
  walk(node, info, frame, evaluate(node.iterable, frame), 0, undefined);
}

function runRecursive(node: For, info: LoopInfo, frame: Frame, items: Value, depth: number): Value {
  const { runtime } = frame;
  return runtime.enter(frame.template.name, node.line, () => {
    const out = new Output(runtime);
    walk(node, info, { ...frame, out, direct: undefined }, items, depth, (inner, innerDepth) =>
      runRecursive(node, info, frame, inner, innerDepth),
    );
    return out.captured();
  });
}

function walk(
  node: For,
  info: LoopInfo,
  frame: Frame,
  items: Value,
  depth: number,
  recurse: LoopContext['recurse'],
): void {
  const { runtime } = frame;
  const control: Control = { origin: node.origin, labels: noLabels };
  const outer = beginOperation();
  const plain = peek(items);
  guardLoop(runtime, items);
  const loop = new LoopContext(
    runtime,
    node.test === undefined ? plain : new PyIterator('generator', filtered(node, info, frame, plain)),
    control,
    depth,
    recurse,
  );
  control.labels = union(control.labels, endOperation(outer));
  let empty = true;
  const resolve = (name: string): Value | undefined => frame.context.resolve(name);
  runtime.under(control, () => {
    for (let item = loop.advance(); item !== undefined; item = loop.advance()) {
      const scope = new Scope(info.body, resolve, frame.scope);
      const inner: Frame = { ...frame, scope, toplevel: false, loop: control };
      assignNames(node.target, item, inner);
      if (info.extended) scope.vars.set('loop', loop);
      const flow = runBody(node.body, inner);
      runtime.line = node.line;
      if (flow === 'break') break;
      if (flow === 'done') empty = false;
    }
    if (empty && node.otherwise.length > 0)
      runBody(node.otherwise, { ...frame, scope: new Scope(info.otherwise, resolve, frame.scope), toplevel: false });
  });
  if (runtime.tracking && control.labels.size > 0) {
    frame.out.mark(control);
    spread(node, control.labels, frame);
  }
}

/** `for … if test`: asked item by item, since the body may change what the test reads. */
function* filtered(node: For, info: LoopInfo, frame: Frame, items: Value): Generator<Value> {
  const scope = new Scope(info.test, (name) => frame.context.resolve(name), frame.scope);
  const inner: Frame = { ...frame, scope, toplevel: false };
  const iterator = iterate(items);
  for (let step = iterator.next(); step.done !== true; step = iterator.next()) {
    assignNames(node.target, step.value, inner);
    frame.runtime.line = node.test?.line ?? node.line;
    if (node.test === undefined || holds(evaluate(node.test, inner), frame.runtime))
      yield valueOfTarget(node.target, scope);
  }
}

function valueOfTarget(target: Target, scope: Scope): Value {
  if (target.kind === 'tuple') return new PyTuple(target.items.map((item) => valueOfTarget(item, scope)));
  const slot = scope.get(target.name);
  return slot === missing ? null : slot;
}
