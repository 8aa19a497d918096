import { scalar } from '../../ir/build-value.ts';
import { staticText } from '../../ir/read-value.ts';
import type { TextValue, Value } from '../../ir/value.ts';

/**
 * Fields of Job, PodSpec and Container (Kubernetes 1.35) that hold a number or a boolean. A macro in one of them
 * is a text until it is replaced; Kubernetes would refuse the text.
 */
const integerFields: ReadonlySet<string> = new Set([
  'activeDeadlineSeconds',
  'backoffLimit',
  'backoffLimitPerIndex',
  'completions',
  'containerPort',
  'defaultMode',
  'expirationSeconds',
  'failureThreshold',
  'fsGroup',
  'hostPort',
  'initialDelaySeconds',
  'maxFailedIndexes',
  'maxSkew',
  'mode',
  'parallelism',
  'periodSeconds',
  'priority',
  'runAsGroup',
  'runAsUser',
  'seconds',
  'successThreshold',
  'terminationGracePeriodSeconds',
  'timeoutSeconds',
  'tolerationSeconds',
  'ttlSecondsAfterFinished',
  'weight',
]);

const booleanFields: ReadonlySet<string> = new Set([
  'allowPrivilegeEscalation',
  'automountServiceAccountToken',
  'enableServiceLinks',
  'hostIPC',
  'hostNetwork',
  'hostPID',
  'manualSelector',
  'optional',
  'privileged',
  'readOnly',
  'readOnlyRootFilesystem',
  'runAsNonRoot',
  'shareProcessNamespace',
  'stdin',
  'suspend',
  'tty',
]);

/** A text with its macros replaced, as the field it stands in reads it. */
export function typedText(key: string | undefined, value: TextValue): Value {
  const written = key === undefined ? undefined : staticText(value);
  if (key === undefined || written === undefined) return value;
  if (integerFields.has(key) && /^-?\d{1,15}$/.test(written))
    return { ...scalar(Number(written), value.from), control: value.control };
  if (booleanFields.has(key) && /^(true|false)$/.test(written))
    return { ...scalar(written === 'true', value.from), control: value.control };
  return value;
}
