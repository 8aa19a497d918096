import { asList, asMap, asText, isList, isMap, type PlainMap } from '../../../src/verify/argo/data.ts';
import { argoFires } from '../../../src/verify/argo/schedule.ts';
import type { Plain } from '../../../src/verify/effect.ts';

/** One way to start a job. */
export interface Case {
  readonly what: string;
  readonly scheduledTime?: string;
  readonly targetDate?: string;
  /** A parameter that the job lacks. */
  readonly missing?: string;
  /** Which of the job's pods fails at every attempt, counted modulo their number. */
  readonly failing?: number;
}

const DAY = 86_400_000;
/** An ordinary day, and the start of a year in every zone east of it. */
const times = ['2026-11-24T00:00:00Z', '2026-12-31T12:00:00Z'];
const dates = ['2028-02-29', '2026-03-01'];
const malformedDates = ['20260228', '2026-2-8', '2026-02-30', '2026-02-28 '];
const malformedTimes = ['2024-03-30', '20240330T150000Z', '2024-13-01T00:00:00Z'];

/**
 * The ways to start a job that are tried; `turn` makes them differ from job to job where one of several is tried. Not
 * `thorough`: as scheduled, and with a step that fails.
 */
export function casesOf(job: PlainMap, turn: number, thorough: boolean): readonly Case[] {
  const spec = workflowSpecOf(job);
  const names = asList(asMap(spec['arguments'])['parameters']).map((parameter) => asText(asMap(parameter)['name']));
  const fires = firesOf(job).slice(0, thorough ? 2 : 1);
  const [first] = fires;
  const cases: Case[] = fires.map((scheduledTime) => ({ what: `scheduled ${scheduledTime}`, scheduledTime }));
  if (first !== undefined) cases.push({ what: `${first}, a step fails`, scheduledTime: first, failing: turn });
  if (!thorough) return cases;
  if (names.includes('target_date')) {
    const byTime = JSON.stringify(spec).includes('2006-01-02T15:04:05Z07:00');
    const given = byTime ? dates.map((date) => `${date}T23:00:00+09:00`) : dates;
    const bad = byTime ? malformedTimes : malformedDates;
    cases.push(...given.map((targetDate) => ({ what: `target_date ${targetDate}`, targetDate })));
    const malformed = bad[turn % bad.length] ?? '';
    cases.push({ what: `target_date ${JSON.stringify(malformed)}`, targetDate: malformed });
  }
  const tagged = names.filter((name) => JSON.stringify(spec).includes(`{{workflow.parameters.${name}}}`));
  const missing = tagged[turn % Math.max(1, tagged.length)];
  if (missing !== undefined && first !== undefined)
    cases.push({ what: `without parameter ${missing}`, scheduledTime: first, missing });
  return cases;
}

/** The first fires after each of the times; a job without schedule is given the times themselves. */
function firesOf(job: PlainMap): readonly string[] {
  if (job['kind'] !== 'CronWorkflow') return times;
  const { suspend: _, ...spec } = asMap(job['spec']);
  const found = times.flatMap((time) => nextFire({ ...job, spec }, Date.parse(time)) ?? []);
  // Without a schedule that ever fires, it can still be started by hand.
  return found.length === 0 ? times : [...new Set(found)];
}

function nextFire(job: PlainMap, from: number): string | undefined {
  for (const days of [2, 40, 400, 1600]) {
    const fires = argoFires(job, from, from + days * DAY);
    if (fires.kind !== 'fires') throw new Error(`${asText(asMap(job['metadata'])['name'])}: ${JSON.stringify(fires)}`);
    const [first] = fires.atMs;
    if (first !== undefined) return new Date(first).toISOString().replace('.000Z', 'Z');
  }
  return undefined;
}

function workflowSpecOf(job: PlainMap): PlainMap {
  const spec = asMap(job['spec']);
  return job['kind'] === 'CronWorkflow' ? asMap(spec['workflowSpec']) : spec;
}

/** The job as a case changes it. */
export function changedJob(job: PlainMap, { missing, failing }: Case): PlainMap {
  if (missing === undefined && failing === undefined) return job;
  return asMap(withoutBackoff(missing === undefined ? job : withoutParameter(job, missing)));
}

function withoutParameter(job: PlainMap, name: string): PlainMap {
  const spec = workflowSpecOf(job);
  const parameters = asList(asMap(spec['arguments'])['parameters']).filter((item) => asMap(item)['name'] !== name);
  return withWorkflowSpec(job, { ...spec, arguments: { ...asMap(spec['arguments']), parameters } });
}

function withWorkflowSpec(job: PlainMap, workflowSpec: PlainMap): PlainMap {
  if (job['kind'] !== 'CronWorkflow') return { ...job, spec: workflowSpec };
  return { ...job, spec: { ...asMap(job['spec']), workflowSpec } };
}

/** Retries that follow at once: how long the controller waits between them is not what is looked at. */
function withoutBackoff(value: Plain): Plain {
  if (isList(value)) return value.map(withoutBackoff);
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (key !== 'retryStrategy' || !isMap(item)) return [key, withoutBackoff(item)];
      const { backoff: _, ...rest } = item;
      return [key, rest];
    }),
  );
}
