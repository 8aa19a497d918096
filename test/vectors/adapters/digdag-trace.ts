import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { repoPath } from '../../../src/core/source.ts';
import { compileProject } from '../../../src/dig/compile-workflow.ts';
import { type ConfigMap, type ConfigValue, fromJson, isFloat, isList, isMap } from '../../../src/expr/config-value.ts';
import { createEvaluator } from '../../../src/expr/create-evaluator.ts';
import type { Evaluator } from '../../../src/expr/evaluator.ts';
import { playSession } from '../../../src/session/play-session.ts';
import { clockOf } from '../../../src/session/schedule/clock.ts';
import type { CallOutcome, FinishedCall, OperatorCall, SessionProject, Trace } from '../../../src/session/types.ts';
import { compare, type VectorAdapter } from '../adapter.ts';

interface RecordedCall {
  readonly task: string;
  readonly type: string;
  readonly error?: string;
  readonly store?: unknown;
  readonly subtask?: unknown;
}

interface Recording {
  readonly files: Readonly<Record<string, string>>;
  readonly entry: string;
  readonly session: string;
  readonly session_params: object;
  readonly ordered: boolean;
  readonly expect: {
    readonly exit: number;
    readonly calls: readonly RecordedCall[];
    readonly failed: readonly { readonly task: string; readonly message: string }[];
    readonly failure_alert: boolean;
    readonly builtins: object;
    readonly order?: readonly (readonly [string, string])[];
  };
}

let evaluator: Promise<Evaluator> | undefined;

export const adapter: VectorAdapter = {
  async check(vector) {
    const recording = vector as unknown as Recording;
    const project = projectOf(recording.files);
    const name = recording.entry.replace(/\.dig$/, '');
    const workflow = project.workflows.find((each) => each.name === name);
    if (workflow === undefined) return { kind: 'failed', want: 'a workflow', got: `no workflow ${name}` };
    evaluator ??= createEvaluator();
    const trace = await playSession(project, name, {
      sessionTime: instantOf(recording.session, workflow.timezone),
      params: fromJson(recording.session_params) as ConfigMap,
      outcome: replay(recording.expect.calls),
      evaluator: await evaluator,
    });
    return compare(wanted(recording), observed(trace, recording));
  },
};

function projectOf(files: Readonly<Record<string, string>>): SessionProject {
  const read = (path: string): string | undefined => files[path];
  return {
    workflows: compileProject('', Object.keys(files).sort().map(repoPath), read, new DiagnosticList()),
    folder: '',
    read,
  };
}

function instantOf(session: string, zone: string): number {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = session.split(/[-T: ]/).map(Number);
  return clockOf(zone).earliest({ year, month, day, hour, minute, second });
}

/** Work operators end as they did when recorded; the n-th start of a task as its n-th recorded start. */
function replay(calls: readonly RecordedCall[]): (call: OperatorCall) => CallOutcome {
  return (call) => {
    const recorded = calls.filter(({ task }) => task === call.task)[call.attempt];
    if (recorded?.error !== undefined)
      return {
        kind: 'failure',
        message: recorded.error.replace(/^\w+Exception: (?:java\.lang\.RuntimeException: )?/, ''),
      };
    return {
      kind: 'success',
      store: fromJson(recorded?.store ?? {}) as ConfigMap,
      subtask: fromJson(recorded?.subtask ?? {}) as ConfigMap,
    };
  };
}

function wanted({ expect }: Recording): unknown {
  return {
    exit: expect.exit,
    calls: expect.calls.map((call) => sorted({ ...call, error: call.error !== undefined, store: call.store ?? null })),
    failed: expect.failed.map(({ task, message }) => ({ task, message: comparable(message) })),
    failure_alert: expect.failure_alert,
    builtins: expect.calls.length === 0 ? {} : sorted(expect.builtins),
    unexplainedOrder: [],
  };
}

function observed(trace: Trace, { ordered, expect }: Recording): unknown {
  const calls = trace.calls.map((call) => ({
    ...sorted({
      task: call.task,
      type: call.type,
      command: plain(call.command),
      params: plain(call.params),
      exports: plain(call.exports),
      error: call.failure !== undefined,
      store: call.store.size === 0 ? null : plain(call.store),
      ...(call.subtask === undefined ? {} : { subtask: plain(call.subtask) }),
    }),
    task: call.task,
  }));
  const failed = inOrder(trace.failed, ordered).map(({ task, message }, i) => ({
    task,
    message: comparable(message, expect.failed[i]?.message),
  }));
  const builtIns = [...trace.builtIns].filter(([name]) => !/_uuid$|_id$/.test(name));
  return {
    exit: trace.status === 'error' || trace.failed.length > 0 ? 1 : 0,
    calls: inOrder(calls, ordered),
    failed,
    failure_alert: trace.failureAlert,
    builtins:
      expect.calls.length === 0
        ? {}
        : sorted(Object.fromEntries(builtIns.map(([name, value]) => [name, plain(value)]))),
    unexplainedOrder: (expect.order ?? []).filter(([first, second]) => !waits(trace.calls, first, second)),
  };
}

/** Recordings of parallel tasks are sorted by task. */
function inOrder<T extends { readonly task: string }>(items: readonly T[], ordered: boolean): readonly T[] {
  return ordered ? items : [...items].sort((a, b) => (a.task < b.task ? -1 : a.task > b.task ? 1 : 0));
}

/** What of a message is Digdag's own. Texts of the JavaScript engine, of Python and of the loader differ between programs; that there is one counts. */
function comparable(message: string, recorded = message): string {
  if (/^(?:Validating workflow failed|Workflow '[^']*' includes unknown keys)/.test(recorded))
    return 'invalid workflow';
  return message
    .replace(/\(SyntaxError: [\s\S]*$/, '(SyntaxError')
    .replace(/^[\s\S]*Error messages from python: (.*) \(Exception\)[\s\S]*$/, '$1\n (runtime)');
}

/** True where `second` waits for `first`, directly or by way of others. */
function waits(calls: readonly FinishedCall[], first: string, second: string): boolean {
  const before = new Map<number, ReadonlySet<number>>();
  for (const call of calls)
    before.set(call.index, new Set(call.after.flatMap((index) => [index, ...(before.get(index) ?? [])])));
  const from = calls.find((call) => call.task === first)?.index ?? -1;
  return calls.some((call) => call.task === second && (before.get(call.index)?.has(from) ?? false));
}

function sorted(value: object): object {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function plain(value: ConfigValue): unknown {
  if (isMap(value)) return Object.fromEntries([...value].map(([key, entry]) => [key, plain(entry)]));
  if (isList(value)) return value.map(plain);
  if (isFloat(value)) return value.float;
  return typeof value === 'bigint' ? Number(value) : value;
}
