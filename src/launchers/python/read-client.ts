import { diagnose } from '../../core/diagnose.ts';
import { indexLines, type RepoPath } from '../../core/source.ts';
import { textOf } from '../../ir/build-value.ts';
import type { Effect, LauncherDeed } from '../../ir/graph.ts';
import { staticText } from '../../ir/read-value.ts';
import type { Provenance, TextValue } from '../../ir/value.ts';
import type { Loaded } from '../../rules/rule-set.ts';
import type { LauncherRule } from '../../rules/schema.ts';
import { clusterOfContext } from '../cluster-context.ts';
import { jobEffects } from '../manifest/job-effects.ts';
import { unreadLaunch } from '../operator-work.ts';
import { type Deed, inOrder } from '../order.ts';
import { textAt } from '../rule-values.ts';
import { reportWait } from '../script-launcher.ts';
import type { LauncherContext, LauncherStep, LaunchResult } from '../types.ts';
import { PyReader } from './evaluate.ts';
import type { CallArguments, ClientFacts, StartedByClient } from './facts.ts';
import { fromValue, type PyModule, type PyValue, toValue } from './value.ts';

type JobWait = Extract<Effect, { kind: 'job' }>['wait'];

/** A Python method that makes the Job with the Kubernetes client: read, never run. */
export function readClientLauncher(
  rule: Loaded<LauncherRule>,
  step: LauncherStep,
  context: LauncherContext,
): LaunchResult {
  const facts: ClientFacts = { jobs: [], files: new Set(), cluster: undefined, problems: [] };
  const reader = new PyReader(step, context, facts, (module, start, end) =>
    indexLines({ path: module.path, text: module.text }).span(start, end),
  );
  const named = staticText(step.command) ?? '';
  const method = methodNamed(reader, named);
  const details = { span: step.commandSpan, rule: rule.id };
  if (method === undefined) report(context, `the method ${named} is not found in the project`, details);
  else reader.call(method.called, argumentsOf(method.called, step), method.at, method.module);
  for (const { what, span } of facts.problems) report(context, what, { span, rule: rule.id });
  if (method !== undefined && facts.jobs.length === 0 && facts.problems.length === 0)
    context.sink.add(diagnose('LAUNCHER_STARTS_NOTHING', {}, details));
  const wait = waitOf(facts, method?.module);
  const asksBetween = asks.test(method?.module.text ?? '');
  const deeds = facts.jobs.flatMap((job, at): readonly Deed[] => {
    const effects = effectsOf(job, facts, wait, rule, step, context);
    const started: Deed = { kind: 'start', effects, span: job.span, waits: false };
    // Where the program waits is not read; the warning about the order says so.
    return at > 0 && asksBetween ? [{ kind: 'wait', for: [] }, started] : [started];
  });
  const effects = inOrder(deeds, rule.id, context);
  const files = [...facts.files].sort();
  const manifest = files.find((path) => !path.endsWith('.py'));
  return {
    effects,
    launch: {
      rule: rule.id,
      ...(method === undefined ? {} : { script: method.module.path }),
      ...(manifest === undefined ? {} : { manifest }),
      ...(files.length === 0 ? {} : { files }),
      deeds: deedsOf(facts, method?.module, step),
    },
    commands: [],
    unroll: [],
  };
}

function report(context: LauncherContext, what: string, details: Parameters<typeof diagnose>[2]): void {
  context.sink.add(diagnose('LAUNCHER_NOT_UNDERSTOOD', { what }, details));
}

interface Method {
  readonly called: PyValue;
  readonly module: PyModule;
  readonly at: { readonly kind: 'other'; readonly start: number; readonly end: number };
}

/** `tasks.kube.KubeJob.run`: a module, then a class or a function in it. */
function methodNamed(reader: PyReader, named: string): Method | undefined {
  const steps = named.split('.');
  const at = { kind: 'other', start: 0, end: 0 } as const;
  for (let length = steps.length - 1; length > 0; length--) {
    const module = reader.module(steps.slice(0, length).join('.'));
    if (module === undefined) continue;
    const [first = '', method] = steps.slice(length);
    const found = module.names.get(first);
    if (found?.kind === 'function') return { called: found, module, at };
    if (found?.kind === 'class' && method !== undefined) {
      const object = reader.call(found, { positionals: [], named: new Map() }, at, module);
      return { called: reader.attribute(object, method), module, at };
    }
  }
  return undefined;
}

/** Digdag gives a method each parameter that it names, and all of them where it takes `**kwargs`. */
function argumentsOf(called: PyValue, step: LauncherStep): CallArguments {
  if (called.kind !== 'function') return { positionals: [], named: new Map() };
  const values = new Map([...step.scope, ...step.options]);
  const all = called.parameters.some(({ spread }) => spread === '**');
  const named = [...values].flatMap(([name, value]) =>
    all || called.parameters.some((parameter) => parameter.name === name) ? [[name, fromValue(value)] as const] : [],
  );
  return { positionals: [], named: new Map(named) };
}

