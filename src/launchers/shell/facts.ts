import type { Fate, Unit } from '../../core/accounting.ts';
import type { Diagnostic } from '../../core/diagnostic.ts';
import type { RepoPath, SourceSpan } from '../../core/source.ts';
import type { LauncherDeed } from '../../ir/graph.ts';
import type { TextValue } from '../../ir/value.ts';
import type { Content } from './content.ts';

export type SeesFailure = 'at-once' | 'at-timeout' | 'never';

export interface StartedJob {
  readonly content: Content;
  /** Given with the command: kubectl refuses a manifest that says another. */
  readonly namespace: TextValue | undefined;
  /** The context's own, which holds where neither the command nor the manifest names one. */
  readonly contextNamespace: TextValue | undefined;
  readonly cluster: TextValue | undefined;
  readonly span: SourceSpan;
  /** What decides at run time whether the Job is started at all. */
  readonly condition: string | undefined;
}

export interface Wait {
  /** Number of Jobs started before. */
  readonly after: number;
  readonly timeoutSeconds: number | undefined;
  failure: SeesFailure;
  /** What it would see if someone asked for the status of the background command it is in. */
  askedFor?: SeesFailure;
  /** The loop ends when the Job has failed; what follows decides whether the step fails. */
  readonly decidedLater: boolean;
  readonly span: SourceSpan;
}

/** An HTTP request or other message that a script sends. */
export interface Message {
  readonly program: string;
  readonly arguments: readonly TextValue[];
  readonly span: SourceSpan;
  readonly condition: string | undefined;
}

/** Jobs, waits and messages in the order of the script, by their place in the lists of the facts. */
export type Happening =
  | { readonly kind: 'job'; readonly at: number }
  | { readonly kind: 'message'; readonly at: number }
  /** For Jobs as the script calls them, or for all that run. */
  | { readonly kind: 'wait'; readonly for: readonly string[] | 'all' }
  | { readonly kind: 'background'; readonly happenings: readonly Happening[] };

export interface CommandFate {
  readonly unit: Unit;
  readonly fate: Fate;
}

/** What the walk through a script has found. */
export class Facts {
  readonly jobs: StartedJob[] = [];
  readonly waits: Wait[] = [];
  readonly messages: Message[] = [];
  /** What `&` starts is a list of its own in the list it stands in. */
  happenings: Happening[] = [];
  readonly deeds: LauncherDeed[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly fates: CommandFate[] = [];
  /** Texts that decide which branch runs and are known only at run time. */
  readonly undecided: TextValue[] = [];
  /** Names that nothing in the tree or the configuration sets. */
  readonly unsetNames = new Map<string, SourceSpan>();
  /** Scripts that were read, in the order of their calls. */
  readonly scripts: RepoPath[] = [];
  /** Other files of the tree that the launcher read: manifests, templates, values. */
  readonly files = new Set<RepoPath>();
  /** Manifests that variables hold. */
  readonly keptManifests: Extract<Content, { kind: 'manifest' }>[] = [];
  /** A script or part of it could not be read: what was found is not all. */
  incomplete = false;

  addJob(job: StartedJob): void {
    this.happenings.push({ kind: 'job', at: this.jobs.push(job) - 1 });
  }

  addMessage(message: Message): void {
    this.happenings.push({ kind: 'message', at: this.messages.push(message) - 1 });
  }

  /** Without names it is for a Job that no other wait is for. */
  addWait(wait: Wait, jobs?: readonly string[] | 'all'): void {
    const place = this.waits.push(wait);
    this.waitedFor(jobs ?? [`wait ${place}`]);
  }

  waitedFor(jobs: readonly string[] | 'all'): void {
    this.happenings.push({ kind: 'wait', for: jobs });
  }

  /** Nobody sees a failure there, unless someone waits for this very process. */
  inBackground(run: () => void): void {
    const outer = this.happenings;
    const before = this.waits.length;
    this.happenings = [];
    run();
    for (const wait of this.waits.slice(before)) {
      wait.askedFor = wait.failure;
      wait.failure = 'never';
    }
    outer.push({ kind: 'background', happenings: this.happenings });
    this.happenings = outer;
  }

  /** `wait PID`: a failure in the background is the status of this command. */
  askForStatus(): void {
    for (const wait of this.waits) {
      if (wait.askedFor !== undefined) wait.failure = wait.askedFor;
      delete wait.askedFor;
    }
  }
}
