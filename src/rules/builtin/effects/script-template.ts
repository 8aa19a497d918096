import { list, map, text } from '../../../ir/build-value.ts';
import type { OperatorTask } from '../../../ir/graph.ts';
import type { Provenance, TextValue, Value } from '../../../ir/value.ts';
import type { ClusterObjectRef, PodTemplate } from '../../types.ts';
import { retryStrategyOf } from '../flow/retry-strategy.ts';

export interface ScriptParts {
  readonly rule: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly env: readonly (readonly [string, Value])[];
  readonly source: TextValue;
  readonly serviceAccount?: string | undefined;
  readonly needs?: readonly ClusterObjectRef[];
}

/** A script template; a variable is a text, or a map as it stands under `valueFrom`. */
export function scriptTemplate(task: Pick<OperatorTask, 'retry'>, parts: ScriptParts, from: Provenance): PodTemplate {
  const script = map(
    [
      ['image', text(parts.image, from)],
      [
        'command',
        list(
          parts.command.map((word) => text(word, from)),
          from,
        ),
      ],
      ['env', parts.env.length === 0 ? undefined : variables(parts.env, from)],
      ['source', parts.source],
    ],
    from,
  );
  const body = map(
    [
      ['retryStrategy', retryStrategyOf(task.retry, from)],
      ['serviceAccountName', parts.serviceAccount === undefined ? undefined : text(parts.serviceAccount, from)],
      ['script', script],
    ],
    from,
  );
  return {
    body,
    workflowLevel: new Map(),
    rule: parts.rule,
    needs: parts.needs ?? [],
    objects: [],
    readsClock: [],
    accepted: [],
  };
}

function variables(env: ScriptParts['env'], from: Provenance): Value {
  return list(
    env.map(([name, value]) =>
      map(
        [
          ['name', text(name, from)],
          [value.kind === 'map' ? 'valueFrom' : 'value', value],
        ],
        from,
      ),
    ),
    from,
  );
}

export function secretKey(name: string, key: string, from: Provenance): Value {
  const reference = map(
    [
      ['name', text(name, from)],
      ['key', text(key, from)],
    ],
    from,
  );
  return map([['secretKeyRef', reference]], from);
}
