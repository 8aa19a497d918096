import type { Config } from '../../config/schema.ts';
import type { Host } from '../../core/host.ts';
import type { RepoPath } from '../../core/source.ts';
import type { SessionEffect } from '../effect.ts';
import type { Wait } from './shell/launch.ts';

/** The legacy tree and what nobody can see in it. */
export interface LegacyPlatform {
  readonly host: Host;
  readonly config: Config;
  readonly environments: readonly LegacyEnvironment[];
}

export interface LegacyEnvironment {
  readonly name: string;
  /** Folder of the Digdag project. */
  readonly folder: string;
  /** Given at start (`-p`). */
  readonly params: ReadonlyMap<string, string>;
  readonly workflows: readonly RepoPath[];
}

/** An effect with what only the legacy side has. */
export type LegacyEffect = SessionEffect & {
  /** 1 for the first time that the task ran, whatever repeated it. */
  readonly attempt: number;
  readonly wait?: Wait;
  readonly project?: string;
  /** Name of the Job in the cluster. */
  readonly name?: string;
  /** What Digdag says of the error that the task was started for. */
  readonly errorMessage?: string;
};

export interface LegacyRequest {
  readonly environment: string;
  readonly workflow: string;
  /** RFC 3339 with offset. */
  readonly sessionTime: string;
  /** Epoch milliseconds at which the scheduler starts the session; absent where nothing schedules it. */
  readonly firedAt?: number;
  /** Epoch seconds of the worker's clock; the start of the session where it is absent. */
  readonly now?: number;
  /** Which attempts (1 is the first) of which tasks fail; none where it is absent. */
  readonly fails?: (task: string, attempt: number) => boolean;
}

export type LegacyRun =
  | {
      readonly kind: 'played';
      readonly effects: readonly LegacyEffect[];
      readonly succeeded: boolean;
      /** Of a run that failed: the first task that did, and what Digdag says of it. */
      readonly failure?: string;
      readonly assumptions: readonly string[];
    }
  | { readonly kind: 'not-playable'; readonly reason: string };
