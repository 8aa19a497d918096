import type { Accounting, Fate, Unit } from '../core/accounting.ts';
import { escapeRegExp } from '../core/escape-regexp.ts';
import type { Host } from '../core/host.ts';
import type { SourceSpan } from '../core/source.ts';
import type { DigTask, DigWorkflow, YamlNode } from '../dig/types.ts';
import { digUnits } from '../dig/units.ts';
import type { Task } from '../ir/graph.ts';
import type { ReadWorkflow } from './read-graphs.ts';

/** Keys and values of a workflow's .dig files: what a task's conversion read, what a rule drops, what nothing read. */
export function accountDig(read: ReadWorkflow, host: Host, accounting: Accounting): void {
  const fates = new FateMap();
  const visible =
    read.loaded.flatMap((loaded) => loaded.files.map((file) => host.read(file) ?? '')).join('\n') +
    scriptsOf(read, host);
  for (const workflow of [read.workflow, ...read.callees]) describeWorkflow(workflow, read, visible, fates);
  for (const loaded of read.loaded) {
    const timezone = loaded.root.entries.find((entry) => entry.key === 'timezone');
    if (timezone !== undefined) fates.set(timezone.keySpan, timezone.value, { kind: 'consumed', by: 'flow-schedule' });
    for (const replaced of loaded.replaced)
      fates.set(replaced.keySpan, replaced.value, {
        kind: 'dropped',
        rule: 'digdag-include',
        reason: 'another key of the same name replaces it',
      });
    for (const unit of digUnits(loaded)) settle(unit, fates, read.graph.job, accounting);
  }
  for (const { unit, fate } of read.commands) {
    accounting.declare(unit, read.graph.job);
    apply(unit, fate, accounting);
  }
}

function settle(unit: Unit, fates: FateMap, job: string, accounting: Accounting): void {
  accounting.declare(unit, job);
  if (unit.kind === 'commented-schedule') accounting.consume(unit, 'flow-schedule');
  else if (/(?:^|\.)!include$/.test(unit.label)) accounting.consume(unit, 'dig');
  else apply(unit, fates.get(unit.span), accounting);
}

function apply(unit: Unit, fate: Fate | undefined, accounting: Accounting): void {
  if (fate?.kind === 'consumed') accounting.consume(unit, fate.by);
  if (fate?.kind === 'dropped') accounting.drop(unit, fate.rule, fate.reason);
}

/** Fates by place: a node's fate holds for all below it that has none of its own. */
class FateMap {
  readonly #fates = new Map<string, Fate>();

  set(key: SourceSpan, value: YamlNode | undefined, fate: Fate): void {
    this.#fates.set(placeKey(key), fate);
    if (value !== undefined) this.#below(value, fate);
  }

  get(span: SourceSpan): Fate | undefined {
    return this.#fates.get(placeKey(span));
  }

  #below(node: YamlNode, fate: Fate): void {
    this.#fates.set(placeKey(node.span), fate);
    if (node.kind === 'list') for (const item of node.items) this.#below(item, fate);
    if (node.kind === 'map') for (const entry of node.entries) this.set(entry.keySpan, entry.value, fate);
  }
}

function placeKey(span: SourceSpan): string {
  return `${span.file}:${span.start.offset}`;
}

function describeWorkflow(workflow: DigWorkflow, read: ReadWorkflow, visible: string, fates: FateMap): void {
  const by = (rule: string): Fate => ({ kind: 'consumed', by: rule });
  describeTask(workflow.root, workflow.root.fullName, read, visible, fates);
  if (workflow.schedule !== undefined)
    fates.set(workflow.schedule.keySpan, workflow.schedule.value, by('flow-schedule'));
  if (workflow.sla !== undefined) fates.set(workflow.sla.keySpan, workflow.sla.value, by('flow-sla'));
}

function describeTask(task: DigTask, fullName: string, read: ReadWorkflow, visible: string, fates: FateMap): void {
  fates.set(task.keySpan, undefined, { kind: 'consumed', by: 'graph' });
  const own: Fate = task.disabled
    ? { kind: 'dropped', rule: 'digdag-disable', reason: 'the task is disabled' }
    : { kind: 'consumed', by: 'graph' };
  for (const entry of [...task.config, ...task.used])
    if (!task.local.includes(entry)) fates.set(entry.keySpan, entry.value, own);
  const graphTask = read.graph.tasks.get(fullName as Task['id']);
  const fate = operatorFate(task, graphTask);
  if (task.operator !== undefined) fates.set(task.operator.keySpan, task.operator.command, fate);
  for (const entry of task.local) fates.set(entry.keySpan, entry.value, fate);
  for (const entry of task.exports?.entries ?? [])
    fates.set(entry.keySpan, entry.value, exportFate(entry.key, visible));
  for (const child of task.children) describeTask(child, `${fullName}${child.name}`, read, visible, fates);
}

/** What the operator's conversion read, by the rule that took it. */
function operatorFate(task: DigTask, graphTask: Task | undefined): Fate {
  const operator = task.operator?.type ?? '';
  if (graphTask?.kind === 'operator' && graphTask.effects.every((effect) => effect.kind === 'none')) {
    const [effect] = graphTask.effects;
    return {
      kind: 'dropped',
      rule: `operator-${operator}`,
      reason: effect?.kind === 'none' ? effect.why : 'it has no effect',
    };
  }
  return {
    kind: 'consumed',
    by: graphTask?.kind === 'operator' ? (graphTask.launch?.rule ?? `operator-${operator}`) : 'graph',
  };
}

/** An export counts as read where its name occurs outside its own definition: in an expression, or in a script that gets it as environment variable. */
function exportFate(name: string, visible: string): Fate {
  if (name === 'plugin')
    return { kind: 'dropped', rule: 'digdag-plugin', reason: 'it loads a plug-in into Digdag; Argo needs none' };
  const uses = visible.match(new RegExp(`(?<![A-Za-z0-9_])${escapeRegExp(name)}(?![A-Za-z0-9_])`, 'g')) ?? [];
  const definitions = visible.match(new RegExp(`^\\s*${escapeRegExp(name)}\\s*:`, 'gm')) ?? [];
  if (uses.length > definitions.length) return { kind: 'consumed', by: 'graph' };
  return { kind: 'dropped', rule: 'export-unread', reason: 'no step of the job reads it' };
}

/** The text of the scripts and manifests that the job's launchers read. */
function scriptsOf(read: ReadWorkflow, host: Host): string {
  const files = new Set(read.commands.map(({ unit }) => unit.span.file as string));
  for (const task of read.graph.tasks.values()) {
    if (task.kind !== 'operator' || task.launch === undefined) continue;
    for (const path of [task.launch.manifest, ...(task.launch.files ?? [])]) if (path !== undefined) files.add(path);
  }
  return [...files].map((file) => host.read(file) ?? '').join('\n');
}
