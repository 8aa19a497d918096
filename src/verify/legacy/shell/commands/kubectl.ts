import { isCarried, isObject, metadataText, type PlainObject, readObjects } from '../manifest.ts';
import { NotInterpretable } from '../not-interpretable.ts';
import { RANDOM } from '../state.ts';
import type { JobName } from '../world.ts';
import { jobStatus, jsonPath } from './job-status.ts';
import {
  complain,
  durationSeconds,
  type Flags,
  lastOf,
  type Program,
  type ProgramCall,
  readFlags,
  readOperands,
  refuse,
} from './program.ts';

const common = [
  '-n=',
  '--namespace=',
  '--context=',
  '--cluster=',
  '--kubeconfig=',
  '-o=',
  '--output=',
  '--request-timeout=',
  '-v=',
];

interface Kubectl extends ProgramCall {
  readonly flags: Flags;
  readonly cluster: string;
  readonly project?: string;
  /** The namespace on the command line or in the context. */
  readonly namespace: string | undefined;
  /** Words behind the command. */
  readonly words: readonly string[];
}

const commands: Readonly<
  Record<string, { readonly flags: readonly string[]; readonly run: (call: Kubectl) => number }>
> = {
  apply: {
    flags: ['-f=', '--filename=', '--record', '--wait', '--validate=', '--server-side', '--force-conflicts'],
    run: create,
  },
  create: { flags: ['-f=', '--filename=', '--validate=', '--save-config'], run: create },
  replace: { flags: ['-f=', '--filename=', '--force', '--grace-period='], run: replace },
  get: { flags: ['-f=', '--filename=', '-l=', '--selector=', '--no-headers', '--ignore-not-found'], run: get },
  wait: { flags: ['-f=', '--filename=', '-l=', '--selector=', '--for=', '--timeout='], run: wait },
  logs: {
    flags: [
      '-c=',
      '--container=',
      '-f',
      '--follow',
      '--tail=',
      '--all-containers',
      '-l=',
      '--since=',
      '--timestamps',
      '--pod-running-timeout=',
    ],
    run: logs,
  },
  delete: {
    flags: [
      '-f=',
      '--filename=',
      '-l=',
      '--selector=',
      '--ignore-not-found',
      '--wait=',
      '--cascade=',
      '--now',
      '--grace-period=',
      '--force',
    ],
    run: remove,
  },
  describe: { flags: ['-l='], run: logs },
};

/** The commands of kubectl that launchers use, against a cluster that holds the Jobs this script made. */
export const kubectl: Program = (call) => {
  const [first] = call.args.filter((word, at, all) => !word.startsWith('-') && !takesValue(all[at - 1]));
  if (first === 'config') return config(call);
  const command = commands[first ?? ''] ?? refuse(call, call.args.join(' '));
  const flags = readFlags(call, [...common, ...command.flags]);
  const context = call.state.machine.context;
  const cluster = lastOf(flags, '--context', '--cluster') ?? kubeconfigCluster(call, flags) ?? context?.cluster;
  return command.run({
    ...call,
    flags,
    cluster: clusterName(cluster ?? ''),
    ...(context?.project === undefined ? {} : { project: context.project }),
    namespace: lastOf(flags, '-n', '--namespace') ?? context?.namespace,
    words: flags.operands.slice(1),
  });
};

function takesValue(word: string | undefined): boolean {
  return word !== undefined && common.includes(`${word}=`);
}

