import type { Severity } from '../../core/diagnostic.ts';
import type { Family, Forecast, JobReport, JobStatus, Report, ReportFinding } from '../types.ts';
import { english } from './words-english.ts';
import { japanese } from './words-japanese.ts';

export type ReportLanguage = 'en' | 'ja';

export function reportWords(language: ReportLanguage): ReportWords {
  return language === 'ja' ? japanese : english;
}

type Start = JobReport['proof'][number]['start'];
type Head = readonly string[];

/** Every text of the Markdown reports; what the report itself says goes through `say` and `told`. */
export interface ReportWords {
  readonly say: (text: string) => string;
  readonly told: (finding: ReportFinding) => { readonly message: string; readonly hint?: string };
  /** A hint as a sentence. */
  readonly sentence: (text: string) => string;
  readonly listed: (items: readonly string[]) => string;
  readonly reasons: (items: readonly string[]) => string;
  readonly status: Readonly<Record<JobStatus, string>>;
  readonly severity: Readonly<Record<Severity, string>>;
  readonly findings: (severity: Severity, count: number) => string;
  readonly verdict: (kind: string) => string;
  readonly counts: (parts: readonly (readonly [count: number, kind: string])[]) => string;
  readonly start: (start: Start) => string;
  readonly minutes: (minutes: number) => string;
  readonly more: (count: number) => string;
  readonly morePlaces: (count: number) => string;
  readonly where: (environments: readonly string[]) => string;
  readonly at: (places: string) => string;
  readonly title: string;
  readonly lead: (jobs: number, environments: readonly string[], counts: Report['jobs']) => string;
  readonly lineHead: Head;
  readonly allEnvironments: string;
  readonly alone: (environment: string) => string;
  readonly lineNote: string;
  readonly sections: Readonly<Record<SectionName, string>>;
  readonly jobHead: Head;
  readonly baseline: {
    readonly worse: string;
    readonly better: string;
    readonly added: string;
    readonly removed: string;
    readonly newFindings: string;
    readonly solvedFindings: string;
    readonly none: string;
    readonly finding: (count: number, code: string, job: string) => string;
  };
  readonly accounting: (consumed: number, dropped: number, left: number) => string;
  readonly droppedHead: Head;
  readonly unaccounted: string;
  readonly unaccountedItem: (kind: string, label: string, place: string) => string;
  readonly replacedRules: string;
  readonly ruleReplaced: (text: string) => string;
  readonly idleOwn: (rules: string) => string;
  readonly idleOthers: (count: number) => string;
  readonly noWork: string;
  readonly work: (p50: string, p90: string) => string;
  readonly workHead: Head;
  readonly shared: (count: number, shared: number) => string;
  readonly gained: (seconds: number, pods: number, lines: number) => string;
  readonly failures: string;
  readonly figures: (rules: string) => string;
  readonly planHead: Head;
  readonly group: Readonly<Record<Forecast['constructs'][number]['group'], string>>;
  readonly constructHead: Head;
  readonly facts: Readonly<Record<'status' | 'environments' | 'lines' | 'pastDates', string>>;
  readonly backfillable: string;
  readonly notBackfillable: string;
  readonly stepHead: Head;
  readonly scheduleHead: Head;
  readonly noSchedule: string;
  readonly yes: string;
  readonly no: string;
  readonly parameterHead: (environments: readonly string[]) => Head;
  readonly ownOrigin: string;
  readonly launcherHead: Head;
  readonly fate: Readonly<Record<string, string>>;
  readonly like: (count: number) => string;
  readonly tasks: (count: number) => string;
  readonly acceptedHead: Head;
  readonly fromFile: (file: string) => string;
  readonly toFile: (file: string) => string;
  readonly todo: string;
  readonly inOutput: string;
  readonly see: (place: string, note: string) => string;
  readonly proofLead: string;
  readonly proofHead: Head;
  readonly scheduleProof: Readonly<Record<'proved' | 'none' | 'differs' | 'open', string>>;
  readonly limits: string;
  /** Of a job whose CronWorkflow runs others that are the same but for their schedules, and of those others. */
  readonly holds: (jobs: readonly string[]) => string;
  readonly heldBy: (job: string) => string;
  readonly noFamilies: (jobs: number) => string;
  readonly familyOverview: (numbers: FamilyNumbers) => string;
  readonly family: (members: number, kind: Family['kind'], common: number, before: number, after: number) => string;
  readonly familyOrigin: Readonly<Record<Family['origin'], string>>;
  readonly familyTemplate: (path: string, kind: Family['kind']) => string;
  readonly familyHead: (names: readonly string[]) => Head;
  readonly notInFamily: string;
  readonly apartTitle: string;
  readonly beside: (job: string, other: string) => string;
  readonly firstAt: (place: string) => string;
  readonly nothing: string;
}

/** How many jobs become how many workflows and templates. */
export interface FamilyNumbers {
  readonly jobs: number;
  readonly workflows: number;
  /** CronWorkflows with the schedules of several jobs, and those jobs. */
  readonly joined: number;
  readonly joinedJobs: number;
  /** Workflows that are nothing but values for a shared one. */
  readonly thin: number;
  readonly templates: number;
  /** Steps that call the templates. */
  readonly steps: number;
  readonly before: number;
  readonly after: number;
}

type SectionName =
  | 'baseline'
  | 'jobs'
  | 'manual'
  | 'forecast'
  | 'plan'
  | 'decisions'
  | 'families'
  | 'accounting'
  | 'constructs'
  | 'rules'
  | 'general'
  | 'findings'
  | 'steps'
  | 'schedule'
  | 'parameters'
  | 'launchers'
  | 'accepted'
  | 'proof'
  | 'files';
