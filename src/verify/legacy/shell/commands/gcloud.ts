import { bucketCopy } from './bucket-copy.ts';
import { lastOf, type Program, type ProgramCall, readFlags, refuse } from './program.ts';

/** Chooses a cluster; whoever else is asked for is not known here. */
export const gcloud: Program = (call) => {
  const words = call.args.filter((word) => !word.startsWith('-'));
  const command = words.slice(0, 3).join(' ');
  if (command === 'container clusters get-credentials') return credentials(call);
  if (command.startsWith('auth ') || command.startsWith('config set')) return settings(call);
  const copied = bucketCopy(['storage'], call);
  return copied === 'unknown' ? refuse(call, call.args.join(' ')) : copied;
};

function credentials(call: ProgramCall): number {
  const flags = readFlags(call, [
    '--project=',
    '--zone=',
    '-z=',
    '--region=',
    '--location=',
    '--internal-ip',
    '--quiet',
    '-q',
    '--dns-endpoint',
  ]);
  const cluster = flags.operands[3] ?? refuse(call, 'without a cluster');
  const project = lastOf(flags, '--project') ?? call.state.variables.get('CLOUDSDK_CORE_PROJECT')?.value;
  call.state.machine.context = { cluster, ...(project === undefined ? {} : { project }) };
  return 0;
}

/** `gcloud auth activate-service-account`, `gcloud config set project`: who the worker is, not what it starts. */
function settings(call: ProgramCall): number {
  const words = call.args.filter((word) => !word.startsWith('-'));
  if (words[0] === 'config' && words[2] === 'project') call.state.set('CLOUDSDK_CORE_PROJECT', words[3] ?? '', true);
  return 0;
}
