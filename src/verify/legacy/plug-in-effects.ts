import { type RepoPath, resolveRepoPath } from '../../core/source.ts';
import { type ConfigMap, type ConfigValue, isMap, toJson } from '../../expr/config-value.ts';
import type { Evaluator } from '../../expr/evaluator.ts';
import type { OperatorCall } from '../../session/types.ts';
import type { EffectBody, ShOutcome } from './sh-effects.ts';
import { isCarried, metadataText, type PlainObject, readObjects } from './shell/manifest.ts';
import type { JobOutcome } from './shell/world.ts';

/**
 * An operator of a plug-in that starts Jobs: the manifest is its value, one of its options, or the file that its value
 * names. It expands `${…}`, creates the Jobs, waits for their end and sees a failure at once.
 */
export function plugInEffects(
  call: OperatorCall,
  folder: string,
  read: (path: RepoPath) => string | undefined,
  evaluator: Evaluator,
  job: JobOutcome,
): ShOutcome {
  const text = manifestText(call, folder, read, evaluator);
  if (text.kind === 'not-playable') return text;
  const manifests = readObjects(text.text);
  if (manifests.kind === 'broken') return refused(call, manifests.message);
  const others = manifests.objects.find((object) => object['kind'] !== 'Job' && !isCarried(object));
  if (others !== undefined) return refused(call, `an object of kind ${String(others['kind'])}`);
  if (!manifests.objects.some((object) => object['kind'] === 'Job')) return refused(call, 'no Job in its manifest');
  const effects = manifests.objects.map((object): EffectBody => {
    if (object['kind'] === 'Job') return jobEffect(object, call.config);
    const namespace = namespaceOf(object, call.config);
    return { kind: 'object', cluster: textOf(call.config.get('cluster')), namespace, object };
  });
  return { kind: 'effects', effects, exitCode: job === 'complete' ? 0 : 1 };
}

type ManifestText = { readonly kind: 'text'; readonly text: string } | Extract<ShOutcome, { kind: 'not-playable' }>;

function manifestText(
  call: OperatorCall,
  folder: string,
  read: (path: RepoPath) => string | undefined,
  evaluator: Evaluator,
): ManifestText {
  const inline = [call.command, ...call.params.values()].find(isManifest);
  if (inline !== undefined) return { kind: 'text', text: toJson(inline) };
  if (typeof call.command !== 'string') return refused(call, 'no manifest that can be seen');
  const path = resolveRepoPath(folder, call.command);
  const text = path === undefined ? undefined : read(path);
  if (text === undefined) return refused(call, `no file ${call.command}`);
  const expanded = evaluator.evaluateText(text, call.config);
  return expanded.kind === 'failed' ? refused(call, expanded.message) : { kind: 'text', text: expanded.value };
}

function isManifest(value: ConfigValue): boolean {
  return isMap(value) && value.has('kind') && value.has('apiVersion');
}

function jobEffect(manifest: PlainObject, config: ConfigMap): EffectBody {
  const timeout = Number(config.get('timeout') ?? Number.NaN);
  const limit = Number.isFinite(timeout) ? { timeoutSeconds: timeout } : {};
  return {
    kind: 'job',
    cluster: textOf(config.get('cluster')),
    namespace: namespaceOf(manifest, config),
    name: metadataText(manifest, 'name') ?? '',
    manifest,
    ...limit,
    wait: { ...limit, seesFailure: 'at-once' },
  };
}

function namespaceOf(object: PlainObject, config: ConfigMap): string {
  return metadataText(object, 'namespace') ?? (textOf(config.get('namespace')) || 'default');
}

function textOf(value: ConfigValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function refused(call: OperatorCall, reason: string): Extract<ShOutcome, { kind: 'not-playable' }> {
  return { kind: 'not-playable', reason: `the operator ${call.type}> of a plug-in: ${reason}` };
}
