import { diagnose } from '../../core/diagnose.ts';
import type { SourceSpan } from '../../core/source.ts';
import { text } from '../../ir/build-value.ts';
import type { Effect } from '../../ir/graph.ts';
import { BUILD_CLOCK, WORKER_CLOCK } from '../../ir/opaque-reasons.ts';
import { asMap, asText, entryOf, spanOf, staticText } from '../../ir/read-value.ts';
import type { TextPart, TextValue, Value } from '../../ir/value.ts';
import { leftoverMacros } from '../macros/leftover.ts';
import { readableText, textKey } from '../shell/text-value.ts';
import type { LauncherContext, LauncherStep } from '../types.ts';
import { partsByPath } from './documents.ts';

type JobEffect = Extract<Effect, { kind: 'job' }>;

export interface JobStart {
  readonly documents: readonly Value[];
  /** What the documents are called, for people. */
  readonly named: string;
  readonly namespace: TextValue | undefined;
  /** What holds where neither the command nor the manifest names a namespace. */
  readonly contextNamespace?: TextValue | undefined;
  readonly cluster: TextValue | undefined;
  readonly wait: JobEffect['wait'];
  readonly span: SourceSpan;
  readonly rule: string;
}

/** The Jobs among the documents as effects; what else is applied, or cannot be known, is reported. */
export function jobEffects(start: JobStart, step: LauncherStep, context: LauncherContext): readonly JobEffect[] {
  const { span, rule } = start;
  const jobs = start.documents.filter((document) => staticText(entryOf(document, 'kind')) === 'Job');
  const carried = jobs.length === 0 ? [] : start.documents.filter(isCarried);
  for (const other of start.documents) {
    if (jobs.includes(other) || carried.includes(other)) continue;
    if (reportNoManifest(other, start, context)) continue;
    const object =
      `${staticText(entryOf(other, 'kind')) ?? 'a document'} ${readable(entryOf(other, 'metadata', 'name'))}`.trim();
    context.sink.add(
      jobs.length === 0
        ? diagnose('LAUNCHER_NOT_A_JOB', { object }, { span, rule })
        : diagnose('LAUNCHER_OBJECT_BESIDE', { object }, { span, rule }),
    );
  }
  if (start.documents.length === 0)
    context.sink.add(diagnose('LAUNCHER_MANIFEST_EMPTY', { manifest: start.named }, { span, rule }));
  reportPlace('cluster', start.cluster, start, context);
  reportPlace('namespace', start.namespace, start, context);
  return jobs.map((manifest, at) => {
    reportUnknown(manifest, start, context);
    for (const { macro, where, at } of leftoverMacros(manifest, context.rules))
      context.sink.add(diagnose('LAUNCHER_MACRO_LEFT', { macro, where }, { span: at ?? span, rule }));
    return {
      kind: 'job',
      cluster: clusterOf(start, step, context),
      namespace: namespaceOf(manifest, start, context),
      manifest,
      // They were there before the first pod started, and stayed.
      ...(at === 0 && carried.length > 0 ? { objects: carried } : {}),
      wait: start.wait,
    };
  });
}

/** A document whose kind is not known may be a Job: that it is not read is an error. */
function reportNoManifest(document: Value, start: JobStart, context: LauncherContext): boolean {
  if (staticText(entryOf(document, 'kind')) !== undefined) return false;
  const opaque = partsByPath(document)
    .map(({ part }) => part)
    .find((part) => part.kind === 'runtime' && part.expr.kind === 'opaque');
  const why = opaque?.kind === 'runtime' && opaque.expr.kind === 'opaque' ? opaque.expr.source : undefined;
  context.sink.add(
    diagnose(
      'LAUNCHER_NOT_UNDERSTOOD',
      { what: why === undefined ? 'the manifest has no kind' : `the manifest is made by ${why}` },
      { span: start.span, rule: start.rule },
    ),
  );
  return true;
}

/** Objects that pods read; others the workflow does not make. */
function isCarried(document: Value): boolean {
  return ['ConfigMap', 'Secret'].includes(staticText(entryOf(document, 'kind')) ?? '');
}

function readable(value: Value | undefined): string {
  return value?.kind === 'text' ? readableText(value) : '';
}

