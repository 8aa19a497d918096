import type { Plain } from '../../effect.ts';
import type { EventPlace } from './background.ts';

/** The cluster that `kubectl` speaks to. */
export interface Context {
  readonly cluster: string;
  readonly project?: string;
  readonly namespace?: string;
}

/** What a script sees of the world; nothing else exists for it. */
export interface World {
  /** The body behind a URL; undefined where there is nothing. */
  download(url: string): string | undefined;
  /** A file of the legacy tree (by its path there) or of the worker (by its absolute path). */
  file(path: string): string | undefined;
  /** Epoch seconds at which the script starts. */
  readonly now: number;
  outcome(job: JobName): JobOutcome;
}

export interface JobName {
  readonly namespace: string;
  readonly name: string;
}

/** `running`: it never ends. */
export type JobOutcome = 'complete' | 'failed' | 'running';

/** What a script did outside itself, in order. */
export type ShellEvent =
  | {
      readonly kind: 'job';
      readonly cluster: string;
      readonly project?: string;
      readonly namespace: string;
      /** The name it has in the cluster. */
      readonly name: string;
      readonly manifest: Plain;
      /** Seconds after the start of the script. */
      readonly at: number;
    }
  /** A ConfigMap or Secret. */
  | { readonly kind: 'object'; readonly cluster: string; readonly namespace: string; readonly object: Plain }
  | { readonly kind: 'post'; readonly url: string; readonly body: string }
  /** `message`: headers and body, as they go to the server. */
  | {
      readonly kind: 'mail';
      readonly url: string;
      readonly sender: string;
      readonly recipients: readonly string[];
      readonly message: string;
    }
  | { readonly kind: 'call'; readonly words: readonly string[] };

export type ShellRun =
  /** `seconds` is absent where the script waits for ever. */
  | {
      readonly kind: 'ran';
      readonly exitCode: number;
      readonly events: readonly ShellEvent[];
      /** Seconds after the start of the script at which each event was. */
      readonly times: readonly number[];
      /** For each event, which background commands it was part of. */
      readonly places: readonly EventPlace[];
      readonly seconds?: number;
    }
  | { readonly kind: 'not-interpretable'; readonly construct: string; readonly line?: number; readonly script: string };

export interface ShellRequest {
  readonly script: string;
  readonly environment: ReadonlyMap<string, string>;
  /** Folder of the legacy tree in which the script starts. */
  readonly folder: string;
  /** What it is connected to when it starts. */
  readonly context?: Context;
  /** Programs that nobody knows here are taken to succeed, also where their status decides what comes next. */
  readonly assumeSuccess?: boolean;
}
