import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { type RepoPath, repoPath } from '../../../src/core/source.ts';
import { compileWorkflow } from '../../../src/dig/compile-workflow.ts';
import { loadDig } from '../../../src/dig/load.ts';
import type { DigTask, DigWorkflow } from '../../../src/dig/types.ts';
import { parseSla, slaTrigger } from '../../../src/session/schedule/sla.ts';
import { scheduleOf } from '../../../src/session/schedule/workflow-schedule.ts';
import { compare, type VectorAdapter } from '../adapter.ts';
import { refused } from '../refused.ts';
import { yamlJson } from '../yaml-json.ts';

interface Case {
  readonly op: 'load' | 'project';
  readonly files: Readonly<Record<string, string>>;
  readonly entry: string;
  readonly sla_run_time?: string;
  readonly expect: Expected & { readonly workflows?: readonly Expected[] };
}

interface Expected {
  readonly error?: unknown;
  readonly compile_error?: unknown;
  readonly schedule_error?: unknown;
  readonly sla_error?: unknown;
  readonly config?: unknown;
}

/** Found by Digdag's loader before anything is compiled; all other errors are the compiler's. */
const loadErrors = /^(?:YAML_|DIG_INCLUDE_|PROJECT_|DIG_TIMEZONE|DIG_TOP_LEVEL_KEY|DIG_NULL|DIG_WORKFLOW_NAME)/;

export const adapter: VectorAdapter = {
  check(vector) {
    const asked = vector as unknown as Case;
    const runMs = Date.parse(asked.sla_run_time ?? '2021-12-07T00:00:00Z');
    if (asked.op === 'load')
      return compare(wanted(asked.expect), answer(asked.files, repoPath(asked.entry), runMs, asked.expect));
    const workflows = asked.expect.workflows;
    const names = Object.keys(asked.files)
      .filter((name) => /^[^./][^/]*\.dig$/.test(name))
      .sort();
    const answers = names.map((name, at) => answer(asked.files, repoPath(name), runMs, workflows?.[at] ?? {}));
    if (workflows === undefined) return compare('error', answers.some((one) => isRefusal(one)) ? 'error' : answers);
    return compare(workflows.map(wanted), answers);
  },
};

function isRefusal(answered: unknown): boolean {
  return typeof answered === 'object' && answered !== null && 'error' in answered;
}

/** Errors by stage: their texts are our own. */
function wanted(expect: Expected): unknown {
  if (expect.error !== undefined) return { error: 'refused' };
  if (expect.compile_error !== undefined) return { compile_error: 'refused' };
  return {
    ...expect,
    ...(expect.schedule_error === undefined ? {} : { schedule_error: 'refused' }),
    ...(expect.sla_error === undefined ? {} : { sla_error: 'refused' }),
  };
}

function answer(files: Readonly<Record<string, string>>, entry: RepoPath, runMs: number, expect: Expected): unknown {
  const sink = new DiagnosticList();
  const loaded = loadDig(entry, (path) => files[path], sink);
  const workflow = loaded === undefined ? undefined : compileWorkflow(loaded, entry.replace(/\.dig$/, ''), sink);
  if (workflow === undefined) {
    const atLoad = sink.items.some(
      (item) => item.severity === 'error' && (loadErrors.test(item.code) || isTopLevel(item.code, expect)),
    );
    return { [atLoad ? 'error' : 'compile_error']: refused(sink) };
  }
  return {
    name: workflow.name,
    timezone: workflow.timezone,
    config: yamlJson(workflow.node),
    tasks: tasksOf(workflow.root),
    ...scheduleAnswer(workflow),
    ...slaAnswer(workflow, runMs),
  };
}

/** Codes that both stages use: for these the stage is the recorded one. */
function isTopLevel(code: string, expect: Expected): boolean {
  return (code === 'DIG_TASK_NAME' || code === 'DIG_NOT_MAPPING') && expect.error !== undefined;
}

function scheduleAnswer(workflow: DigWorkflow): object {
  if (workflow.schedule === undefined) return { has_schedule: false };
  const sink = new DiagnosticList();
  return scheduleOf(workflow, sink) === undefined ? { schedule_error: refused(sink) } : { has_schedule: true };
}

function slaAnswer(workflow: DigWorkflow, runMs: number): object {
  if (workflow.sla?.value.kind !== 'map') return {};
  const sink = new DiagnosticList();
  const sla = parseSla(workflow.sla.value, sink);
  if (sla === undefined) return { sla_error: refused(sink) };
  return { sla_trigger: new Date(slaTrigger(sla, runMs, workflow.timezone)).toISOString().replace('.000Z', 'Z') };
}

function tasksOf(task: DigTask, parent: number | null = null): readonly unknown[] {
  const { index, name, fullName, upstreams, kind, config } = task;
  const own = {
    index,
    name,
    full_name: fullName,
    parent,
    upstreams,
    group: kind === 'group',
    config: Object.fromEntries(config.map((entry) => [entry.key, yamlJson(entry.value)])),
  };
  return [own, ...task.children.flatMap((child) => tasksOf(child, index))];
}
