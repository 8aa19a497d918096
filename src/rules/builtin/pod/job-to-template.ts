import { list, map, text } from '../../../ir/build-value.ts';
import { entryOf, staticScalar } from '../../../ir/read-value.ts';
import type { MapValue, Value } from '../../../ir/value.ts';
import type { PodSurroundings, PodTemplate } from '../../types.ts';
import { type Attempts, attemptsOfPod, readAttempts, reportMultiplied, retryStrategy } from './attempts.ts';
import { carriedObjects } from './carried-objects.ts';
import { replaceClocks } from './clocks.ts';
import { initContainers, workingContainers } from './containers.ts';
import { PodContext, type PodInput } from './context.ts';
import { reportForeignTags } from './foreign-tags.ts';
import { type Pods, readPods, withIndexVariable } from './indexes.ts';
import { replaceLauncherClocks } from './launcher-clocks.ts';
import { type Deadline, deadlineTests, deadlineValue, isSuspended, readDeadline, START_INPUT } from './limits.ts';
import { keepLiteralTexts } from './literal-texts.ts';
import { templateMetadata } from './metadata.ts';
import { podNeeds } from './needs.ts';
import { type PodFields, patchedMain, podFields, podSpecPatch } from './pod-fields.ts';
import { containerName, type PodParts, podParts } from './pod-parts.ts';
import { podTemplateOf, pruneFields } from './prune-fields.ts';
import { reportRuntimeFields } from './runtime-fields.ts';
import { replaceSecretLiterals } from './secret-literals.ts';
import { removeSidecarStops } from './sidecar-stops.ts';

/** What an Argo template says, in the order readers know it. */
const fieldOrder = [
  'metadata',
  'activeDeadlineSeconds',
  'retryStrategy',
  'serviceAccountName',
  'automountServiceAccountToken',
  'executor',
  'priorityClassName',
  'schedulerName',
  'nodeSelector',
  'affinity',
  'tolerations',
  'hostAliases',
  'securityContext',
  'podSpecPatch',
  'volumes',
  'initContainers',
  'container',
  'containerSet',
  'sidecars',
];

/** The Argo template of the pod that a Job starts. undefined: it cannot be converted, and a diagnostic says why. */
export function jobToTemplate(manifest: MapValue, input: PodInput): PodTemplate | undefined {
  const context = new PodContext(input, manifest);
  const kind = staticScalar(entryOf(manifest, 'kind')) ?? '(nothing)';
  if (kind !== 'Job') {
    context.report('POD_NOT_A_JOB', { task: input.task, kind }, manifest);
    return undefined;
  }
  const pruned = pruneFields(replaceLauncherClocks(manifest, context), context);
  const { spec } = podTemplateOf(pruned);
  const found = spec === undefined ? undefined : podParts(pruned, spec, context);
  if (found === undefined) {
    context.report('POD_NO_CONTAINER', { task: input.task }, spec ?? manifest);
    return undefined;
  }
  const plan = planJob(pruned, context);
  const safe = replaceSecretLiterals(removeSidecarStops(replaceClocks(found, context), pruned, context), context);
  if (safe === undefined) return undefined;
  const parts = keepLiteralTexts(withIndexVariable(safe, plan.pods, context), context);
  if (holdsForeignTags(parts, podTemplateOf(pruned).metadata, context)) return undefined;
  const fields = podFields(parts, context);
  const body = templateBody(pruned, parts, fields, plan, context);
  reportRuntimeFields(body, '', context);
  const carried = carriedObjects(input.objects ?? [], context);
  return {
    body,
    workflowLevel: fields.workflow,
    rule: input.rule,
    needs: [...podNeeds(parts), ...carried.needs],
    ...(plan.around === undefined ? {} : { around: plan.around }),
    objects: carried.objects,
    readsClock: context.readsClock,
    accepted: context.accepted,
  };
}

/** Where no variable of a container is put in: tags in labels, names, volumes and the like. */
function holdsForeignTags(parts: PodParts, metadata: MapValue | undefined, context: PodContext): boolean {
  const containers = [parts.main, ...parts.others, ...parts.init].map((container) =>
    reportForeignTags(container, `spec.template.spec.containers[${containerName(container)}]`, context),
  );
  const pod = reportForeignTags(parts.spec, 'spec.template.spec', context);
  const labels = metadata !== undefined && reportForeignTags(metadata, 'spec.template.metadata', context);
  return pod || labels || containers.includes(true);
}

/** How often and how long the Job runs its pods, and what of it stands around the pod. */
interface JobPlan {
  readonly attempts: Attempts;
  readonly deadline: Deadline;
  readonly pods: Pods | undefined;
  readonly around: PodSurroundings | undefined;
}

/** A failure that ends the Job for good does not end the step's `_retry`, which starts another Job: that one is repeated outside. */
function planJob(manifest: MapValue, context: PodContext): JobPlan {
  const pods = readPods(manifest, context);
  const attempts = readAttempts(manifest, pods, context);
  const deadline = readDeadline(manifest, attempts, pods, context);
  const suspended = isSuspended(manifest, context);
  const stops = entryOf(manifest, 'spec', 'podFailurePolicy') !== undefined && attempts.retry !== undefined;
  const plain = !suspended && pods === undefined && deadline.kind !== 'shared' && !stops;
  reportMultiplied(attempts, plain, manifest, context);
  if (plain) return { attempts, deadline, pods, around: undefined };
  const around: PodSurroundings = {
    suspended,
    ...(deadline.kind === 'shared' ? { startInput: START_INPUT } : {}),
    ...(pods === undefined ? {} : { pods: { count: pods.count, parallelism: pods.parallelism } }),
    ...(attempts.retry === undefined ? {} : { retry: attempts.retry }),
  };
  return { attempts: attemptsOfPod(attempts), deadline, pods, around };
}

function templateBody(
  manifest: MapValue,
  parts: PodParts,
  fields: PodFields,
  { attempts, deadline, pods }: JobPlan,
  context: PodContext,
): MapValue {
  const { main, beside, sidecars } = workingContainers(parts, context);
  const { container, patch } = patchedMain(main, context);
  const values = new Map<string, Value | undefined>(fields.template);
  values.set('metadata', templateMetadata(manifest, pods, context));
  values.set('activeDeadlineSeconds', deadlineValue(deadline, context));
  values.set(
    'retryStrategy',
    retryStrategy(attempts, manifest, containerName(parts.main), deadlineTests(deadline), context),
  );
  values.set('podSpecPatch', podSpecPatch(fields.patch, patch, context));
  values.set('initContainers', listOf(initContainers(parts, context), context));
  if (beside.length === 0) values.set('container', container);
  else values.set('containerSet', containerSet(container, beside, context));
  values.set('sidecars', listOf(sidecars, context));
  const others = [...values.keys()].filter((key) => !fieldOrder.includes(key));
  return map(
    [...fieldOrder, ...others].map((key) => [key, values.get(key)]),
    context.made(),
  );
}

/** Containers that must all end, the main one first. */
function containerSet(main: MapValue, beside: readonly MapValue[], context: PodContext): MapValue {
  const from = context.made(main);
  const named = map([['name', text('main', from)], ...main.entries], from);
  return map([['containers', list([named, ...beside], from)]], from);
}

function listOf(items: readonly MapValue[], context: PodContext): Value | undefined {
  return items.length === 0 ? undefined : list(items, context.made(...items.slice(0, 1)));
}
