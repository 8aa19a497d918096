import { staticText } from '../../../ir/read-value.ts';
import type { TextValue } from '../../../ir/value.ts';
import { clusterOfContext } from '../../cluster-context.ts';
import { type Arguments, flagValue, hasFlag, readArguments, staticFlag } from '../arguments.ts';
import { type Call, type CommandHandler, dropped, type Result } from '../call.ts';
import { type Content, JOB_STATE, nothing, opaque } from '../content.ts';
import type { SeesFailure } from '../facts.ts';
import { download, readFile } from '../read-file.ts';
import type { Shell } from '../shell.ts';
import { cutText, literalText, readableText, shapeOf, textKey } from '../text-value.ts';
import { createdJob, runPod } from './kubectl-create.ts';
import { durationSeconds } from './prefixes.ts';

const globalValues = [
  'n',
  'namespace',
  'context',
  'cluster',
  'kubeconfig',
  's',
  'server',
  'user',
  'as',
  'token',
  'request-timeout',
  'certificate-authority',
];
const otherValues = [
  'o',
  'output',
  'l',
  'selector',
  'c',
  'container',
  'for',
  'timeout',
  'field-selector',
  'template',
  'tail',
  'since',
  'sort-by',
  'image',
  'from',
  'grace-period',
  'p',
  'patch',
  'type',
  'overrides',
  'filename',
  'from-file',
  'from-literal',
  'cascade',
  'pod-running-timeout',
  'dry-run',
  'env',
  'labels',
  'restart',
  'limits',
  'requests',
  'serviceaccount',
  'port',
  'k',
  'kustomize',
];

/** Seconds that `kubectl wait` waits where it is not told. */
const DEFAULT_WAIT = 30;

export const kubectl: CommandHandler = (shell, call) => {
  const verb = readArguments(call.args, new Set(globalValues)).positionals.map(shapeOf)[0];
  // `-f` is a file for some verbs and "follow" for logs.
  const args = readArguments(
    call.args,
    new Set([
      ...globalValues,
      ...otherValues.filter((flag) => flag !== 'dry-run'),
      ...(verb === 'logs' || verb === 'log' ? [] : ['f']),
    ]),
  );
  enterContext(shell, args);
  const result = runVerb(shell, call, verb, args);
  if (hasFlag(args, 'kubeconfig') && shell.cluster === undefined)
    shell.cluster = kubeconfigCluster(flagValue(args, 'kubeconfig'));
  return result;
};

function enterContext(shell: Shell, args: Arguments): void {
  const context = flagValue(args, 'context', 'cluster');
  if (context !== undefined) shell.cluster = clusterOfContext(context);
}

function kubeconfigCluster(path: TextValue | undefined): TextValue | undefined {
  return path === undefined ? undefined : cutText(path, shapeOf(path).lastIndexOf('/') + 1);
}

function runVerb(shell: Shell, call: Call, verb: string | undefined, args: Arguments): Result {
  switch (verb) {
    case 'apply':
    case 'create':
    case 'replace':
      return start(shell, call, args, verb);
    case 'wait':
      return wait(shell, call, args);
    case 'get':
    case 'describe':
      return {
        stdout: { kind: 'text', text: opaque(call.source, JOB_STATE, { via: 'default', reason: call.source }) },
        status: 'unknown',
      };
    case 'logs':
    case 'log':
      return logs(shell, call, args);
    case 'delete':
      return remove(shell, call);
    case 'config':
      return configure(shell, call, args);
    case 'version':
    case 'cluster-info':
    case 'auth':
    case 'api-resources':
      return dropped(shell.rule, 'the workflow runs inside the cluster');
    case 'run':
      return run(shell, call, args);
    default:
      noteKubectl(shell, call);
      return { stdout: { kind: 'unknown', why: `the output of kubectl ${verb ?? ''}` }, status: 'ok' };
  }
}

