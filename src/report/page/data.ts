/** What the page shows, as the builder writes it. Short, because a platform has a thousand jobs. */

export type PageLanguage = 'en' | 'ja';
type Status = 'converted' | 'to-confirm' | 'needs-work';
export type VerdictKind = 'proved' | 'proved-given' | 'observed' | 'differs' | 'not-provable';
export type ReviewState = 'accepted' | 'question';

interface Lines {
  readonly before: number;
  readonly after: number;
}

interface Range {
  readonly p50: number;
  readonly p90: number;
}

export interface ReviewEntry {
  readonly state?: ReviewState;
  readonly note: string;
  readonly by?: string;
  readonly fingerprint: string;
}

/** A row of the job table: everything that a search, a filter or a sort looks at. */
export interface JobRow {
  readonly job: string;
  readonly name: string;
  readonly status: Status;
  readonly owner: string;
  readonly environments: readonly string[];
  readonly schedule: string;
  /** `daily`, `cron`…, or empty for a job that nothing starts. */
  readonly scheduleKinds: readonly string[];
  readonly lines: Lines;
  /** Errors, warnings, notes. */
  readonly findings: readonly [number, number, number];
  readonly codes: readonly string[];
  readonly rules: readonly string[];
  readonly verdicts: Readonly<Record<string, VerdictKind>>;
  readonly fingerprint: string;
  readonly minutes?: Range;
  readonly review?: ReviewEntry;
}

export interface PageFamily {
  readonly id: string;
  readonly title: string;
  readonly members: readonly string[];
  readonly lines: Lines;
  readonly parameters: number;
}

export interface PageIndex {
  readonly language: PageLanguage;
  readonly version: string;
  readonly contentHash: string;
  readonly environments: readonly string[];
  readonly reference: string;
  readonly counts: Readonly<Record<Status, number>>;
  readonly lines: Lines;
  readonly referenceLines: Lines;
  readonly accounting: { readonly consumed: number; readonly dropped: number; readonly unaccounted: number };
  readonly unaccounted: readonly PagePlace[];
  readonly jobs: readonly JobRow[];
  /** Findings that belong to no job. */
  readonly findings: readonly PageFinding[];
  readonly families?: readonly PageFamily[];
  readonly forecast?: PageForecast;
  readonly plan?: PagePlan;
  readonly baseline?: PageBaseline;
  /** Legacy files whose text stands in the page; an index names one of them. */
  readonly files: readonly string[];
}

interface PagePlace {
  readonly text: string;
  readonly file: string;
  readonly line: number;
}

export interface PageFinding {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly hint?: string;
  readonly environments: readonly string[];
  readonly places: readonly PageSpan[];
  readonly output?: string;
  readonly rule?: string;
}

export interface PageSpan {
  readonly file: string;
  readonly line: number;
  readonly col: number;
  readonly endLine: number;
  readonly endCol: number;
}

export interface PageForecast {
  readonly minutes: Range;
  readonly kinds: readonly {
    readonly title: string;
    readonly count: number;
    readonly minutes: Range;
    readonly shared: number;
  }[];
  readonly gains: {
    readonly launcherSeconds: number;
    readonly podsSaved: number;
    readonly linesSaved: number;
    readonly failureModes: readonly { readonly what: string; readonly places: number }[];
  };
  readonly constructs: readonly {
    readonly what: string;
    readonly group: 'known' | 'needs-decision' | 'unknown';
    readonly count: number;
    readonly jobs: number;
  }[];
}

export interface PagePlan {
  readonly groups: readonly {
    readonly order: number;
    readonly jobs: readonly string[];
    readonly because: readonly string[];
    readonly risk: number;
  }[];
  readonly cutovers: readonly {
    readonly job: string;
    readonly environment: string;
    readonly state: 'offered' | 'waiting' | 'done';
    readonly why: string;
  }[];
}

export interface PageBaseline {
  readonly worse: readonly { readonly job: string; readonly why: readonly string[] }[];
  readonly better: readonly { readonly job: string; readonly why: readonly string[] }[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

export interface PageGraph {
  readonly nodes: readonly { readonly id: string; readonly label: string; readonly template?: string }[];
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    readonly kind: 'next' | 'error';
    readonly label: string;
  }[];
}

/** One value of an output file: line, pointer, source (file, line, end line; file -1: none), and the way back. */
export type PageLink = readonly [
  line: number,
  pointer: string,
  file: number,
  from: number,
  to: number,
  chain: readonly PageStation[],
];

/** A station of the way: what it is, its name (empty: none), its place (file -1: none). */
export type PageStation = readonly [via: string, name: string, file: number, line: number];

export interface PageOutput {
  readonly path: string;
  readonly text: string;
  readonly links: readonly PageLink[];
}

/** Everything else about one job; read when its page is opened. */
export interface JobPage {
  readonly kind: string;
  readonly backfillable: boolean;
  readonly findings: readonly PageFinding[];
  readonly manual: readonly string[];
  readonly decisions: readonly { readonly policy: string; readonly text: string }[];
  readonly before?: PageGraph;
  readonly after?: PageGraph;
  readonly steps: readonly {
    readonly task: string;
    readonly what: string;
    readonly template: string;
    readonly rules: readonly string[];
    readonly file: string;
    readonly line: number;
  }[];
  readonly sources: readonly string[];
  readonly outputs: readonly PageOutput[];
  readonly runbook: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly origin: string;
    readonly values: Readonly<Record<string, string>>;
  }[];
  readonly schedules: readonly PageSchedule[];
  readonly launchers: readonly {
    readonly what: string;
    readonly fate: string;
    readonly why: string;
    readonly rule: string;
    readonly tasks: readonly string[];
    readonly file: string;
    readonly line: number;
  }[];
  readonly accepted: readonly { readonly path: string; readonly rule: string; readonly reason: string }[];
  readonly proof: readonly PageProof[];
  readonly gains?: PageForecast['gains'];
  readonly cutovers: readonly {
    readonly environment: string;
    readonly state: 'offered' | 'waiting' | 'done';
    readonly why: string;
    readonly steps: readonly string[];
  }[];
  readonly effort: readonly { readonly title: string; readonly count: number; readonly minutes: Range }[];
}

export interface PageSchedule {
  readonly environment: string;
  readonly legacy: string;
  readonly argo: string;
  readonly timezone: string;
  readonly suspended: boolean;
  readonly changed: string;
  /** Whether verify found the same starts on both sides. */
  readonly verdict?: VerdictKind;
  readonly calendar?: {
    readonly legacy?: {
      readonly kind: string;
      readonly pattern: string;
      readonly delaySeconds: number;
      readonly active: boolean;
      readonly start?: string;
      readonly end?: string;
    };
    readonly argo: { readonly schedules: readonly string[]; readonly weekdays?: readonly number[] };
  };
}

export interface PageProof {
  readonly environment: string;
  /** A session, `schedule` for a year of starts, `others` for what was found besides. */
  readonly start: string;
  readonly verdict: VerdictKind;
  readonly detail: string;
  readonly differences: readonly {
    readonly path: string;
    readonly legacy: string;
    readonly argo: string;
    readonly rule: string;
    /** `file:line:col`; empty where unknown. */
    readonly legacySource: string;
    readonly argoSource: string;
  }[];
}

/** A legacy file: its text (secrets masked), and what of it is in no output, by line. */
export interface PageFile {
  readonly text: string;
  readonly fates: readonly {
    readonly line: number;
    readonly text: string;
    /** The rule that dropped it, and why. */
    readonly by?: string;
    readonly reason?: string;
  }[];
}
