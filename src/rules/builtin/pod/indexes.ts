import { list, map, textOf, withEntry } from '../../../ir/build-value.ts';
import { entryOf, itemsOf, staticInteger, staticScalar } from '../../../ir/read-value.ts';
import type { MapValue, TextValue } from '../../../ir/value.ts';
import type { PodContext } from './context.ts';
import type { PodParts } from './pod-parts.ts';

/** The pods of one Job. */
export interface Pods {
  readonly count: number;
  /** At most so many at a time. */
  readonly parallelism: number;
  /** Each pod has a number of its own. */
  readonly indexed: boolean;
}

const INDEX_VARIABLE = 'JOB_COMPLETION_INDEX';
export const INDEX_ANNOTATION = 'batch.kubernetes.io/job-completion-index';

/**
 * How many pods a Job starts; undefined for the usual Job of one pod, and for what is reported as not converted.
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#parallel-jobs
 */
export function readPods(manifest: MapValue, context: PodContext): Pods | undefined {
  const spec = entryOf(manifest, 'spec');
  const indexed = staticScalar(entryOf(spec, 'completionMode')) === 'Indexed';
  const parallelism = count('parallelism', manifest, context);
  const completions = count('completions', manifest, context);
  if (parallelism === 'unknown' || completions === 'unknown') return undefined;
  // Without completions the pods share one queue of work, and all of them start at once.
  const pods = { count: completions ?? parallelism ?? 1, parallelism: parallelism ?? 1, indexed };
  if (pods.count === 1 && !indexed) return undefined;
  reportDifferences(manifest, pods, completions === undefined, context);
  return pods;
}

function count(
  field: 'parallelism' | 'completions',
  manifest: MapValue,
  context: PodContext,
): number | undefined | 'unknown' {
  const value = entryOf(manifest, 'spec', field);
  if (value === undefined) return undefined;
  const read = staticInteger(value);
  if (read !== undefined && read > 0) return read;
  context.report('POD_PARALLEL_JOB', { field, value: staticScalar(value) ?? '(known at run time)' }, value);
  return 'unknown';
}

/** A Job ends when too many of its pods failed; a loop of Argo runs all items to their end. */
function reportDifferences(manifest: MapValue, pods: Pods, queue: boolean, context: PodContext): void {
  const perIndex = entryOf(manifest, 'spec', 'backoffLimitPerIndex');
  if (pods.count > 1 && perIndex === undefined)
    context.report(
      'POD_INDEXES_DIFFER',
      {
        field: 'spec.backoffLimit',
        how: `each of the ${pods.count} pods has all these attempts for itself, and the others run on when one has failed for good`,
      },
      entryOf(manifest, 'spec', 'backoffLimit') ?? entryOf(manifest, 'spec', 'completions') ?? manifest,
    );
  if (queue && pods.count > 1)
    context.report(
      'POD_INDEXES_DIFFER',
      { field: 'spec.parallelism', how: 'every pod must succeed, also when another has already emptied the queue' },
      entryOf(manifest, 'spec', 'parallelism'),
    );
  const subdomain = entryOf(manifest, 'spec', 'template', 'spec', 'subdomain');
  if (pods.indexed && subdomain !== undefined)
    context.report(
      'POD_INDEXES_DIFFER',
      {
        field: 'spec.template.spec.subdomain',
        how: "the pods have no host names made of the Job's name and their index",
      },
      subdomain,
    );
}

/** The number of the pod, as a text that its template takes as an input. */
export function indexText(context: PodContext): TextValue {
  const from = context.made();
  return textOf(
    [{ kind: 'runtime', expr: { kind: 'item', loop: context.input.task, key: 'index' }, name: 'index', from }],
    from,
  );
}

/** The variable that Kubernetes gives to each container of an indexed Job. */
export function withIndexVariable(parts: PodParts, pods: Pods | undefined, context: PodContext): PodParts {
  if (pods?.indexed !== true) return parts;
  const add = (container: MapValue): MapValue => {
    const env = itemsOf(container.entries.get('env'));
    if (env.some((item) => staticScalar(entryOf(item, 'name')) === INDEX_VARIABLE)) return container;
    const from = context.made(container);
    const variable = map(
      [
        ['name', textOf([{ kind: 'literal', text: INDEX_VARIABLE, from }], from)],
        ['value', indexText(context)],
      ],
      from,
    );
    return withEntry(container, 'env', list([...env, variable], from));
  };
  return { ...parts, main: add(parts.main), others: parts.others.map(add), init: parts.init.map(add) };
}
