import type { Plain } from '../effect.ts';
import { asMap } from './plain-differences.ts';

/** A difference that a rule made on purpose. */
export interface Accepted {
  /** Path in the legacy pod spec, such as `containers[main].command`. */
  readonly path: string;
  readonly rule: string;
  readonly reason: string;
}

/** The accepted difference that a path falls under. A container's words count together: its shell becomes command and args. */
export function acceptedAt(path: string, accepted: readonly Accepted[]): Accepted | undefined {
  // The Job's deadline is the pod's: its value must be the same.
  if (path === 'spec.activeDeadlineSeconds') return undefined;
  const inSpec = path.replace(/^spec\./, '');
  return accepted.find((candidate) => covers(candidate.path.replace(/^spec\./, ''), inSpec));
}

function covers(known: string, path: string): boolean {
  if (path === known) return true;
  const container = /^((?:initC|c)ontainers\[[^\]]+\])\.(?:args|command)/;
  const words = container.exec(path)?.[1];
  if (words !== undefined) return known === words || container.exec(known)?.[1] === words;
  // A container as a whole is accepted for its words alone.
  if (/^(?:initC|c)ontainers\[[^\]]+\]$/.test(known)) return false;
  const volume = /^volumes(\[[^\]]+\])$/.exec(known)?.[1];
  if (volume !== undefined && path.endsWith(`volumeMounts${volume}`)) return true;
  return path.startsWith(`${known}.`) || path.startsWith(`${known}[`);
}

/** A rule may take something away, and it may turn a restart in place into a new pod; another value in its place is never accepted. */
export function onlyTakesAway(path: string, legacy: Plain | undefined, argo: Plain | undefined): boolean {
  if (path === 'spec.restartPolicy') return legacy === 'OnFailure' && (argo === undefined || argo === 'Never');
  return legacy !== undefined && argo === undefined;
}

/** A variable that holds nothing but the brace that keeps text from being read as a tag: what it is used in is compared as the container sees it. */
export function onlyAddsBrace(path: string, legacy: Plain | undefined, argo: Plain | undefined): boolean {
  return /\.env\[[^\]]+\]$/.test(path) && legacy === undefined && /^\$*\{$/.test(String(asMap(argo)['value'] ?? ''));
}

/** A variable that had its value in plain text and takes it from a Secret. */
export function namesSecret(path: string, legacy: Plain | undefined, argo: Plain | undefined): boolean {
  if (/\.env\[[^\]]+\]\.value$/.test(path)) return typeof legacy === 'string' && argo === undefined;
  return /\.env\[[^\]]+\]\.valueFrom$/.test(path) && legacy === undefined && secretOf(argo) !== undefined;
}

/** The Secret's key that a `valueFrom` names. */
export function secretOf(source: Plain | undefined): string | undefined {
  const { secretKeyRef } = asMap(source);
  if (secretKeyRef === undefined) return undefined;
  const { name, key } = asMap(secretKeyRef);
  return `the key ${String(key)} of the Secret ${String(name)}`;
}

/** The container whose command or arguments a path lies in. */
export function wordsContainer(path: string): string | undefined {
  return /^spec\.(?:initC|c)ontainers\[([^\]]+)\]\.(?:args|command)/.exec(path)?.[1];
}
