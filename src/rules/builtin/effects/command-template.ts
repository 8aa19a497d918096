import { diagnose } from '../../../core/diagnose.ts';
import type { DiagnosticSink } from '../../../core/diagnostic.ts';
import { byRule, list, map, text } from '../../../ir/build-value.ts';
import type { Effect, OperatorTask } from '../../../ir/graph.ts';
import { entriesOf, entryOf, staticText } from '../../../ir/read-value.ts';
import type { Provenance, Value } from '../../../ir/value.ts';
import type { ClusterObjectRef, PodTemplate } from '../../types.ts';
import { retryStrategyOf } from '../flow/retry-strategy.ts';
import { breakBraces } from '../pod/break-braces.ts';
import { findForeignRuns } from '../pod/foreign-tags.ts';
import { withoutBracedVariables } from '../pod/literal-texts.ts';
import { partText } from '../pod/part-text.ts';

const RULE = 'operator-sh';

export interface WorkerFacts {
  /** Image in which plain steps run. */
  readonly image?: string;
  readonly serviceAccount?: string;
  /** TZ of the worker; UTC where it is not known. */
  readonly zone?: string;
  /** Secret that holds the worker's Slack webhook. */
  readonly webhook: { readonly secret: string; readonly key: string };
}

/** What a command may say about its pod, by where Argo takes it. */
const containerFields = ['imagePullPolicy', 'resources', 'volumeMounts', 'securityContext'] as const;
const podFields = ['affinity', 'nodeSelector', 'tolerations', 'volumes'] as const;

/** A plain `sh>` step: its text as a script in the worker's image, with the environment it really reads. */
export function commandTemplate(
  task: OperatorTask,
  effect: Extract<Effect, { kind: 'command' }>,
  worker: WorkerFacts,
  sink: DiagnosticSink,
): PodTemplate | undefined {
  const from = byRule(RULE, [{ via: 'literal', span: task.span }]);
  if (worker.image === undefined && effect.image === undefined)
    sink.add(diagnose('WORKER_IMAGE_UNKNOWN', { task: task.id }, { span: task.span, rule: RULE }));
  const shell = effect.shell.length === 0 ? ['/bin/sh'] : effect.shell;
  const source = literalSource(effect.source, shell, task, sink);
  if (source === undefined) return undefined;
  const script = map(
    [
      ['image', effect.image ?? text(worker.image ?? 'worker-image-not-configured', from)],
      [
        'command',
        list(
          shell.map((word) => text(word, from)),
          from,
        ),
      ],
      ['env', envList(effect.env, from)],
      ...containerFields.map((field) => [field, effect.pod?.entries.get(field)] as const),
      ['source', source],
    ],
    from,
  );
  const body = map(
    [
      ['retryStrategy', retryStrategyOf(task.retry, from)],
      ['serviceAccountName', worker.serviceAccount === undefined ? undefined : text(worker.serviceAccount, from)],
      ...podFields.map((field) => [field, effect.pod?.entries.get(field)] as const),
      ['script', script],
    ],
    from,
  );
  return {
    body,
    workflowLevel: new Map(),
    rule: RULE,
    needs: secretsOf(effect.env),
    objects: [],
    readsClock: [],
    accepted: [],
  };
}

/** The script with text that looks like Argo's tags kept from being replaced; undefined where it cannot be, which is reported. */
function literalSource(
  given: Value,
  shell: readonly string[],
  task: OperatorTask,
  sink: DiagnosticSink,
): Value | undefined {
  const source = withoutBracedVariables(given);
  if (source.kind !== 'text') return source;
  const [run] = findForeignRuns(partText(source.parts));
  if (run === undefined) return source;
  const parts = /(?:^|\/)(?:sh|bash|dash|ash|zsh|ksh)$/.test(shell[0] ?? '') ? breakBraces(source.parts) : undefined;
  if (parts !== undefined) return { ...source, parts };
  sink.add(
    diagnose(
      'POD_FOREIGN_TAG',
      {
        path: `the command of ${task.id}`,
        tag: partText(source.parts).text.slice(run.start, Math.max(run.end, run.start + 2)),
      },
      { span: task.span, rule: RULE },
    ),
  );
  return undefined;
}

/** A worker's variable is a text, or a map as it stands under `valueFrom`. */
function envList(env: ReadonlyMap<string, Value>, from: Provenance): Value | undefined {
  if (env.size === 0) return undefined;
  const items = [...env].map(([name, value]) =>
    map(
      [
        ['name', text(name, from)],
        [value.kind === 'map' ? 'valueFrom' : 'value', value],
      ],
      from,
    ),
  );
  return list(items, from);
}

function secretsOf(env: ReadonlyMap<string, Value>): readonly ClusterObjectRef[] {
  return [...env.values()].flatMap((value) =>
    entriesOf(value).flatMap(([kind, reference]): ClusterObjectRef[] => {
      const [name, key] = [staticText(entryOf(reference, 'name')), staticText(entryOf(reference, 'key'))];
      if (name === undefined || (kind !== 'secretKeyRef' && kind !== 'configMapKeyRef')) return [];
      return [
        {
          kind: kind === 'secretKeyRef' ? 'Secret' : 'ConfigMap',
          name,
          ...(key === undefined ? {} : { key }),
          optional: false,
        },
      ];
    }),
  );
}
