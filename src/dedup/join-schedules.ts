import { commonFire } from '../argo-expr/common-fire.ts';
import { compareText, sortedBy } from '../core/order.ts';
import { byRule, list, map, text, withEntry } from '../ir/build-value.ts';
import { itemsOf, staticText } from '../ir/read-value.ts';
import type { MapValue, Value } from '../ir/value.ts';
import type { ConvertedWorkflow } from '../rules/types.ts';
import { pathText } from './clash-text.ts';
import { factsOf } from './facts.ts';
import { DEDUP_RULE } from './family-body.ts';
import { firstDifference } from './first-difference.ts';
import type { ConvertedJobs } from './members.ts';
import type { Decisions, Joined, NearMiss } from './types.ts';
import { comparableWorkflow, nameless, workKey } from './whole-workflow.ts';

export interface JoinOptions {
  readonly decisions: Decisions;
  /** Job → environment → who runs it now. */
  readonly cutover: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Jobs that a person converts, or that have a session of their own which others wait for. */
  readonly apart: ReadonlyMap<string, string>;
  /** Jobs that earlier runs have named: one of them stays the one whose name the CronWorkflow has. */
  readonly known: ReadonlySet<string>;
  readonly lines: (body: MapValue) => number;
}

export interface JoinedJobs {
  /** The jobs without those that another one runs too. */
  readonly jobs: ConvertedJobs;
  readonly joined: readonly Joined[];
  readonly nearMisses: readonly NearMiss[];
}

/**
 * Workflows that are the same but for their schedules become one CronWorkflow with all of them, where no run comes or goes by that
 * and no pod says which workflow it was. Those that only nearly are stay what they are, with the reason.
 */
export function joinSchedules(jobs: ConvertedJobs, options: JoinOptions): JoinedJobs {
  const changed = new Map<string, ReadonlyMap<string, ConvertedWorkflow>>();
  const gone = new Set<string>();
  const joined: Joined[] = [];
  const nearMisses: NearMiss[] = [];
  for (const names of candidates(jobs)) {
    const found = groupsAmong(inOrder(names, jobs, options), jobs, options);
    nearMisses.push(...found.nearMisses);
    for (const [head = '', ...others] of found.groups) {
      const environments = withAllSchedules([head, ...others], jobs);
      for (const job of others) gone.add(job);
      changed.set(head, environments);
      joined.push(joinedOf([head, ...others], jobs, options));
    }
  }
  const left = [...jobs].flatMap(([job, environments]): [string, ReadonlyMap<string, ConvertedWorkflow>][] =>
    gone.has(job) ? [] : [[job, changed.get(job) ?? environments]],
  );
  return { jobs: new Map(left), joined: sortedBy(joined, ({ job }) => job), nearMisses };
}

