import type { z } from 'zod';
import type { jobReport } from './schema/job.ts';
import type { finding, place, verdict, yamlLines } from './schema/parts.ts';
import type { reportSchema } from './schema/report.ts';

/** Report data is never changed in place. */
type Immutable<T> = T extends readonly (infer Item)[]
  ? readonly Immutable<Item>[]
  : T extends object
    ? { readonly [K in keyof T]: Immutable<T[K]> }
    : T;

/** Stable form: `schemaVersion` changes when a field changes its meaning or goes. No clock time, no absolute path. */
export type Report = Immutable<z.infer<typeof reportSchema>>;
export type JobReport = Immutable<z.infer<typeof jobReport>>;
export type ReportFinding = Immutable<z.infer<typeof finding>>;
export type ReportPlace = Immutable<z.infer<typeof place>>;
export type ReportVerdict = Immutable<z.infer<typeof verdict>>;
export type YamlLines = Immutable<z.infer<typeof yamlLines>>;
export type JobStatus = JobReport['status'];
export type ScheduleRow = JobReport['schedules'][number];
export type Family = NonNullable<Report['families']>[number];
export type Apart = NonNullable<Report['apart']>[number];
export type Forecast = NonNullable<Report['forecast']>;
export type Plan = NonNullable<Report['plan']>;
export type BaselineChanges = NonNullable<Report['baseline']>;
/** Which step follows which, as the legacy workflow says or as Argo runs them. */
export type JobFlow = NonNullable<JobReport['flow']>;