function start(shell: Shell, call: Call, args: Arguments, verb: string): Result {
  const kustomization = flagValue(args, 'k', 'kustomize');
  if (kustomization !== undefined) {
    shell.problem(
      `kubectl ${verb} -k ${readableText(kustomization)} builds the manifest with kustomize at run time; apply its rendered output instead`,
      call.span,
    );
    return { stdout: { kind: 'unknown', why: `the output of kubectl ${verb}` }, status: 'ok' };
  }
  const files = [...(args.flags.get('f') ?? []), ...(args.flags.get('filename') ?? [])].flatMap(eachFile);
  if (hasFlag(args, 'dry-run') && staticFlag(args, 'dry-run') !== 'none') return dryRun(shell, call, args, files);
  if (files.length === 0) return createByName(shell, call, args, verb);
  for (const file of files) startedJob(shell, call, args, manifestOf(shell, call, file));
  return jobState(call);
}

function startedJob(shell: Shell, call: Call, args: Arguments, content: Content): void {
  shell.facts.addJob({
    content,
    namespace: flagValue(args, 'n', 'namespace'),
    contextNamespace: shell.namespace,
    cluster: shell.cluster,
    span: call.span,
    condition: shell.conditions.at(-1),
  });
}

/** `kubectl create job NAME …`; any other object is no part of starting a Job. */
function createByName(shell: Shell, call: Call, args: Arguments, verb: string): Result {
  const [, kind] = args.positionals.map(shapeOf);
  const content = kind === 'job' && verb === 'create' ? createdJob(shell, call, args) : undefined;
  if (content !== undefined) {
    startedJob(shell, call, args, content);
    return jobState(call);
  }
  if (kind === undefined) shell.problem(`kubectl ${verb} without a manifest`, call.span);
  else if (kind !== 'job') noteKubectl(shell, call);
  return { stdout: { kind: 'unknown', why: `the output of kubectl ${verb}` }, status: 'ok' };
}

/** `kubectl create … --dry-run=client -o yaml` prints the object. */
function dryRun(shell: Shell, call: Call, args: Arguments, files: readonly TextValue[]): Result {
  const [first, ...more] = files;
  const [, kind] = args.positionals.map(shapeOf);
  const content =
    first !== undefined && more.length === 0
      ? manifestOf(shell, call, first)
      : kind === 'job'
        ? createdJob(shell, call, args)
        : undefined;
  const printed = hasFlag(args, 'o', 'output') ? content : undefined;
  return { stdout: printed ?? { kind: 'unknown', why: call.source }, status: 'ok' };
}

function run(shell: Shell, call: Call, args: Arguments): Result {
  const content = runPod(shell, call, args);
  if (content === undefined) return { stdout: { kind: 'unknown', why: 'the output of kubectl run' }, status: 'ok' };
  startedJob(shell, call, args, content);
  const attached = hasFlag(args, 'attach', 'i', 'it', 'ti', 'stdin', 'rm');
  if (attached)
    shell.facts.addWait({
      after: shell.facts.jobs.length,
      timeoutSeconds: undefined,
      failure: shell.options.errexit || call.guarded || call.last ? 'at-once' : 'never',
      decidedLater: false,
      span: call.span,
    });
  return jobState(call);
}

function jobState(call: Call): Result {
  return {
    stdout: { kind: 'text', text: opaque(call.source, JOB_STATE, { via: 'default', reason: call.source }) },
    status: 'ok',
  };
}

function noteKubectl(shell: Shell, call: Call): void {
  shell.facts.addMessage({
    program: 'kubectl',
    arguments: call.args,
    span: call.span,
    condition: shell.conditions.at(-1),
  });
}

/** `-f a.yaml,b.yaml`. */
function eachFile(file: TextValue): readonly TextValue[] {
  const written = staticText(file);
  return written?.includes(',') === true ? written.split(',').map((path) => literalText(path, file.from)) : [file];
}

function manifestOf(shell: Shell, call: Call, file: TextValue): Content {
  const shape = shapeOf(file);
  if (shape === '-') return call.stdin ?? nothing;
  return /^https?:/.test(shape) ? download(shell, file, call.span) : readFile(shell, file, call.span);
}

