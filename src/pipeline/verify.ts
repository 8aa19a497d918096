import { loadConfig } from '../config/load.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import type { Host } from '../core/host.ts';
import { localTime, offsetSeconds } from '../core/zoned-time.ts';
import { compileWorkflow } from '../dig/compile-workflow.ts';
import { loadDig } from '../dig/load.ts';
import { discover } from '../discover/discover.ts';
import type { Schedule } from '../ir/graph.ts';
import { buildKustomization } from '../kustomize/build.ts';
import { nextFire } from '../session/schedule/fires.ts';
import { scheduleOf } from '../session/schedule/workflow-schedule.ts';
import { type ArgoRun, playArgo } from '../verify/argo/play.ts';
import type { Plain, ProofRow, Start, Verdict } from '../verify/effect.ts';
import { sourceOf } from './convert-platform.ts';
import { plainObjects } from './plain-objects.ts';
import { workflowName } from './read-graphs.ts';

/** One run as Argo would do it, and what can be said about it. */
export interface PlayedRow extends ProofRow {
  readonly run: ArgoRun;
}

export interface VerifyOptions {
  readonly jobs?: readonly string[];
  readonly environments?: readonly string[];
}

/** Days that catch arithmetic out: month ends, a year end, a leap day, the days on which New York changes its clocks. */
const days = ['2025-12-31', '2026-02-28', '2026-03-01', '2026-03-08', '2026-11-01', '2028-02-29'];

const MALFORMED = 'not-a-date';

const LEGACY_SIDE = 'the legacy side is not computed by this version: its launcher scripts are not interpreted';

/**
 * Plays Argo's side of each job, environment and session from the output tree alone. What the legacy side would start is
 * not computed yet, so a run is `not provable`; that a malformed `target_date` starts nothing is proved here.
 * Undefined where the configuration is broken.
 */
export function verifyOutput(
  legacy: Host,
  out: Host,
  options: VerifyOptions,
  sink: DiagnosticSink,
): readonly PlayedRow[] | undefined {
  const config = loadConfig(sourceOf(legacy, 'dig2argo.yaml'), sink);
  if (config === undefined) return undefined;
  const project = discover(legacy, config, sink);
  return project.environments.flatMap(({ name, workflows }) => {
    if (options.environments !== undefined && !options.environments.includes(name)) return [];
    return workflows.flatMap((path) => {
      const job = workflowName(path);
      if (options.jobs !== undefined && !options.jobs.includes(job)) return [];
      const loaded = loadDig(path, (file) => legacy.read(file), sink);
      const workflow = loaded === undefined ? undefined : compileWorkflow(loaded, job, sink);
      if (workflow === undefined) return [];
      return playJob(job, name, scheduleOf(workflow, sink), workflow.timezone, out, config.clusters[name] ?? '');
    });
  });
}

function playJob(
  job: string,
  environment: string,
  schedule: Schedule | undefined,
  timezone: string,
  out: Host,
  cluster: string,
): readonly PlayedRow[] {
  const found = jobIn(out, job);
  const objects = found === undefined ? undefined : builtObjects(found.folder, environment, out);
  const starts = startsOf(environment, schedule, timezone);
  if (found === undefined || objects === undefined) {
    const run: ArgoRun = { effects: [], status: 'Error', refused: 'the output has no overlay of it' };
    return starts.slice(0, 1).map((start) => ({
      job,
      environment,
      start,
      run,
      verdict: { kind: 'not-provable', reason: 'the output has no overlay of it' },
    }));
  }
  return starts.map((start) => {
    const run = playArgo(objects, null, start, () => ({ status: 'Succeeded' }), { job: found.name, cluster });
    return { job, environment, start, run, verdict: verdictOf(start, run) };
  });
}

function verdictOf(start: Start, run: ArgoRun): Verdict {
  if (run.refused !== undefined) return { kind: 'not-provable', reason: run.refused };
  if (start.targetDate !== MALFORMED) return { kind: 'not-provable', reason: LEGACY_SIDE };
  const pods = run.effects.filter((effect) => effect.kind !== 'notify');
  if (pods.length === 0) return { kind: 'proved' };
  return {
    kind: 'differs',
    differences: [{ path: 'pods', legacy: 'none for a malformed date', argo: pods.map((pod) => pod.task).join(', ') }],
  };
}

/** The job in the output, by the legacy name in its title. */
function jobIn(out: Host, job: string): { readonly folder: string; readonly name: string } | undefined {
  for (const path of out.list()) {
    const match = /^((?:cron|workflows)\/([^/]+))\//.exec(path);
    if (match === null || !path.endsWith('/workflow.yaml')) continue;
    if (new RegExp(`workflows\\.argoproj\\.io/title: "?${job}"?[,}\\s]`).test(out.read(path) ?? ''))
      return { folder: match[1] ?? '', name: match[2] ?? '' };
  }
  return undefined;
}

function builtObjects(folder: string, environment: string, out: Host): readonly Plain[] | undefined {
  const read = (path: string): string | undefined => out.read(path);
  const built = buildKustomization(`${folder}/overlays/${environment}`, read);
  if (!('objects' in built)) return undefined;
  const objects = plainObjects(built.objects);
  const namespace = namespaceOf(objects[0] ?? null);
  const shared = buildKustomization(`environments/${environment}/templates-${namespace}`, read);
  return [...objects, ...('objects' in shared ? plainObjects(shared.objects) : [])];
}

function namespaceOf(object: Plain): string {
  const metadata = isMap(object) ? object['metadata'] : undefined;
  const namespace = metadata !== undefined && isMap(metadata) ? metadata['namespace'] : undefined;
  return typeof namespace === 'string' ? namespace : '';
}

function isMap(value: Plain): value is { readonly [key: string]: Plain } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The first scheduled run on or after each of the days, one past day by hand, and a date that is none. */
function startsOf(environment: string, schedule: Schedule | undefined, timezone: string): readonly Start[] {
  const byHand = (targetDate: string): Start => ({
    environment,
    sessionTime: targetDate,
    creationTime: '2026-11-23T03:00:00Z',
    targetDate,
  });
  const scheduled = days.flatMap((day): readonly Start[] => {
    const midnight = Date.parse(`${day}T00:00:00Z`) - offsetSeconds(timezone, Date.parse(`${day}T00:00:00Z`)) * 1000;
    if (schedule === undefined) return [byHand(day)];
    const fire = nextFire(schedule, midnight - 1000);
    if (fire === undefined) return [];
    const fired = new Date(fire.fireMs).toISOString().replace('.000Z', 'Z');
    return [{ environment, sessionTime: rfc3339(fire.sessionMs, timezone), scheduledTime: fired, creationTime: fired }];
  });
  return [...scheduled, byHand('2021-03-01'), byHand(MALFORMED)];
}

function rfc3339(epochMs: number, zone: string): string {
  const local = localTime(zone, epochMs);
  const two = (n: number): string => String(n).padStart(2, '0');
  const seconds = offsetSeconds(zone, epochMs);
  const offset = `${seconds < 0 ? '-' : '+'}${two(Math.floor(Math.abs(seconds) / 3600))}:${two(Math.floor((Math.abs(seconds) % 3600) / 60))}`;
  return `${local.year}-${two(local.month)}-${two(local.day)}T${two(local.hour)}:${two(local.minute)}:${two(local.second)}${offset}`;
}
