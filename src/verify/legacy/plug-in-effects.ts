import { type RepoPath, resolveRepoPath } from '../../core/source.ts';
import type { Evaluator } from '../../expr/evaluator.ts';
import type { OperatorCall } from '../../session/types.ts';
import type { EffectBody, ShOutcome } from './sh-effects.ts';
import { metadataText, readObjects } from './shell/manifest.ts';
import type { JobOutcome } from './shell/world.ts';

/** `k8s_job>: FILE`: expands `${…}` in the file, creates its Jobs, waits for their end, sees a failure at once. */
export function plugInEffects(
  call: OperatorCall,
  folder: string,
  read: (path: RepoPath) => string | undefined,
  evaluator: Evaluator,
  job: JobOutcome,
): ShOutcome {
  if (typeof call.command !== 'string') return refused('a manifest that is no file');
  const path = resolveRepoPath(folder, call.command);
  const text = path === undefined ? undefined : read(path);
  if (text === undefined) return refused(`no file ${call.command}`);
  const expanded = evaluator.evaluateText(text, call.config);
  if (expanded.kind === 'failed') return refused(expanded.message);
  const manifests = readObjects(expanded.value);
  if (manifests.kind === 'broken') return refused(manifests.message);
  if (manifests.objects.some((object) => object['kind'] !== 'Job')) return refused('a manifest with more than Jobs');
  const timeout = Number(call.config.get('timeout') ?? Number.NaN);
  const effects = manifests.objects.map((manifest): EffectBody => {
    const limit = Number.isFinite(timeout) ? { timeoutSeconds: timeout } : {};
    return {
      kind: 'job',
      cluster: textOf(call.config.get('cluster')),
      namespace: metadataText(manifest, 'namespace') ?? (textOf(call.config.get('namespace')) || 'default'),
      name: metadataText(manifest, 'name') ?? '',
      manifest,
      ...limit,
      wait: { ...limit, seesFailure: 'at-once' },
    };
  });
  return { kind: 'effects', effects, exitCode: job === 'complete' ? 0 : 1 };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function refused(reason: string): ShOutcome {
  return { kind: 'not-playable', reason };
}
