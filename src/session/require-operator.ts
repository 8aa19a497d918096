import { type ConfigMap, isMap } from '../expr/config-value.ts';
import type { Attempt } from './attempt-player.ts';
import { configError, OperatorError } from './operator-error.ts';
import { readBoolean, readText } from './read-config.ts';
import type { OperatorCall, RequiredSession } from './types.ts';

/**
 * `require>`: the other workflow's session at the same time, run now unless it has run already. It gets no exports, only `params`.
 * Sessions of earlier days or other starters are not known here: what is not part of this trace counts as not run yet.
 */
export async function requireSession(
  call: OperatorCall,
  local: ConfigMap,
  attempt: Attempt,
  required: RequiredSession[],
): Promise<void> {
  const { config } = call;
  const workflow = readText(config, '_command');
  const time = sessionTime(readText(config, 'session_time'));
  const ignoreFailure = config.has('ignore_failure') && readBoolean(config, 'ignore_failure');
  const rerun = config.has('rerun_on') ? readText(config, 'rerun_on') : 'none';
  if (!['none', 'failed', 'all'].includes(rerun)) configError(`invalid rerun_on option:${rerun}`);
  if (local.has('project_id') && local.has('project_name'))
    configError("Both project_id and project_name can't be set");
  // Another project's workflows are not known; that its session succeeds is the caller's assumption, as for all work outside.
  if (local.has('project_id') || local.has('project_name')) {
    const outcome = await attempt.outcome(call);
    if (outcome.kind === 'failure' && !ignoreFailure) fail('Dependent workflow failed.');
    return;
  }
  const params = config.get('params');
  const session = await attempt.require(workflow, time, isMap(params) ? params : new Map(), rerun);
  if (session === undefined) fail(`Dependent workflow does not exist. workflowName:${workflow}`);
  else {
    if (session.fresh) required.push({ call: call.index, trace: session.trace });
    if (session.trace.status === 'error' && !ignoreFailure) fail('Dependent workflow failed.');
  }
}

function sessionTime(written: string): number {
  const ms = Date.parse(written);
  return Number.isNaN(ms) ? configError(`Expected an instant for key 'session_time' but got "${written}"`) : ms;
}

function fail(message: string): never {
  throw new OperatorError({ kind: 'plain', message });
}
