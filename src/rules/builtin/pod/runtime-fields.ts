import type { Value } from '../../../ir/value.ts';
import type { PodContext } from './context.ts';

/** Fields that are numbers, booleans or quantities: Argo's API refuses a reference there. */
const typed = new Set(
  'limits requests sizeLimit divisor containerPort hostPort port runAsUser runAsGroup fsGroup supplementalGroups tolerationSeconds initialDelaySeconds periodSeconds timeoutSeconds successThreshold failureThreshold defaultMode mode optional readOnly readOnlyRootFilesystem privileged tty stdin weight expirationSeconds automountServiceAccountToken'.split(
    ' ',
  ),
);

/** Reports run-time text where Argo takes none. `value` is the template's body. */
export function reportRuntimeFields(value: Value, path: string, context: PodContext, inTyped = false): void {
  switch (value.kind) {
    case 'scalar':
      return;
    case 'text':
      if (inTyped && value.parts.some((part) => part.kind === 'runtime'))
        context.report('POD_FIELD_RUNTIME', { path }, value);
      return;
    case 'list':
      for (const [at, item] of value.items.entries()) reportRuntimeFields(item, `${path}[${at}]`, context, inTyped);
      return;
    case 'map':
      for (const [key, entry] of value.entries)
        reportRuntimeFields(entry, path === '' ? key : `${path}.${key}`, context, inTyped || typed.has(key));
  }
}
