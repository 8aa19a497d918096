import type { Plain } from '../../../effect.ts';
import { isObject, metadataText, type PlainObject, readObjects } from '../manifest.ts';
import { complain, lastOf, type Program, type ProgramCall, readFlags, readOperands, refuse } from './program.ts';
import { shellWords } from './shell-words.ts';

/** What kube-job's random suffix is here. */
const SUFFIX = 'xxxxx';

/**
 * `kube-job run`: loads a manifest, changes it by its flags, creates the Job, waits for its end.
 * @see https://github.com/h3poteto/kube-job
 */
export const kubeJob: Program = (call) => {
  const flags = readFlags(call, [
    '--config=',
    '--template-file=',
    '-f=',
    '--container=',
    '--args=',
    '--image=',
    '--timeout=',
    '-t=',
    '--cleanup=',
    '--namespace=',
    '--name=',
    '--resources=',
    '--ignore-sidecar',
    '--follow',
    '--verbose',
    '-v',
  ]);
  if (flags.operands.join(' ') !== 'run') return refuse(call, call.args.join(' '));
  const template = lastOf(flags, '--template-file', '-f') ?? refuse(call, 'without a template');
  const text = /^https?:/.test(template) ? call.state.machine.world.download(template) : readOperands(call, [template]);
  if (text === undefined) return complain(call, `no template ${template}`);
  const read = readObjects(text);
  if (read.kind === 'broken') return complain(call, read.message);
  const [object, ...more] = read.objects;
  if (object === undefined || more.length > 0 || object['kind'] !== 'Job')
    return complain(call, 'the template is no Job');
  const container = lastOf(flags, '--container');
  if (container === undefined) return refuse(call, 'without --container');
  const name = `${lastOf(flags, '--name') ?? metadataText(object, 'name') ?? ''}-${SUFFIX}`;
  const changes = {
    args: lastOf(flags, '--args'),
    image: lastOf(flags, '--image'),
    resources: lastOf(flags, '--resources'),
  };
  const manifest = changed(object, name, container, changes, lastOf(flags, '--namespace'), call);
  return start(
    manifest,
    name,
    clusterOf(lastOf(flags, '--config')) ?? call.state.machine.context?.cluster ?? '',
    lastOf(flags, '--timeout', '-t') ?? '0',
    call,
  );
};

/** Files of credentials are named for their cluster, but for `~/.kube/config` and its like. */
function clusterOf(config: string | undefined): string | undefined {
  const name = config?.replace(/^.*\//, '').replace(/\.ya?ml$/, '');
  return name === undefined || /^(?:kube)?config(?:\.|$)/.test(name) ? undefined : name;
}

function start(manifest: PlainObject, name: string, cluster: string, timeout: string, call: ProgramCall): number {
  if (!/^\d+$/.test(timeout)) return refuse(call, `--timeout=${timeout}`);
  const { machine } = call.state;
  const namespace = metadataText(manifest, 'namespace') ?? 'default';
  machine.record({ kind: 'job', cluster, namespace, name, manifest, at: machine.seconds });
  machine.addJob(namespace, name);
  const outcome = machine.job(namespace, name);
  if (outcome !== 'running') return outcome === 'complete' ? 0 : 1;
  // Without a timeout it waits until the Job ends.
  for (let turn = 0; timeout === '0' || turn === 0; turn += 1) machine.wait(timeout === '0' ? 60 : Number(timeout));
  return 1;
}

function changed(
  object: PlainObject,
  name: string,
  container: string,
  changes: Readonly<Record<'args' | 'image' | 'resources', string | undefined>>,
  namespace: string | undefined,
  call: ProgramCall,
): PlainObject {
  const metadata = { ...fields(object['metadata']), name, ...(namespace === undefined ? {} : { namespace }) };
  const spec = fields(object['spec']);
  const template = fields(spec['template']);
  const pod = fields(template['spec']);
  const list: readonly Plain[] = Array.isArray(pod['containers']) ? pod['containers'] : [];
  if (!list.some((item) => fields(item)['name'] === container)) return refuse(call, `--container=${container}`);
  const containers = list.map((item): Plain => {
    if (fields(item)['name'] !== container) return item;
    const args =
      changes.args === undefined || changes.args === ''
        ? {}
        : { args: shellWords(changes.args) ?? refuse(call, `--args=${changes.args}`) };
    const resources = changes.resources === undefined ? {} : { resources: resourcesOf(changes.resources, call) };
    return { ...fields(item), ...args, ...resources, ...(changes.image === undefined ? {} : { image: changes.image }) };
  });
  return { ...object, metadata, spec: { ...spec, template: { ...template, spec: { ...pod, containers } } } };
}

/** JSON of requests and limits. */
function resourcesOf(text: string, call: ProgramCall): PlainObject {
  const read = readObjects(text);
  const [object] = read.kind === 'objects' ? read.objects : [];
  return object ?? refuse(call, `--resources=${text}`);
}

function fields(value: Plain | undefined): PlainObject {
  return isObject(value) ? value : {};
}
