import { DiagnosticList, diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import { folderOf, resolveRepoPath } from '../core/source.ts';
import { compileSubtask } from '../dig/compile-workflow.ts';
import type { DigTask, DigWorkflow } from '../dig/types.ts';
import { byDefault, runtimeText } from '../ir/build-value.ts';
import {
  type Loop,
  type Order,
  type Retry,
  type Sla,
  type Task,
  type TaskId,
  taskId,
  type UnknownName,
} from '../ir/graph.ts';
import { loopItems } from '../ir/loop-items.ts';
import { staticText } from '../ir/read-value.ts';
import type { Value } from '../ir/value.ts';
import type { YamlMap, YamlNode } from '../yaml/node.ts';
import { decided } from './decided.ts';
import { readOrder, readRequire, readRetry, tasksOfSla } from './directives.ts';
import { computesWithItems } from './item-expressions.ts';
import { boundVariables, loopVariables, namedItems, passesOver, readLoop } from './loops.ts';
import { nodeValue } from './node-value.ts';
import { type Around, commandAround, type Place, type TaskParts } from './place.ts';
import { sameTasks } from './same-tasks.ts';
import { type StoreSource, storeOf } from './stores.ts';
import { optionsOf, reportUnevaluated, unknownNames } from './task-options.ts';
import type { GraphInput, OperatorStep } from './types.ts';
import { waits } from './waits.ts';

/** Operators that only write to the log. */
const silentOperators: ReadonlyMap<string, string> = new Map([['echo', 'echo> only writes to the log']]);

/** Adds the tasks of one workflow to a graph. */
export class GraphBuilder {
  readonly tasks: Map<TaskId, Task>;
  readonly #input: GraphInput;
  readonly #sink: DiagnosticSink;
  /** By place. */
  readonly unknown = new Map<string, UnknownName>();
  /** What the tasks added so far may store, in their order. */
  readonly #stored: StoreSource[] = [];

  constructor(input: GraphInput, tasks: Map<TaskId, Task>, sink: DiagnosticSink) {
    this.#input = input;
    this.tasks = tasks;
    this.#sink = sink;
  }

  /** Adds a task and all below it; undefined for a disabled one and for a branch that is never taken. */
  addTask(task: DigTask, place: Place): TaskId | undefined {
    if (task.disabled) return undefined;
    const scope = place.scope.withExports(task.exports).withTaskName(place.fullName);
    const inner: Place = { ...place, scope };
    const parts = this.#parts(task, inner);
    const before = this.#stored.length;
    const id = this.#addKind(task, parts, inner);
    return this.#withCheck(id, task, parts, this.#after(inner, before));
  }

  /** What an `sla` does when it is missed: a task of its own beside the workflow's. */
  withSlaTask(sla: Sla, workflow: DigWorkflow, place: Place): Sla {
    const task = this.#handler(tasksOfSla(workflow.sla?.value), '^sla', place);
    return task === undefined ? sla : { ...sla, task };
  }

  /** `_check` runs after the operator and all it generates, and sees what they stored. A group's is ignored by Digdag. */
  #withCheck(id: TaskId | undefined, task: DigTask, parts: TaskParts, place: Place): TaskId | undefined {
    const onCheck = task.kind === 'operator' ? this.#handler(task.check, '^check', place) : undefined;
    if (onCheck === undefined) return id;
    const made = id === undefined ? undefined : this.tasks.get(id);
    // What does nothing still has its check.
    const nothing: Task = { ...parts, kind: 'group', order: { kind: 'serial' }, children: [] };
    return this.#put({ ...(made ?? nothing), onCheck });
  }

  /** The place of what runs when everything added since has ended. */
  #after(place: Place, since: number): Place {
    return { ...place, scope: place.scope.withStored(this.#stored.slice(since)) };
  }

  #addKind(task: DigTask, parts: TaskParts, inner: Place): TaskId | undefined {
    if (task.kind === 'group') return this.#put(this.#group(task, parts, inner));
    switch (task.operator?.type) {
      case 'loop':
      case 'for_each':
      case 'for_range':
        return this.#loop(task, parts, inner);
      case 'if':
        return this.#branch(task, parts, inner);
      case 'call':
        return this.#call(task, parts, inner);
      case 'require':
        return this.#put(this.#require(task, parts, inner));
      default:
        return this.#holdsTasks(task)
          ? this.#context(task, parts, inner)
          : this.#put(this.#operator(task, parts, inner));
    }
  }

  /** Below `_do` is something else than one command, which is read as part of the step itself. */
  #holdsTasks(task: DigTask): boolean {
    const below = task.do?.entries.every((entry) => entry.key !== 'sh>') === true;
    return below && this.#input.services.isContext(task.operator?.type ?? '');
  }

  /** Each command below runs as if the operator around it held that command alone. */
  #context(task: DigTask, parts: TaskParts, place: Place): TaskId | undefined {
    const inner: Place = { ...place, scope: place.scope.withLocals(task.local) };
    const around: Around = {
      operator: task.operator?.type ?? '',
      command: this.#read(task, inner),
      options: new Map(optionsOf(task, inner.scope)),
    };
    const compiled = task.do === undefined ? undefined : compileSubtask(task.do, place.fullName, '^sub', this.#sink);
    if (compiled === undefined) return undefined;
    const below = {
      ...place,
      around,
      path: [...place.path, place.path.at(-1) ?? 'do'],
      fullName: `${place.fullName}^sub`,
    };
    return this.#withHandlers(parts, this.addTask(compiled, below));
  }

  #put(task: Task): TaskId {
    this.tasks.set(task.id, task);
    return task.id;
  }

  #parts(task: DigTask, place: Place): TaskParts {
    const id = taskId(place.fullName);
    const retry = task.retry === undefined ? undefined : this.#retry(task, task.retry, place);
    const onError = this.#handler(task.error, '^error', place);
    return {
      id,
      path: place.path,
      span: task.keySpan,
      exports: new Map(),
      background: task.background,
      ...(retry === undefined ? {} : { retry }),
      ...(onError === undefined ? {} : { onError }),
      ...(task.comment === undefined ? {} : { comment: task.comment }),
    };
  }

  /** Only an operator's own `_retry` may hold an expression. */
  #retry(task: DigTask, node: YamlNode, place: Place): Retry | undefined {
    const inner = task.kind === 'operator' ? { ...place, scope: place.scope.withLocals(task.local) } : place;
    return readRetry(this.#value(node, inner), node.span, this.#sink);
  }

  #order(task: DigTask, place: Place): Order {
    return readOrder(task.parallel === undefined ? undefined : this.#value(task.parallel, place));
  }

  /** `_error` and `_check` hold an operator or tasks; they see what the task sees. */
  #handler(node: YamlMap | undefined, name: string, place: Place): TaskId | undefined {
    if (node === undefined) return undefined;
    const compiled = compileSubtask(node, place.fullName, name, this.#sink);
    if (compiled === undefined) return undefined;
    const message = runtimeText({ kind: 'error-message' }, byDefault('message of the failed task'));
    const error: Value = { kind: 'map', entries: new Map([['message', message]]), from: message.from, control: [] };
    const scope = name === '^error' ? place.scope.withBound(new Map([['error', error]])) : place.scope;
    return this.addTask(compiled, {
      ...place,
      scope,
      path: [...place.path, `${place.path.at(-1) ?? ''}${name.replace('^', '-')}`],
      fullName: `${place.fullName}${name}`,
    });
  }

  #group(task: DigTask, parts: TaskParts, place: Place): Task {
    const added = this.#children(task, place);
    const children = task.children.flatMap((child) => added.get(child.index) ?? []);
    const graph = task.children.some((child) => child.background || child.after.length > 0);
    const order = graph ? { kind: 'dag' as const, after: waits(task, added) } : this.#order(task, place);
    return { ...parts, kind: 'group', order, children };
  }

  /** The children by Digdag's number; one that is disabled or never runs is not among them. */
  #children(task: DigTask, place: Place): ReadonlyMap<number, TaskId> {
    const added = new Map<number, TaskId>();
    const stores = new Map<number, readonly StoreSource[]>();
    for (const child of task.children) {
      // A task sees what those have stored that it waits for, and what they waited for.
      const seen = [...new Set(child.upstreams.flatMap((index) => stores.get(index) ?? []))];
      const before = this.#stored.length;
      const id = this.addTask(child, {
        ...place,
        scope: place.scope.withStored(seen),
        path: [...place.path, child.name.replace(/^\+/, '')],
        fullName: `${place.fullName}${child.name}`,
      });
      stores.set(child.index, [...seen, ...this.#stored.slice(before)]);
      if (id !== undefined) added.set(child.index, id);
    }
    return added;
  }

  #command(task: DigTask, place: Place): Value {
    const node = task.operator?.command;
    if (node === undefined)
      return { kind: 'scalar', value: null, from: { via: 'literal', span: task.keySpan }, control: [] };
    return this.#value(node, place);
  }

  #value(node: YamlNode, place: Place): Value {
    return nodeValue(node, (written, from) => place.scope.read(written, from));
  }

  /** The command of an operator, as Digdag evaluates it with all that the task sees. */
  #read(task: DigTask, place: Place): Value {
    reportUnevaluated(task, taskId(place.fullName), place.scope, this.#sink);
    return task.operator?.command === undefined ? this.#command(task, place) : place.scope.value(task.operator.command);
  }

  #operator(task: DigTask, parts: TaskParts, place: Place): Task {
    const operator = task.operator?.type ?? '';
    const inner: Place = { ...place, scope: place.scope.withLocals(task.local) };
    const command = this.#read(task, inner);
    const body = task.do === undefined ? [] : [['_do', this.#value(task.do, inner)] as const];
    const options = new Map<string, Value>([...optionsOf(task, inner.scope), ...body]);
    const base = { ...parts, kind: 'operator' as const, operator, command, options };
    const visible = inner.scope.values();
    // Digdag evaluates all that a task sees, whether the task reads it or not.
    for (const value of [command, ...options.values(), ...visible.values()])
      this.#noteUnknown(unknownNames(value, parts.id));
    const silent = silentOperators.get(operator);
    if (silent !== undefined) return { ...base, effects: [{ kind: 'none', why: silent }] };
    if (operator === 'fail') return { ...base, effects: [{ kind: 'fail', message: command }] };
    if (operator === 'wait') return { ...base, effects: [{ kind: 'wait', seconds: command }] };
    const around = operator === 'sh' ? place.around : undefined;
    const step: OperatorStep = {
      task: parts.id,
      operator,
      command,
      commandSpan: task.operator?.command?.span ?? task.keySpan,
      options,
      scope: visible,
      environment: this.#input.environment,
      workdir: place.workdir,
      ...(around === undefined ? {} : commandAround(around, command, options)),
    };
    const reading = this.#input.services.readStep(step, this.#sink);
    const launches = reading?.launch !== undefined;
    const stores = launches ? undefined : storeOf(step, (path) => this.#input.services.readFile(path));
    if (stores !== undefined) this.#stored.push(stores);
    if (stores?.open === true)
      this.#sink.add(diagnose('GRAPH_STORE_UNREAD', { task: parts.id }, { span: task.keySpan }));
    return {
      ...base,
      effects: reading?.effects ?? [],
      ...(reading?.launch === undefined ? {} : { launch: reading.launch }),
    };
  }

  #noteUnknown(found: readonly (readonly [string, UnknownName])[]): void {
    for (const [position, name] of found) if (!this.unknown.has(position)) this.unknown.set(position, name);
  }

  #require(task: DigTask, parts: TaskParts, place: Place): Task {
    const inner: Place = { ...place, scope: place.scope.withLocals(task.local) };
    const options = new Map(task.local.map((entry) => [entry.key, this.#value(entry.value, inner)]));
    return { ...parts, kind: 'require', workflow: this.#command(task, inner), ...readRequire(options) };
  }

  /** Tries the body with the loop's variables left open; where something must be known per item, each item gets its own body. */
  #loop(task: DigTask, parts: TaskParts, place: Place): TaskId | undefined {
    const loop = readLoop(task, (node) => this.#value(node, place));
    const order = this.#order(task, place);
    if (loop === undefined || task.do === undefined) {
      this.#sink.add(diagnose('GRAPH_BAD_LOOP', { task: parts.id }, { span: task.keySpan }));
      return undefined;
    }
    const trialSink = new DiagnosticList();
    const trial = new GraphBuilder(this.#input, new Map(), trialSink);
    const body = trial.#body(task, { ...place, scope: place.scope.withBound(loopVariables(loop, parts.id)) });
    const failed = body === undefined || trialSink.items.some((finding) => finding.severity === 'error');
    const items = loopItems(loop);
    const handsOn = order.kind === 'serial' && this.#handsOn(task, parts.id, loop, place, trial);
    const own =
      failed || handsOn || passesOver(loop, items) || computesWithItems([task.do, ...place.scope.exported()], loop);
    if (own && items !== undefined) return this.#unrolled(task, parts, loop, place);
    if (handsOn) this.#sink.add(diagnose('FLOW_LOOP_HANDS_ON', { task: parts.id }, { span: task.keySpan }));
    for (const finding of trialSink.items) this.#sink.add(finding);
    for (const [id, made] of trial.tasks) this.tasks.set(id, made);
    this.#stored.push(...trial.#stored);
    this.#noteUnknown([...trial.unknown]);
    return body === undefined ? undefined : this.#put({ ...parts, kind: 'loop', loop, order, body });
  }

  /** True where an iteration reads what the one before it stored: its tasks are others where they see that. */
  #handsOn(task: DigTask, id: TaskId, loop: Loop, place: Place, trial: GraphBuilder): boolean {
    if (trial.#stored.length === 0) return false;
    const again = new GraphBuilder(this.#input, new Map(), new DiagnosticList());
    const scope = place.scope.withStored(trial.#stored).withBound(loopVariables(loop, id));
    again.#body(task, { ...place, scope });
    return !sameTasks(trial.tasks, again.tasks);
  }

  #body(task: DigTask, place: Place): TaskId | undefined {
    if (task.do === undefined) return undefined;
    const compiled = compileSubtask(task.do, place.fullName, '^sub', this.#sink);
    return compiled === undefined
      ? undefined
      : this.addTask(compiled, {
          ...place,
          path: [...place.path, place.path.at(-1) ?? 'do'],
          fullName: `${place.fullName}^sub+for-n`,
        });
  }

  #unrolled(task: DigTask, parts: TaskParts, loop: Loop, place: Place): TaskId {
    const name = place.path.at(-1) ?? 'loop';
    const order = this.#order(task, place);
    const start = this.#stored.length;
    const children = namedItems(loop).flatMap(({ item, label, generated }) => {
      // One after the other, an iteration sees what those before it stored.
      const seen = order.kind === 'serial' ? this.#after(place, start) : place;
      const inner: Place = {
        ...place,
        path: [...place.path, `${name}-${label}`],
        fullName: `${place.fullName}^sub${generated}`,
        scope: seen.scope.withBound(boundVariables(item)),
      };
      const compiled =
        task.do === undefined ? undefined : compileSubtask(task.do, `${place.fullName}^sub`, generated, this.#sink);
      const id = compiled === undefined ? undefined : this.addTask(compiled, inner);
      return id === undefined ? [] : [id];
    });
    return this.#put({ ...parts, kind: 'group', order, children });
  }

  /** A test that is known now decides now; only one of the session stays a branch. */
  #branch(task: DigTask, parts: TaskParts, place: Place): TaskId | undefined {
    const test = this.#command(task, place);
    const known = decided(test);
    const name = place.path.at(-1) ?? 'if';
    const add = (node: YamlMap | undefined, suffix: string): TaskId | undefined => {
      const compiled = node === undefined ? undefined : compileSubtask(node, place.fullName, '^sub', this.#sink);
      // Both branches are `^sub` to Digdag; here they need ids of their own.
      return compiled === undefined
        ? undefined
        : this.addTask(compiled, {
            ...place,
            path: [...place.path, `${name}${suffix}`],
            fullName: `${place.fullName}^sub${suffix === '' || known !== undefined ? '' : '^else'}`,
          });
    };
    if (known !== undefined) return this.#withHandlers(parts, known ? add(task.do, '') : add(task.elseDo, ''));
    const [then, otherwise] = [add(task.do, ''), add(task.elseDo, '-else')];
    return this.#put({
      ...parts,
      kind: 'branch',
      test,
      ...(then === undefined ? {} : { then }),
      ...(otherwise === undefined ? {} : { otherwise }),
    });
  }

  /** A branch decided now is its body; retries and handlers written on the `if>` stay around it. */
  #withHandlers(parts: TaskParts, body: TaskId | undefined): TaskId | undefined {
    if (body === undefined) return undefined;
    return this.#put({ ...parts, kind: 'group', order: { kind: 'serial' }, children: [body] });
  }

  /** `call>` inlines the file: same session, the caller's time zone, the file's own folder. */
  #call(task: DigTask, parts: TaskParts, place: Place): TaskId | undefined {
    const workflow = this.#command(task, place);
    const named = staticText(workflow);
    const span = task.operator?.command?.span ?? task.keySpan;
    const path =
      named === undefined ? undefined : resolveRepoPath(place.workdir, named.endsWith('.dig') ? named : `${named}.dig`);
    if (path === undefined || place.calls.includes(path)) {
      this.#sink.add(diagnose('GRAPH_BAD_CALL', { task: parts.id, target: named ?? '?' }, { span }));
      return undefined;
    }
    const callee: DigWorkflow | undefined = this.#input.services.loadCallee(path, span);
    if (callee === undefined) return undefined;
    const inner: Place = {
      scope: place.scope.withExports(callee.exports),
      path: place.path,
      fullName: `${place.fullName}^sub`,
      workdir: folderOf(path),
      calls: [...place.calls, path],
      ...(place.around === undefined ? {} : { around: place.around }),
    };
    const body = this.addTask(callee.root, inner);
    return this.#put({ ...parts, kind: 'call', workflow, ...(body === undefined ? {} : { body }) });
  }
}
