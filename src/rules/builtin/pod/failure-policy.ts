import { entryOf, itemsOf, staticInteger, staticScalar } from '../../../ir/read-value.ts';
import type { Value } from '../../../ir/value.ts';
import type { PodContext } from './context.ts';

/** podFailurePolicy as conditions that all say when a failed attempt may be retried; what it cannot say is reported. */
export function failureTests(policy: Value | undefined, main: string, context: PodContext): readonly string[] {
  return policy === undefined ? [] : itemsOf(entryOf(policy, 'rules')).flatMap((rule) => testOf(rule, main, context));
}

function testOf(rule: Value, main: string, context: PodContext): readonly string[] {
  const action = staticScalar(entryOf(rule, 'action')) ?? '';
  if (action === 'Count') return [];
  const exitCodes = entryOf(rule, 'onExitCodes');
  const codes = itemsOf(entryOf(exitCodes, 'values')).map(staticInteger);
  if (action === 'Ignore') {
    context.report(
      'POD_FAILURE_POLICY',
      { part: 'action Ignore has no place in Argo; every failed attempt counts' },
      rule,
    );
    return [];
  }
  if (exitCodes === undefined || codes.length === 0 || codes.includes(undefined)) {
    context.report(
      'POD_FAILURE_POLICY',
      { part: `action ${action} on conditions of the pod has no place in Argo` },
      rule,
    );
    return [];
  }
  const container = staticScalar(entryOf(exitCodes, 'containerName'));
  if (container !== undefined && container !== main) {
    context.report(
      'POD_FAILURE_POLICY',
      { part: `action ${action} on the exit code of ${container} has no place in Argo, which sees that of ${main}` },
      rule,
    );
    return [];
  }
  // An attempt without an exit code (evicted, deleted) reads as -1; Kubernetes matches no exit code rule then.
  if (staticScalar(entryOf(exitCodes, 'operator')) === 'NotIn')
    return [`asInt(lastRetry.exitCode) in [-1, ${codes.join(', ')}]`];
  return [
    codes.length === 1
      ? `asInt(lastRetry.exitCode) != ${codes[0]}`
      : `not (asInt(lastRetry.exitCode) in [${codes.join(', ')}])`,
  ];
}
