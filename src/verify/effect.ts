/** Plain data of one Kubernetes object or value, as JSON. */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

/** An effect at one session time, with plain values: what both sides of the proof compute. */
export type SessionEffect = EffectBase &
  (
    | {
        readonly kind: 'job';
        readonly cluster: string;
        readonly namespace: string;
        readonly manifest: Plain;
        readonly timeoutSeconds?: number;
      }
    | ({ readonly kind: 'command'; readonly source: string; readonly env: Readonly<Record<string, string>> } & Runner)
    | {
        readonly kind: 'notify';
        readonly via: 'slack' | 'mail' | 'http';
        readonly to: string;
        readonly body: string;
        /** Where it is sent, if that is not who reads it: a webhook, its secret as `<secret NAME/KEY>`. */
        readonly url?: string;
        /** What the message carries besides its text. */
        readonly more?: Plain;
        /** How a plain request is made, where that is known: its method and headers. */
        readonly request?: Plain;
      }
    /** Without `seconds`: until someone ends it. */
    | { readonly kind: 'wait'; readonly seconds?: number }
    /** An object that is applied beside Jobs; on Argo's side such objects stand, and no run makes them. */
    | { readonly kind: 'object'; readonly cluster: string; readonly namespace: string; readonly object: Plain }
    | { readonly kind: 'fail'; readonly message: string; readonly exitCode?: number }
  );

/** What a command is run by, as far as it is known. */
interface Runner {
  readonly shell?: string;
  readonly image?: string;
  readonly serviceAccount?: string;
}

interface EffectBase {
  /** Legacy task (full name) or Argo node (display path) that had the effect. */
  readonly task: string;
  /** Tasks that must have ended before this effect starts. */
  readonly after: readonly string[];
  /** How many of the pods that start together may run at one time, where that is fewer than all. */
  readonly atOnce?: number;
  /** A name of this effect alone, where one of the same task waits for it. */
  readonly id?: string;
  /** Argo's side: goes on beside the run, and ends with it. */
  readonly daemon?: true;
  /** Argo's side: the template that the pod was made from. */
  readonly template?: TemplateName;
}

export interface TemplateName {
  /** The WorkflowTemplate that a `templateRef` named; absent for a template of the workflow itself. */
  readonly owner?: string;
  readonly name: string;
}

/** How a session is started. Times are RFC 3339 with offset. */
export interface Start {
  readonly environment: string;
  readonly sessionTime: string;
  /** Argo's scheduled time; absent for a run by hand without it. */
  readonly scheduledTime?: string;
  readonly creationTime: string;
  /** Value of the parameter `target_date`, where a past session is asked for. */
  readonly targetDate?: string;
}

export type Verdict =
  | { readonly kind: 'proved' }
  | { readonly kind: 'proved-given'; readonly assumption: string }
  | { readonly kind: 'observed' }
  | { readonly kind: 'differs'; readonly differences: readonly Difference[] }
  | { readonly kind: 'not-provable'; readonly reason: string };

export interface Difference {
  /** Path in the compared effect, such as `manifest.spec.template.spec.containers[main].args[0]`. */
  readonly path: string;
  readonly legacy: string;
  readonly argo: string;
  /** The template whose pod differs. */
  readonly template?: TemplateName;
  /** Where the value comes from in the legacy tree, and where it stands in the output: `file:line:col`. */
  readonly legacySource?: string;
  readonly argoSource?: string;
  /** The rule that made the value of the output. */
  readonly rule?: string;
}

export interface ProofRow {
  readonly job: string;
  readonly environment: string;
  readonly start: Start;
  readonly verdict: Verdict;
}

/** A difference of one pod that a rule made on purpose, and that was found to be no more than what the rule may do. */
export interface AcceptedUse {
  /** Legacy task and Argo node. */
  readonly task: string;
  readonly node: string;
  readonly path: string;
  readonly rule: string;
  readonly reason: string;
}
