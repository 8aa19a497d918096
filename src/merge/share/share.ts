import { byRule, list, map } from '../../ir/build-value.ts';
import { canonicalKey } from '../../ir/canonical.ts';
import { mapTexts } from '../../ir/read-value.ts';
import type { MapValue, Value } from '../../ir/value.ts';
import type { ConvertedWorkflow } from '../../rules/types.ts';
import { literal } from '../literal.ts';
import { chooseShared } from './choose.ts';
import { type Item, itemsOfJob, sharedLists } from './items.ts';
import { withoutShared } from './take-out.ts';

const RULE = 'merge-share';

export type WorkflowKind = ConvertedWorkflow['kind'];

/** What several jobs say for all their pods: parts of a workflow's spec, for all environments and for each. */
export interface PodDefaults {
  readonly name: string;
  readonly kind: WorkflowKind;
  /** Legacy names of the jobs that share it. */
  readonly jobs: readonly string[];
  readonly base: MapValue;
  readonly overlays: ReadonlyMap<string, MapValue>;
}

/** Jobs by legacy name, each with its environments. */
type Jobs = ReadonlyMap<string, ReadonlyMap<string, ConvertedWorkflow>>;

/**
 * What at least three jobs say alike for all their pods is taken out of them and said once, so that a job shows what is
 * special about it. The jobs come hoisted; a job that lacks some of it keeps all of its own.
 */
export function sharePodDefaults(jobs: Jobs): { readonly jobs: Jobs; readonly defaults: readonly PodDefaults[] } {
  const cron = shareKind(jobs, 'CronWorkflow', 'pod-defaults');
  const others = shareKind(cron.jobs, 'WorkflowTemplate', 'pod-defaults-templates');
  return { jobs: others.jobs, defaults: [...cron.defaults, ...others.defaults] };
}

function shareKind(jobs: Jobs, kind: WorkflowKind, name: string): ReturnType<typeof sharePodDefaults> {
  const candidates = [...jobs].flatMap(([job, hoisted]) =>
    [...hoisted.values()].every((workflow) => workflow.kind === kind)
      ? [{ job, hoisted, items: itemsOfJob(hoisted) }]
      : [],
  );
  const choice = chooseShared(candidates);
  if (choice === undefined) return { jobs, defaults: [] };
  const { items } = choice;
  const shared = new Set(choice.jobs);
  const rest = new Map(
    [...jobs].map(([job, hoisted]) => [
      job,
      shared.has(job)
        ? new Map([...hoisted].map(([environment, workflow]) => [environment, withoutShared(workflow, items)]))
        : hoisted,
    ]),
  );
  return { jobs: rest, defaults: [{ name, kind, jobs: choice.jobs, ...layers(items) }] };
}

/** What all environments have alike, and what each has of its own; a list is one or the other as a whole. */
function layers(items: ReadonlyMap<string, Item>): Pick<PodDefaults, 'base' | 'overlays'> {
  const all = [...items.values()];
  const varied = new Set(all.filter((item) => !isConstant(item)).map(placeOf));
  const environments = [...new Set(all.flatMap((item) => [...item.values.keys()]))];
  const layer = (environment: string, own: boolean): MapValue => {
    const chosen = all.filter((item) => varied.has(placeOf(item)) === own);
    return specOf(
      chosen.flatMap((item): [Item, Value][] => {
        const value = item.values.get(environment);
        return value === undefined ? [] : [[item, mapTexts(value, literal)]];
      }),
    );
  };
  return {
    base: layer(environments[0] ?? '', false),
    overlays: new Map(environments.map((environment) => [environment, layer(environment, true)])),
  };
}

function isConstant(item: Item): boolean {
  const keys = [...item.values.values()].map((value) =>
    value === undefined ? '' : canonicalKey(mapTexts(value, literal)),
  );
  return new Set(keys).size === 1;
}

/** What kustomize merges or replaces as one: a list, a key of a map, a field. */
function placeOf(item: Item): string {
  const path = item.path.join('/');
  return item.key === undefined || sharedLists.has(path) ? path : `${path}/${item.key}`;
}

function specOf(items: readonly (readonly [Item, Value])[]): MapValue {
  let spec = map([], byRule(RULE));
  for (const [item, value] of items) spec = added(spec, item.path, item, value);
  return spec;
}

function added(of: MapValue, [field, ...below]: readonly string[], item: Item, value: Value): MapValue {
  const from = byRule(RULE);
  const entries = new Map(of.entries);
  if (field === undefined) {
    if (item.key !== undefined) entries.set(item.key, value);
    return { ...of, entries };
  }
  const known = entries.get(field);
  if (below.length > 0 || (item.key !== undefined && !sharedLists.has(item.path.join('/'))))
    entries.set(field, added(known?.kind === 'map' ? known : map([], from), below, item, value));
  else if (item.key === undefined) entries.set(field, value);
  else entries.set(field, list([...(known?.kind === 'list' ? known.items : []), value], from));
  return { ...of, entries };
}
