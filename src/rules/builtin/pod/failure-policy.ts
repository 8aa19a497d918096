import { text } from '../../../ir/build-value.ts';
import { entryOf, itemsOf, staticInteger, staticScalar } from '../../../ir/read-value.ts';
import type { Value } from '../../../ir/value.ts';
import type { PodContext } from './context.ts';

/** podFailurePolicy as an expression that says when a failed attempt may be retried; what it cannot say is reported. */
export function retryExpression(policy: Value | undefined, context: PodContext): Value | undefined {
  if (policy === undefined) return undefined;
  const tests = itemsOf(entryOf(policy, 'rules')).flatMap((rule) => testOf(rule, context));
  return tests.length === 0 ? undefined : text(tests.join(' && '), context.made(policy));
}

function testOf(rule: Value, context: PodContext): readonly string[] {
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
  // An attempt without an exit code (evicted, deleted) reads as -1; Kubernetes matches no exit code rule then.
  if (staticScalar(entryOf(exitCodes, 'operator')) === 'NotIn')
    return [`asInt(lastRetry.exitCode) in [-1, ${codes.join(', ')}]`];
  return [
    codes.length === 1
      ? `asInt(lastRetry.exitCode) != ${codes[0]}`
      : `not (asInt(lastRetry.exitCode) in [${codes.join(', ')}])`,
  ];
}