/** Scheduled jobs that do the same work, once the job's own name is taken out of every text. */
function candidates(jobs: ConvertedJobs): readonly (readonly string[])[] {
  const groups = new Map<string, string[]>();
  for (const [job, environments] of jobs) {
    const workflow = [...environments.values()].at(-1);
    if (workflow?.kind !== 'CronWorkflow') continue;
    const key = nameless(workKey(workflow), workflow);
    groups.set(key, [...(groups.get(key) ?? []), job]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/** The one that gives the name first: pinned by a person, else named before, else by name. */
function inOrder(names: readonly string[], jobs: ConvertedJobs, { decisions, known }: JoinOptions): readonly string[] {
  const ids = new Set(names.map((job) => nameOf(job, jobs)));
  const pinned = [...decisions.representative].find(([family, job]) => ids.has(family) && names.includes(job))?.[1];
  const rank = (job: string): number => (job === pinned ? 0 : known.has(job) ? 1 : 2);
  return [...names].sort((a, b) => rank(a) - rank(b) || compareText(a, b));
}

function nameOf(job: string, jobs: ConvertedJobs): string {
  return [...(jobs.get(job)?.values() ?? [])][0]?.name ?? job;
}

/** Each takes those that fit it; who fits nobody is named once, with what keeps it from the first. */
function groupsAmong(
  ordered: readonly string[],
  jobs: ConvertedJobs,
  options: JoinOptions,
): { readonly groups: readonly (readonly string[])[]; readonly nearMisses: readonly NearMiss[] } {
  const groups: string[][] = [];
  const misses = new Map<string, NearMiss>();
  for (const job of ordered) {
    const home = groups.find((group) => {
      const why = whyApart(group, job, jobs, options);
      if (why !== undefined && !misses.has(job)) misses.set(job, why);
      return why === undefined;
    });
    if (home === undefined) groups.push([job]);
    else home.push(job);
  }
  const [first] = groups;
  const alone = new Set(groups.filter((group) => group.length === 1 && group !== first).flat());
  return {
    groups: groups.filter((group) => group.length > 1),
    nearMisses: [...misses.values()].filter(({ member }) => alone.has(member)),
  };
}

const parallelRuns = 'their runs may overlap each other, and would not any more in one CronWorkflow';

/** The first reason why a job cannot run in the CronWorkflow of a group; undefined where nothing would change. */
function whyApart(
  group: readonly string[],
  job: string,
  jobs: ConvertedJobs,
  options: JoinOptions,
): NearMiss | undefined {
  const [head = ''] = group;
  const [mine, theirs] = [jobs.get(head), jobs.get(job)];
  const miss = (reason: string, where = '', values: readonly [string, string] = ['', '']): NearMiss => ({
    member: job,
    family: nameOf(head, jobs),
    reason,
    where,
    values,
  });
  if (mine === undefined || theirs === undefined) return miss('it is gone');
  for (const each of [head, job]) {
    const { reject } = options.decisions;
    if (reject.has(each) || reject.has(nameOf(each, jobs))) return miss('dedup.reject keeps it apart');
    const why = options.apart.get(each);
    if (why !== undefined) return miss(each === job ? why : `the other one: ${why}`);
  }
  const environments = [[...mine.keys()].join(', '), [...theirs.keys()].join(', ')] as const;
  if (environments[0] !== environments[1]) return miss('they are not in the same environments', '', environments);
  for (const [environment, workflow] of mine) {
    const other = theirs.get(environment);
    if (other === undefined) continue;
    const found = firstDifference(comparableWorkflow(workflow), comparableWorkflow(other));
    if (found !== undefined) return miss('something beside the schedule differs', pathText(found.path), found.values);
    const policy = staticText(workflow.cron.entries.get('concurrencyPolicy'));
    if (policy !== 'Allow') return miss(parallelRuns, 'concurrencyPolicy', [policy ?? '', policy ?? '']);
    const states = [workflow, other].map(({ facts }) => facts.graph.schedule?.state ?? 'none');
    if ((states[0] === 'active') !== (states[1] === 'active'))
      return miss(`only one of them is scheduled in ${environment}`, '', [states[0] ?? '', states[1] ?? '']);
    const cutover = [head, job].map((each) => options.cutover[each]?.[environment] ?? 'digdag');
    if (cutover[0] !== cutover[1])
      return miss(`only one of them has been cut over in ${environment}`, '', [cutover[0] ?? '', cutover[1] ?? '']);
    const clash = group.map((each) => schedulesClash(jobs.get(each)?.get(environment), other)).find(Boolean);
    if (clash !== undefined) return miss(clash.reason, `schedules in ${environment}`, clash.values);
  }
  return undefined;
}

function clock({ hour, minute }: { readonly hour: number; readonly minute: number }): string {
  return [hour, minute].map((value) => String(value).padStart(2, '0')).join(':');
}

/** A run is named after its workflow and time: of two schedules that name one minute, one CronWorkflow would start one run. */
function schedulesClash(
  a: ConvertedWorkflow | undefined,
  b: ConvertedWorkflow,
): { readonly reason: string; readonly values: readonly [string, string] } | undefined {
  for (const first of cronsOf(a))
    for (const second of cronsOf(b)) {
      const found = commonFire(first, second);
      if (found.kind === 'never') continue;
      const reason =
        found.kind === 'unknown'
          ? 'it cannot be said whether they ever start at one time'
          : `both start at ${clock(found)} on some days, and would be one run`;
      return { reason, values: [first, second] };
    }
  return undefined;
}

function cronsOf(workflow: ConvertedWorkflow | undefined): readonly string[] {
  return itemsOf(workflow?.cron.entries.get('schedules')).map((item) => staticText(item) ?? '');
}

/** The first job's workflows, with the schedules of all and the names of all for its title. */
function withAllSchedules(members: readonly string[], jobs: ConvertedJobs): ReadonlyMap<string, ConvertedWorkflow> {
  const [head = ''] = members;
  return new Map(
    [...(jobs.get(head) ?? [])].map(([environment, workflow]) => {
      const items = members.flatMap((job) => {
        const schedules = itemsOf(jobs.get(job)?.get(environment)?.cron.entries.get('schedules'));
        return schedules.map((item, at): Value => (at === 0 ? { ...item, comment: job } : item));
      });
      const schedules = list(items, workflow.cron.from);
      const { metadata } = workflow;
      const annotations = metadata.entries.get('annotations');
      const titled =
        annotations?.kind === 'map'
          ? withEntry(
              metadata,
              'annotations',
              withEntry(annotations, TITLE, text(members.join(', '), byRule(DEDUP_RULE))),
            )
          : metadata;
      return [environment, { ...workflow, cron: withEntry(workflow.cron, 'schedules', schedules), metadata: titled }];
    }),
  );
}

const TITLE = 'workflows.argoproj.io/title';

function joinedOf(members: readonly string[], jobs: ConvertedJobs, { lines }: JoinOptions): Joined {
  const [head = ''] = members;
  const bodies = members.flatMap((job) => {
    const [workflow] = [...(jobs.get(job)?.values() ?? [])];
    return workflow === undefined ? [] : [comparableWorkflow(workflow)];
  });
  const written = bodies.map((body) => lines(map([['spec', body]], body.from)));
  const before = written.reduce((sum, count) => sum + count, 0);
  return {
    job: head,
    name: nameOf(head, jobs),
    members: members.map((job) => ({
      job,
      schedules: new Map([...(jobs.get(job) ?? [])].map(([environment, workflow]) => [environment, cronsOf(workflow)])),
    })),
    common: bodies[0] === undefined ? 0 : factsOf(bodies[0]).length,
    score: { linesBefore: before, linesAfter: (written[0] ?? 0) + 2 * (members.length - 1) },
  };
}