function clusterOf(start: JobStart, step: LauncherStep, context: LauncherContext): TextValue {
  if (start.cluster !== undefined) return start.cluster;
  const { clusters } = context.config;
  const configured = Object.hasOwn(clusters, step.environment) ? clusters[step.environment] : undefined;
  const { span, rule } = start;
  context.sink.add(
    configured === undefined
      ? diagnose('LAUNCHER_CLUSTER_UNKNOWN', { environment: step.environment }, { span, rule })
      : diagnose('LAUNCHER_CLUSTER_GUESSED', { cluster: configured }, { span, rule }),
  );
  return text(configured ?? '', { via: 'default', reason: 'the cluster of the environment in dig2argo.yaml' });
}

function namespaceOf(manifest: Value, start: JobStart, context: LauncherContext): TextValue {
  const written = asText(entryOf(asMap(manifest), 'metadata', 'namespace'));
  if (start.namespace === undefined)
    return (
      written ??
      start.contextNamespace ??
      text('default', { via: 'default', reason: 'neither the launcher nor the manifest names a namespace' })
    );
  if (written !== undefined && textKey(written) !== textKey(start.namespace)) {
    context.sink.add(
      diagnose(
        'LAUNCHER_NAMESPACE_CONFLICT',
        { flag: readableText(start.namespace), manifest: readableText(written) },
        { span: start.span, rule: start.rule, related: related(written) },
      ),
    );
  }
  return start.namespace;
}

function related(value: TextValue): readonly { readonly span: SourceSpan; readonly note: string }[] {
  const span = spanOf(value.from);
  return span === undefined ? [] : [{ span, note: 'the manifest' }];
}

/** Where a pod runs is part of what it is: a place known only at run time is an error. */
function reportPlace(what: string, place: TextValue | undefined, start: JobStart, context: LauncherContext): void {
  for (const part of place?.parts ?? []) {
    if (part.kind !== 'runtime') continue;
    const name = part.expr.kind === 'opaque' ? /^\$(\w+)$/.exec(part.expr.source)?.[1] : undefined;
    const unset = name !== undefined && part.expr.kind === 'opaque' && part.expr.reason === `nothing sets ${name}`;
    const details = { span: start.span, rule: start.rule };
    context.sink.add(
      unset
        ? diagnose('WORKER_ENV_UNKNOWN', { name }, details)
        : diagnose('LAUNCHER_NOT_UNDERSTOOD', { what: `the ${what} is known only at run time` }, details),
    );
  }
}

/** Only the Job's own name may be what the launcher makes up for each start. */
function reportUnknown(manifest: Value, start: JobStart, context: LauncherContext): void {
  const reported = new Set<string>();
  for (const { path, part } of partsByPath(manifest)) {
    if (part.kind !== 'runtime' || /^metadata\.(name|generateName|labels)/.test(path)) continue;
    const diagnostic = unknownPart(part, start);
    const key = JSON.stringify(part.expr);
    if (diagnostic === undefined || reported.has(key)) continue;
    reported.add(key);
    context.sink.add(diagnostic);
  }
}

function unknownPart(
  part: Extract<TextPart, { kind: 'runtime' }>,
  start: JobStart,
): ReturnType<typeof diagnose> | undefined {
  const span = spanOf(part.from) ?? start.span;
  const { expr } = part;
  if (expr.kind === 'unique')
    return /\bdate\b/.test(expr.source)
      ? diagnose('LAUNCHER_CLOCK', { command: expr.source }, { span, rule: start.rule })
      : undefined;
  if (expr.kind !== 'opaque' || expr.engine !== 'shell') return undefined;
  // The clock rules say what becomes of it.
  if (expr.reason === WORKER_CLOCK || expr.reason === BUILD_CLOCK) return undefined;
  const name = /^\$(\w+)$/.exec(expr.source)?.[1];
  if (name !== undefined && expr.reason === `nothing sets ${name}`)
    return diagnose('WORKER_ENV_UNKNOWN', { name }, { span, rule: start.rule });
  return diagnose(
    'LAUNCHER_NOT_UNDERSTOOD',
    { what: `${expr.source} reaches the manifest (${expr.reason})` },
    { span, rule: start.rule },
  );
}
