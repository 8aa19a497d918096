import { bucketCopy } from './bucket-copy.ts';
import { lastOf, type PartlyKnown, type ProgramCall, readFlags, refuse } from './program.ts';

/** `aws eks update-kubeconfig` chooses a cluster; `aws s3 cp` may bring a manifest. */
export const aws: PartlyKnown = (call) =>
  call.args.slice(0, 2).join(' ') === 'eks update-kubeconfig'
    ? chooseCluster(call, ['--region=', '--profile=', '--role-arn=', '--kubeconfig='])
    : bucketCopy(['s3'], call);

/** `az aks get-credentials` chooses a cluster. */
export const az: PartlyKnown = (call) =>
  call.args.slice(0, 2).join(' ') === 'aks get-credentials'
    ? chooseCluster(call, ['--resource-group=', '-g=', '-n=', '--subscription=', '--overwrite-existing', '--admin'])
    : 'unknown';

function chooseCluster(call: ProgramCall, known: readonly string[]): number {
  const flags = readFlags(call, ['--name=', ...known]);
  call.state.machine.context = { cluster: lastOf(flags, '--name', '-n') ?? refuse(call, 'without a cluster') };
  return 0;
}