function wait(shell: Shell, call: Call, args: Arguments): Result {
  const condition = (staticFlag(args, 'for') ?? 'condition=complete').toLowerCase();
  const forJob =
    args.positionals
      .slice(1)
      .map(shapeOf)
      .some((what) => /^jobs?(\.batch)?(\/|$)/.test(what)) || /complete|fail|succeeded/.test(condition);
  if (!forJob) return dropped(shell.rule, 'Argo waits for its own pods');
  if (/fail/.test(condition)) {
    // A second wait, for failure, beside or after the one for completion.
    for (const earlier of shell.facts.waits) earlier.failure = 'at-once';
    return { stdout: nothing, status: 'ok' };
  }
  const written = staticFlag(args, 'timeout');
  const seconds =
    written === undefined ? (hasFlag(args, 'timeout') ? undefined : DEFAULT_WAIT) : durationSeconds(written);
  const failure: SeesFailure = shell.options.errexit || call.guarded || call.last ? 'at-timeout' : 'never';
  shell.facts.addWait(
    {
      after: shell.facts.jobs.length,
      timeoutSeconds: seconds === undefined || seconds < 0 ? undefined : seconds,
      failure,
      decidedLater: false,
      span: call.span,
    },
    jobsWaitedFor(args),
  );
  const limit = seconds === undefined ? 'a time known only at run time' : `${seconds} s`;
  const bound = seconds !== undefined && seconds < 0 ? 'without a limit' : `at most ${limit}`;
  shell.facts.deeds.push({
    what: `waits for completion, ${bound}`,
    fate: { kind: 'lost', why: 'the step ends with its pod; only the limits of the manifest hold' },
    span: call.span,
  });
  return { stdout: nothing, status: 'ok' };
}

/** The Jobs that the command names; a selector, a file or `--all` means what was started. */
function jobsWaitedFor(args: Arguments): readonly string[] | 'all' {
  return hasFlag(args, 'l', 'selector', 'all', 'f', 'filename') ? 'all' : jobsNamed(args);
}

function jobsNamed(args: Arguments): readonly string[] {
  const [, ...named] = args.positionals.map(textKey);
  const [first = '', ...more] = named;
  // `job/a job/b`, or `job a b`.
  return first.includes('/') || more.length === 0 ? named.map((name) => name.replace(/^.*\//, '')) : more;
}

function logs(shell: Shell, call: Call, args: Arguments): Result {
  shell.facts.deeds.push({
    what: 'prints the log of the pod',
    fate: { kind: 'unnecessary', why: 'Argo shows the log of each pod' },
    span: call.span,
  });
  const following = hasFlag(args, 'f', 'follow') && shell.facts.jobs.length > 0;
  if (following)
    shell.facts.addWait(
      {
        after: shell.facts.jobs.length,
        timeoutSeconds: undefined,
        failure: 'never',
        decidedLater: true,
        span: call.span,
      },
      hasFlag(args, 'l', 'selector') ? 'all' : jobsNamed(args),
    );
  return dropped(shell.rule, 'Argo shows the log of each pod', 'ok', { kind: 'unknown', why: 'the log of the pod' });
}

function remove(shell: Shell, call: Call): Result {
  shell.facts.deeds.push({
    what: 'deletes the Job',
    fate: { kind: 'unnecessary', why: "Argo removes pods and old workflows by the workflow's own settings" },
    span: call.span,
  });
  return dropped(shell.rule, 'Argo removes its pods itself');
}

function configure(shell: Shell, call: Call, args: Arguments): Result {
  const [, verb, name] = args.positionals;
  const namespace = flagValue(args, 'namespace', 'n');
  if (verb !== undefined && shapeOf(verb) === 'use-context' && name !== undefined) {
    shell.cluster = clusterOfContext(name);
    shell.facts.deeds.push({
      what: `connects to the cluster ${readableText(shell.cluster)}`,
      fate: { kind: 'kept', field: 'the cluster whose controller runs the workflow' },
      span: call.span,
    });
  }
  if (verb !== undefined && staticText(verb) === 'set-context' && namespace !== undefined) shell.namespace = namespace;
  return { stdout: nothing, status: 'ok' };
}
