import type { TextValue } from '../../../ir/value.ts';
import { flagValue, readArguments } from '../arguments.ts';
import { type Call, type CommandHandler, dropped, type Interpreter, type Result } from '../call.ts';
import { nothing } from '../content.ts';
import type { Shell } from '../shell.ts';
import { readableText, shapeOf } from '../text-value.ts';
import { awsCopy, gcloudCopy } from './download.ts';
import { otherProgram } from './other-program.ts';

function enter(shell: Shell, call: Call, cluster: TextValue): Result {
  shell.cluster = cluster;
  shell.facts.deeds.push({
    what: `connects to the cluster ${readableText(cluster)}`,
    fate: { kind: 'kept', field: 'the cluster whose controller runs the workflow' },
    span: call.span,
  });
  return { stdout: nothing, status: 'ok' };
}

const gcloudValues = new Set([
  'project',
  'zone',
  'region',
  'location',
  'account',
  'configuration',
  'key-file',
  'format',
  'filter',
]);

const gcloud: CommandHandler = (shell, call, interpreter) => {
  const args = readArguments(call.args, gcloudValues);
  const words = args.positionals.map(shapeOf);
  const at = words.indexOf('get-credentials');
  const cluster = args.positionals[at + 1];
  if (words.includes('clusters') && at >= 0 && cluster !== undefined) return enter(shell, call, cluster);
  if (words[0] === 'storage') return gcloudCopy(shell, call, interpreter);
  if (words[0] === 'auth' || words[0] === 'config') return dropped(shell.rule, 'the workflow runs inside the cluster');
  return otherProgram(shell, call);
};

const aws: CommandHandler = (shell, call, interpreter: Interpreter) => {
  const args = readArguments(call.args, new Set(['name', 'region', 'profile', 'role-arn', 'alias', 'kubeconfig']));
  const words = args.positionals.map(shapeOf);
  const cluster = flagValue(args, 'name');
  if (words[0] === 'eks' && words[1] === 'update-kubeconfig' && cluster !== undefined)
    return enter(shell, call, cluster);
  if (words[0] === 's3') return awsCopy(shell, call, interpreter);
  return otherProgram(shell, call);
};

const az: CommandHandler = (shell, call) => {
  const args = readArguments(call.args, new Set(['n', 'name', 'g', 'resource-group', 'subscription']));
  const cluster = flagValue(args, 'name', 'n');
  return args.positionals.map(shapeOf).join(' ') === 'aks get-credentials' && cluster !== undefined
    ? enter(shell, call, cluster)
    : otherProgram(shell, call);
};

export const clusterCommands: Readonly<Record<string, CommandHandler>> = { aws, az, gcloud };