function effectsOf(
  job: StartedByClient,
  facts: ClientFacts,
  wait: JobWait,
  rule: Loaded<LauncherRule>,
  step: LauncherStep,
  context: LauncherContext,
): readonly Effect[] {
  const details = { span: job.span, rule: rule.id };
  if (job.condition !== undefined) {
    context.sink.add(diagnose('LAUNCHER_CONDITIONAL', { condition: job.condition }, details));
    return [unreadLaunch(step)];
  }
  reportWait(wait, { span: job.span }, rule, context);
  const bodies = job.body.kind === 'list' ? job.body.items : [job.body];
  return bodies.flatMap((body): readonly Effect[] => {
    const made = toValue(withOwnName(body, job.span), { via: 'literal', span: job.span });
    if (made.kind === 'unknown') {
      report(context, `the body of the Job holds ${made.why}`, details);
      return [unreadLaunch(step)];
    }
    return jobEffects(
      {
        documents: [made.value],
        named: 'the body that the program builds',
        namespace: textOfValue(job.namespace),
        cluster: placeOf(rule.cluster, step) ?? clusterOf(facts.cluster),
        wait,
        span: job.span,
        rule: rule.id,
      },
      step,
      context,
    );
  });
}

/** The pod does not get the name of its Job: one that the program works out carries no meaning for it. */
function withOwnName(body: PyValue, span: StartedByClient['span']): PyValue {
  const metadata = body.kind === 'dict' ? body.entries.get('metadata') : undefined;
  if (body.kind !== 'dict' || metadata?.kind !== 'dict' || metadata.entries.get('name')?.kind !== 'unknown')
    return body;
  const from: Provenance = { via: 'literal', span };
  const expr = { kind: 'unique', source: 'the name that the program works out' } as const;
  const name: PyValue = { kind: 'text', text: textOf([{ kind: 'runtime', expr, from }], from) };
  const named: PyValue = { kind: 'dict', entries: new Map([...metadata.entries, ['name', name]]) };
  return { kind: 'dict', entries: new Map([...body.entries, ['metadata', named]]) };
}

function placeOf(source: LauncherRule['cluster'], step: LauncherStep): TextValue | undefined {
  return source === undefined || source === 'script' ? undefined : textAt(source, step, undefined);
}

function textOfValue(value: PyValue | undefined): TextValue | undefined {
  return value?.kind === 'text' ? value.text : undefined;
}

function clusterOf(context: PyValue | undefined): TextValue | undefined {
  const text = textOfValue(context);
  return text === undefined ? undefined : clusterOfContext(text);
}

const asks = /read_namespaced_job|list_namespaced_job|\bwatch\b|read_namespaced_pod/;

/** What the program waits for, by what its module asks the cluster. */
function waitOf(facts: ClientFacts, module: PyModule | undefined): JobWait {
  const text = module?.text ?? '';
  if (facts.jobs.length === 0 || !asks.test(text)) return { seesFailure: 'never' };
  const fails = /\.failed\b|['"]Failed['"]|\bfailed\b/.test(text) && /\braise\b|sys\.exit\(\s*[1-9]/.test(text);
  const limit = /\b(?:timeout|TIMEOUT)\w*\s*=\s*(\d+)\b/.exec(text)?.[1];
  return {
    ...(limit === undefined ? {} : { timeoutSeconds: Number(limit) }),
    seesFailure: fails ? 'at-once' : limit === undefined ? 'never' : 'at-timeout',
  };
}

function deedsOf(facts: ClientFacts, module: PyModule | undefined, step: LauncherStep): readonly LauncherDeed[] {
  const text = module?.text ?? '';
  const path: RepoPath | undefined = module?.path;
  const at = (pattern: RegExp): LauncherDeed['span'] => {
    const match = pattern.exec(text);
    if (path === undefined || match === null) return step.commandSpan;
    return indexLines({ path, text }).span(match.index, match.index + match[0].length);
  };
  const deeds: LauncherDeed[] = [];
  if (facts.cluster !== undefined)
    deeds.push({
      what: 'connects to the cluster',
      fate: { kind: 'kept', field: 'the cluster whose controller runs the workflow' },
      span: at(/load_kube_config/),
    });
  if (asks.test(text))
    deeds.push({
      what: 'polls the state of the Job',
      fate: { kind: 'unnecessary', why: 'the step ends with its pod' },
      span: at(asks),
    });
  if (/read_namespaced_pod_log/.test(text))
    deeds.push({
      what: 'prints the log of the pod',
      fate: { kind: 'unnecessary', why: 'Argo shows the log of each pod' },
      span: at(/read_namespaced_pod_log/),
    });
  if (/delete_namespaced_job/.test(text))
    deeds.push({
      what: 'deletes the Job',
      fate: { kind: 'unnecessary', why: "Argo removes pods and old workflows by the workflow's own settings" },
      span: at(/delete_namespaced_job/),
    });
  return deeds;
}