/** A configuration file of its own stands for the cluster it is named after. */
function kubeconfigCluster(call: ProgramCall, flags: Flags): string | undefined {
  const path =
    lastOf(flags, '--kubeconfig') ??
    (call.state.machine.context === undefined ? call.state.variables.get('KUBECONFIG')?.value : undefined);
  return path?.replace(/^.*\//, '');
}

/** GKE's contexts are named `gke_PROJECT_ZONE_CLUSTER`. */
function clusterName(context: string): string {
  return context.startsWith('gke_') ? context.split('_').slice(3).join('_') : context;
}

function config(call: ProgramCall): number {
  const flags = readFlags(call, ['--current', '--namespace=', '--kubeconfig=', '--cluster=', '--user=']);
  const [, verb, name] = flags.operands;
  const { machine } = call.state;
  if (verb === 'use-context' && name !== undefined) {
    machine.context = { cluster: clusterName(name) };
    return 0;
  }
  const namespace = lastOf(flags, '--namespace');
  if (verb !== 'set-context' || !flags.values.has('--current') || namespace === undefined)
    return refuse(call, call.args.join(' '));
  machine.context = { cluster: '', ...machine.context, namespace };
  return 0;
}

function create(call: Kubectl): number {
  const files = filesOf(call);
  if (files.length === 0 || call.words.length > 0) return refuse(call, call.args.join(' '));
  for (const file of files) {
    const text = /^https?:/.test(file) ? call.state.machine.world.download(file) : readOperands(call, [file]);
    if (text === undefined) return complain(call, `the path "${file}" does not exist`);
    const read = readObjects(text);
    if (read.kind === 'broken') return complain(call, read.message);
    if (read.objects.length === 0) return complain(call, 'no objects passed');
    for (const object of read.objects) {
      const status = createOne(object, call);
      if (status !== 0) return status;
    }
  }
  return 0;
}

/** `--force` deletes what is there and creates it anew; without it there must be one. */
function replace(call: Kubectl): number {
  if (!call.flags.values.has('--force')) return refuse(call, call.args.join(' '));
  for (const { namespace, name } of filesOf(call).flatMap((file) => jobsIn(file, call)))
    call.state.machine.removeJob(namespace, name);
  return create(call);
}

function filesOf(call: Kubectl): readonly string[] {
  return [...(call.flags.values.get('-f') ?? []), ...(call.flags.values.get('--filename') ?? [])];
}

function createOne(object: PlainObject, call: Kubectl): number {
  const { machine } = call.state;
  const declared = metadataText(object, 'namespace');
  if (declared !== undefined && call.namespace !== undefined && declared !== call.namespace)
    return complain(
      call,
      `the namespace from the provided object "${declared}" does not match the namespace "${call.namespace}"`,
    );
  const namespace = declared ?? call.namespace ?? 'default';
  if (object['kind'] !== 'Job') return applyBeside(object, namespace, call);
  if (JSON.stringify(object['spec'] ?? {}).includes(RANDOM)) throw new NotInterpretable('a random value in a Job');
  const generated = metadataText(object, 'generateName');
  const given = metadataText(object, 'name');
  if (given === undefined && generated !== undefined && call.flags.operands[0] === 'apply')
    return complain(call, `from ${generated}: cannot use generate name with apply`);
  const name = given ?? (generated === undefined ? undefined : `${generated}xxxxx`);
  if (name === undefined) return complain(call, 'resource name may not be empty');
  if (machine.job(namespace, name) !== undefined)
    return call.flags.operands[0] === 'create' ? complain(call, `jobs.batch "${name}" already exists`) : 0;
  machine.record({
    kind: 'job',
    cluster: call.cluster,
    ...(call.project === undefined ? {} : { project: call.project }),
    namespace,
    name,
    manifest: object,
    at: machine.seconds,
  });
  machine.addJob(namespace, name);
  const output = lastOf(call.flags, '-o', '--output');
  if (output === undefined) call.streams.out.write(`job.batch/${name} created\n`);
  else if (output === 'name') call.streams.out.write(`job.batch/${name}\n`);
  else
    call.streams.out.write(
      shown(
        output,
        isObject(object['metadata']) ? { ...object, metadata: { ...object['metadata'], name } } : object,
        call,
      ),
    );
  return 0;
}

/** What pods read, applied beside a Job; created, it would be there already at the next session. */
function applyBeside(object: PlainObject, namespace: string, call: Kubectl): number {
  const kind = String(object['kind']);
  const name = metadataText(object, 'name');
  if (!isCarried(object) || call.flags.operands[0] !== 'apply' || lastOf(call.flags, '-o', '--output') !== undefined)
    return refuse(call, `of a ${kind}`);
  if (name === undefined) return complain(call, 'resource name may not be empty');
  call.state.machine.record({ kind: 'object', cluster: call.cluster, namespace, object });
  call.streams.out.write(`${kind.toLowerCase()}/${name} configured\n`);
  return 0;
}

function shown(output: string, data: Parameters<typeof jsonPath>[1], call: Kubectl): string {
  const template = /^jsonpath=(.*)$/s.exec(output)?.[1];
  return (template === undefined ? undefined : jsonPath(template, data)) ?? refuse(call, `-o ${output}`);
}

/** `job/NAME`, `job NAME`, `jobs.batch/NAME`. */
function jobNamed(call: Kubectl): JobName {
  const [first = '', second] = call.words;
  const [, type, slashed] = /^([\w.]+)(?:\/(.+))?$/.exec(first) ?? [];
  const name = slashed ?? second;
  if (
    !/^jobs?(?:\.batch)?$/.test(type ?? '') ||
    name === undefined ||
    call.words.length > (slashed === undefined ? 2 : 1)
  )
    return refuse(call, call.args.join(' '));
  return { namespace: call.namespace ?? 'default', name };
}

/** The Job that is named, or that of the manifest in `-f`, which holds nothing else: a ConfigMap never completes. */
function oneJob(call: Kubectl): JobName {
  const files = filesOf(call);
  if (files.length === 0) return jobNamed(call);
  const [object, ...more] = files.flatMap((file) => objectsIn(file, call));
  if (object?.['kind'] !== 'Job' || more.length > 0) return refuse(call, call.args.join(' '));
  return jobOf(object, call);
}

function missing(call: Kubectl, name: string): number {
  return complain(call, `jobs.batch "${name}" not found`);
}

function get(call: Kubectl): number {
  const selector = lastOf(call.flags, '-l', '--selector');
  if (selector !== undefined && /^jobs?(?:\.batch)?$/.test(call.words[0] ?? '')) return listed(call, selector);
  if (selector !== undefined) return pods(call, selector);
  const { namespace, name } = oneJob(call);
  const outcome = call.state.machine.job(namespace, name);
  if (outcome === undefined) return call.flags.values.has('--ignore-not-found') ? 0 : missing(call, name);
  return print([`job.batch/${name}`], jobStatus(name, namespace, outcome), call);
}

function listed(call: Kubectl, selector: string): number {
  const jobs = jobsWith(selector, call);
  const items = jobs.map(({ namespace, name }) =>
    jobStatus(name, namespace, call.state.machine.job(namespace, name) ?? 'running'),
  );
  return print(
    jobs.map(({ name }) => `job.batch/${name}`),
    { items },
    call,
  );
}

/** What `get` found in the form that `-o` asks for; the table for people is not known here. */
function print(names: readonly string[], data: Parameters<typeof jsonPath>[1], call: Kubectl): number {
  const output = lastOf(call.flags, '-o', '--output');
  if (output === 'name') call.streams.out.write(names.map((name) => `${name}\n`).join(''));
  else if (output === undefined) call.streams.out.writeUnknown('kubectl get');
  else call.streams.out.write(shown(output, data, call));
  return 0;
}

/** The Jobs of this script whose own labels are as the selector says; others that have them are not known here. */
function jobsWith(selector: string, call: Kubectl): readonly JobName[] {
  const wanted = selector
    .split(',')
    .map((term) => /^([\w./-]+)==?([\w.-]*)$/.exec(term.trim()) ?? refuse(call, `-l ${selector}`));
  const { machine } = call.state;
  return machine.events.flatMap((event): readonly JobName[] => {
    if (event.kind !== 'job' || event.namespace !== (call.namespace ?? 'default')) return [];
    if (machine.job(event.namespace, event.name) === undefined) return [];
    const labels =
      isObject(event.manifest) && isObject(event.manifest['metadata'])
        ? event.manifest['metadata']['labels']
        : undefined;
    const fits = wanted.every(([, key = '', value]) => isObject(labels) && labels[key] === value);
    return fits ? [{ namespace: event.namespace, name: event.name }] : [];
  });
}

/** The pod of a Job, by the label that every Job gives its pods. */
function pods(call: Kubectl, selector: string): number {
  const job = /^(?:batch\.kubernetes\.io\/)?job-name=(.+)$/.exec(selector)?.[1];
  if (!/^(?:pods?|po)$/.test(call.words[0] ?? '') || job === undefined) return refuse(call, call.args.join(' '));
  const outcome = call.state.machine.job(call.namespace ?? 'default', job);
  const phase = outcome === 'complete' ? 'Succeeded' : outcome === 'failed' ? 'Failed' : 'Running';
  const items = outcome === undefined ? [] : [{ metadata: { name: `${job}-xxxxx` }, status: { phase } }];
  return print(
    items.map((item) => `pod/${item.metadata.name}`),
    { items },
    call,
  );
}

function wait(call: Kubectl): number {
  const selector = lastOf(call.flags, '-l', '--selector');
  const [job, ...more] = selector === undefined ? [oneJob(call)] : jobsWith(selector, call);
  if (job === undefined) return complain(call, 'no matching resources found');
  if (more.length > 0) return refuse(call, `-l ${selector}`);
  const { namespace, name } = job;
  const { machine } = call.state;
  const outcome = machine.job(namespace, name);
  const condition = /^condition=(complete|failed)(?:=true)?$/i
    .exec(lastOf(call.flags, '--for') ?? '')?.[1]
    ?.toLowerCase();
  if (condition === undefined) return refuse(call, call.args.join(' '));
  if (outcome === undefined) return missing(call, name);
  if (outcome === (condition === 'failed' ? 'failed' : 'complete')) {
    call.streams.out.write(`job.batch/${name} condition met\n`);
    return 0;
  }
  const written = lastOf(call.flags, '--timeout') ?? '30s';
  // A negative timeout is a week.
  machine.wait(
    written.startsWith('-') ? 7 * 86_400 : (durationSeconds(written) ?? refuse(call, `--timeout=${written}`)),
  );
  return complain(call, `timed out waiting for the condition on jobs/${name}`);
}

/** Prints what nobody here can know. */
function logs(call: Kubectl): number {
  const [first = '', second] = call.words;
  const job = /^jobs?(?:\.batch)?\/(.+)$/.exec(first)?.[1] ?? (/^jobs?(?:\.batch)?$/.test(first) ? second : undefined);
  const namespace = call.namespace ?? 'default';
  if (job !== undefined && call.state.machine.job(namespace, job) === undefined) return missing(call, job);
  call.streams.out.writeUnknown('kubectl logs');
  return 0;
}

function remove(call: Kubectl): number {
  const files = filesOf(call);
  const ignore = call.flags.values.has('--ignore-not-found') && lastOf(call.flags, '--ignore-not-found') !== 'false';
  const selector = lastOf(call.flags, '-l', '--selector');
  const chosen = selector === undefined ? undefined : jobsWith(selector, call);
  const named = chosen ?? (files.length === 0 ? [jobNamed(call)] : files.flatMap((file) => jobsIn(file, call)));
  for (const { namespace, name } of named) {
    if (call.state.machine.job(namespace, name) === undefined && !ignore) return missing(call, name);
    call.state.machine.removeJob(namespace, name);
  }
  return 0;
}

function jobsIn(file: string, call: Kubectl): readonly JobName[] {
  return objectsIn(file, call)
    .filter((object) => !isCarried(object))
    .map((object) => jobOf(object, call));
}

function objectsIn(file: string, call: Kubectl): readonly PlainObject[] {
  const read = readObjects(readOperands(call, [file]) ?? '');
  return read.kind === 'broken' ? refuse(call, file) : read.objects;
}

function jobOf(object: PlainObject, call: Kubectl): JobName {
  return {
    namespace: metadataText(object, 'namespace') ?? call.namespace ?? 'default',
    name: metadataText(object, 'name') ?? refuse(call, call.args.join(' ')),
  };
}
