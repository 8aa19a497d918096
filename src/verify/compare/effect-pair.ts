import { escapeRegExp } from '../../core/escape-regexp.ts';
import { canonicalPod } from '../../k8s/canonical.ts';
import type { AcceptedUse, Difference, Plain, SessionEffect, TemplateName } from '../effect.ts';
import type { LegacyEffect } from '../legacy/types.ts';
import {
  type Accepted,
  acceptedAt,
  namesSecret,
  onlyAddsBrace,
  onlyTakesAway,
  secretOf,
  wordsContainer,
} from './accepted.ts';
import { withoutEmptyQuotes } from './empty-quotes.ts';
import { withoutEnvOrder } from './env-order.ts';
import { asList, asMap, type PlainDifference, type PlainMap, plainDifferences, shown } from './plain-differences.ts';
import { programCalls } from './program-calls.ts';
import { withPlainWords } from './secret-words.ts';

/** What two effects are compared under. */
export interface PairContext {
  /** What rules changed on purpose in the pod of a template. */
  readonly acceptedIn: (template: TemplateName) => readonly Accepted[];
  /** Legacy namespace → new one. */
  readonly namespaces: Readonly<Record<string, string>>;
  /** Epoch seconds of the start: what a clock inside a container shows. */
  readonly now: number;
}

export interface PairResult {
  readonly differences: readonly Difference[];
  /** What has to be true besides, for the effects to be equal. */
  readonly assumptions: readonly string[];
  readonly accepted?: readonly AcceptedUse[];
}

/** Two effects of one kind, field by field; undefined where they are of different kinds. */
export function compareEffects(
  legacy: LegacyEffect,
  argo: SessionEffect,
  context: PairContext,
): PairResult | undefined {
  const result = withoutErrorMessage(legacy, argo, compareKind(legacy, argo, context));
  if (result === undefined || legacy.atOnce === argo.atOnce) return result;
  const [mine, theirs] = [legacy, argo].map(({ atOnce }) => (atOnce === undefined ? 'all' : String(atOnce)));
  const difference = { path: 'pods at one time', legacy: mine ?? '', argo: theirs ?? '' };
  return { ...result, differences: [...result.differences, difference] };
}

/** Argo has no text of the error that a step ended with: where Digdag's message quotes it, other words may stand in its place. */
function withoutErrorMessage(
  legacy: LegacyEffect,
  argo: SessionEffect,
  result: PairResult | undefined,
): PairResult | undefined {
  const { errorMessage } = legacy;
  if (result === undefined || errorMessage === undefined || errorMessage === '') return result;
  const quotes = result.differences.filter((difference) => {
    const around = difference.legacy.split(errorMessage).map(escapeRegExp);
    return around.length > 1 && new RegExp(`^${around.join('.+?')}$`, 's').test(difference.argo);
  });
  if (quotes.length === 0) return result;
  const used = quotes.map(({ path }) => ({
    task: legacy.task,
    node: nodeOf(argo.task),
    path,
    rule: 'flow-error-message',
    reason: 'Argo cannot quote the error of a step in a message',
  }));
  return {
    ...result,
    differences: result.differences.filter((difference) => !quotes.includes(difference)),
    accepted: [...(result.accepted ?? []), ...used],
  };
}

function compareKind(legacy: LegacyEffect, argo: SessionEffect, context: PairContext): PairResult | undefined {
  if (legacy.kind === 'job' && argo.kind === 'job') return compareJobs(legacy, argo, context);
  if (legacy.kind === 'command' && argo.kind === 'command') return compareCommands(legacy, argo, context.now);
  if (legacy.kind === 'notify' && argo.kind === 'notify' && legacy.via === 'mail' && argo.via === 'mail')
    return compareMails(legacy, argo);
  if (legacy.kind === 'notify' && argo.kind === 'notify')
    return texts([
      ['via', legacy.via, argo.via],
      ['to', legacy.to, argo.to],
      ['body', legacy.body, argo.body],
      ['url', legacy.url ?? '', argo.url ?? ''],
      // The new message may carry more; what the legacy one carried must be in it.
      ['more', JSON.stringify(legacy.more ?? null), JSON.stringify(legacy.more === undefined ? null : argo.more)],
      [
        'request',
        JSON.stringify(legacy.request ?? null),
        JSON.stringify((legacy.request === undefined ? undefined : argo.request) ?? null),
      ],
    ]);
  if (legacy.kind === 'wait' && argo.kind === 'wait')
    return texts([['seconds', secondsText(legacy.seconds), secondsText(argo.seconds)]]);
  if (legacy.kind === 'fail' && argo.kind === 'fail') return texts([['message', legacy.message, argo.message]]);
  return undefined;
}

/** The Digdag server's own settings say through which server a mail goes, and who sends it where the task does not. */
function compareMails(legacy: Of<'notify'>, argo: Of<'notify'>): PairResult {
  const [mine, theirs] = [asMap(legacy.request ?? null), asMap(argo.request ?? null)];
  const ofServer = mine['from'] === '' && secretName.test(String(theirs['from']));
  const fields = Object.keys(mine).filter((name) => !(name === 'from' && ofServer));
  return {
    ...texts([
      ['to', legacy.to, argo.to],
      ['body', legacy.body, argo.body],
      ...fields.map((name) => [name, String(mine[name]), String(theirs[name] ?? '')] as const),
    ]),
    assumptions: [
      `${named(argo.url ?? '')} leads to the mail server of the Digdag server`,
      ...(ofServer ? [`${named(String(theirs['from']))} holds the sender that the Digdag server is set up with`] : []),
    ],
  };
}

const secretName = /^<secret ([^<>]+)>$/;

function named(value: string): string {
  const secret = secretName.exec(value)?.[1];
  return secret === undefined ? value : `Secret ${secret}`;
}

function secondsText(seconds: number | undefined): string {
  return seconds === undefined ? 'until someone ends it' : String(seconds);
}

function texts(fields: readonly (readonly [path: string, legacy: string, argo: string])[]): PairResult {
  return {
    differences: fields
      .filter(([, legacy, argo]) => legacy !== argo)
      .map(([path, legacy, argo]) => ({ path, legacy, argo })),
    assumptions: [],
  };
}

type Of<K extends SessionEffect['kind']> = Extract<SessionEffect, { readonly kind: K }>;

function mentions(source: string, name: string): boolean {
  return new RegExp(`\\$\\{?${name}\\b`).test(source);
}

/** Argo's text may part braces by empty quotes, which the shell does not see, and may say a date that the other asks the clock for. */
function sources(legacy: Of<'command'>, argo: Of<'command'>, now: number): readonly [string, string] {
  const [mine, theirs] = [legacy.source.trim(), argo.source.trim()];
  if (withoutEmptyQuotes(mine) === withoutEmptyQuotes(theirs)) return [mine, mine];
  const [calls, others] = [legacy, argo].map(({ source, env }) =>
    programCalls(
      {
        command: ['sh', '-c'],
        args: [source],
        env: Object.entries(env).map(([name, value]) => ({ name, value })),
      },
      now,
    ),
  );
  const same = calls?.kind === 'calls' && calls.calls.length > 0 && JSON.stringify(calls) === JSON.stringify(others);
  return same ? [mine, mine] : [mine, theirs];
}

/** `${secret:KEY}` of Digdag, where Argo takes the same key from a Secret. */
function sameSecret(legacy: string, argo: string): boolean {
  const key = /^\$\{secret:([^}]+)\}$/.exec(legacy)?.[1];
  return key !== undefined && argo.startsWith('<secret ') && argo.endsWith(`/${key}>`);
}

/** The tools in the image are not looked into, nor what else the worker had in its environment. */
function compareCommands(legacy: Of<'command'>, argo: Of<'command'>, now: number): PairResult {
  const fields: [string, string, string][] = [['source', ...sources(legacy, argo, now)]];
  const assumptions = ['plain commands find the same tools in their image as on the worker'];
  for (const [name, value] of Object.entries(legacy.env)) {
    const theirs = argo.env[name] ?? '(none)';
    if (sameSecret(value, theirs))
      assumptions.push(`Secrets hold what ${value} is on the Digdag server, where Argo takes it from one`);
    else fields.push([`env.${name}`, value, theirs]);
  }
  for (const [name, value] of Object.entries(argo.env))
    if (legacy.env[name] === undefined && mentions(legacy.source, name)) fields.push([`env.${name}`, '(none)', value]);
  for (const runner of ['shell', 'image', 'serviceAccount'] as const)
    if (legacy[runner] !== undefined) fields.push([runner, legacy[runner], argo[runner] ?? '(none)']);
  return { ...texts(fields), assumptions };
}

function compareJobs(legacy: Of<'job'>, argo: Of<'job'>, context: PairContext): PairResult {
  const namespace = context.namespaces[legacy.namespace] ?? legacy.namespace;
  // A launcher that names no cluster speaks to the one that its worker is set up for.
  const anyCluster = legacy.cluster === '';
  const identity = texts([
    ['cluster', anyCluster ? argo.cluster : legacy.cluster, argo.cluster],
    ['namespace', namespace, argo.namespace],
  ]);
  const main = mainContainer(legacy.manifest, argo.manifest);
  const known = argo.template === undefined ? [] : context.acceptedIn(argo.template).map(speakingOfMain(main));
  const pods = comparePods(podOfJob(legacy.manifest, main), argo.manifest, known, context.now);
  const template = argo.template === undefined ? {} : { template: argo.template };
  return {
    differences: [...identity.differences, ...pods.differences].map((each) => ({ ...each, ...template })),
    assumptions: [
      ...pods.assumptions,
      ...(anyCluster && argo.cluster !== '' ? [`launchers without a cluster speak to ${argo.cluster}`] : []),
    ],
    accepted: pods.accepted.map((each) => ({ ...each, task: legacy.task, node: nodeOf(argo.task) })),
  };
}

/** The node's display path without the numbers of attempts. */
export function nodeOf(task: string): string {
  return task.replace(/\(\d+\)/g, '');
}

/** Pods of Jobs that were looked at before, by their main container; a session's effects are compared with many others. */
const pods = new WeakMap<object, Map<string, Plain>>();

/** The pod that a Job makes, in canonical form. A deadline of the Job is the pod's where each pod is the only one at its time. */
export function podOfJob(manifest: Plain, main: string = mainContainer(manifest)): Plain {
  if (typeof manifest !== 'object' || manifest === null) return newPodOfJob(manifest, main);
  const known = pods.get(manifest) ?? new Map<string, Plain>();
  const pod = known.get(main) ?? newPodOfJob(manifest, main);
  pods.set(manifest, known.set(main, pod));
  return pod;
}

function newPodOfJob(manifest: Plain, main: string): Plain {
  const spec = asMap(asMap(manifest)['spec']);
  const template = asMap(spec['template']);
  const pod = asMap(template['spec']);
  const deadlines = [spec['activeDeadlineSeconds'], pod['activeDeadlineSeconds']].filter(
    (value) => typeof value === 'number',
  );
  const deadline = deadlines.length === 0 ? {} : { activeDeadlineSeconds: Math.min(...deadlines) };
  const metadata = ownMetadata(asMap(template['metadata']));
  return canonicalPod({ metadata, spec: { ...pod, ...deadline } }, main);
}

/** Labels that every Job gives its pods, also where a manifest that was exported from a cluster writes them. */
const controllerLabels = /^(?:batch\.kubernetes\.io\/)?(?:controller-uid|job-name)$/;

function ownMetadata(metadata: PlainMap): PlainMap {
  const labels = Object.entries(asMap(metadata['labels'])).filter(([key]) => !controllerLabels.test(key));
  return { ...metadata, labels: Object.fromEntries(labels) };
}

/** The container that Argo calls main: the one whose name its pod lacks. */
function mainContainer(manifest: Plain, argo: Plain = null): string {
  const pod = asMap(asMap(asMap(asMap(manifest)['spec'])['template'])['spec']);
  const names = containerNames(pod);
  const others = containerNames(asMap(asMap(argo)['spec']));
  return names.includes('main') ? 'main' : (names.find((name) => !others.includes(name)) ?? names[0] ?? 'main');
}

function containerNames(spec: Plain): readonly string[] {
  return asList(asMap(spec)['containers']).map((container) => String(asMap(container)['name']));
}

/** Accepted differences speak of the legacy pod, where the main container has a name of its own. */
function speakingOfMain(main: string): (accepted: Accepted) => Accepted {
  return (accepted) => ({ ...accepted, path: accepted.path.replace(`containers[${main}]`, 'containers[main]') });
}

interface PodsResult {
  readonly differences: readonly Difference[];
  readonly assumptions: readonly string[];
  readonly accepted: readonly Omit<AcceptedUse, 'task' | 'node'>[];
}

/** Two pods in canonical form. */
export function comparePods(legacy: Plain, built: Plain, accepted: readonly Accepted[], now: number): PodsResult {
  const differences: Difference[] = [];
  const assumptions = new Set<string>();
  const used = new Map<string, Omit<AcceptedUse, 'task' | 'node'>>();
  const { pod: argo, words } = withPlainWords(legacy, built, accepted);
  for (const { accepted: known, secret } of words) {
    used.set(known.path, { path: known.path, rule: known.rule, reason: known.reason });
    assumptions.add(`${secret} holds what the legacy manifest said in plain text`);
  }
  const all = plainDifferences(withoutEnvOrder(legacy), withoutEnvOrder(argo)).flatMap(oneByOne);
  for (const found of all) {
    const known = acceptedAt(found.path, accepted);
    const container = wordsContainer(found.path);
    if (known === undefined) differences.push(manifestDifference(found));
    else if (container !== undefined) {
      const path = `containers[${container}] runs`;
      if (used.has(path)) continue;
      used.set(path, { path, rule: known.rule, reason: known.reason });
      const words = compareWords(container, legacy, argo, now);
      if (words.kind === 'differ') differences.push(...words.differences);
      if (words.kind === 'unknown')
        assumptions.add(`${container} does the same, as rule ${known.rule} says (${words.why})`);
    } else if (onlyTakesAway(found.path, found.legacy, found.argo))
      used.set(found.path, { path: found.path.replace(/^spec\./, ''), rule: known.rule, reason: known.reason });
    else if (onlyAddsBrace(found.path, found.legacy, found.argo) || namesSecret(found.path, found.legacy, found.argo)) {
      used.set(found.path, { path: found.path.replace(/^spec\./, ''), rule: known.rule, reason: known.reason });
      const secret = secretOf(found.argo);
      if (secret !== undefined) assumptions.add(`${secret} holds what the legacy manifest said in plain text`);
    } else differences.push(manifestDifference(found));
  }
  return { differences, assumptions: [...assumptions], accepted: [...used.values()] };
}

/** Variables that only Argo's container has, and volumes that only one side has at all, as one difference for each of them. */
function oneByOne(found: PlainDifference): readonly PlainDifference[] {
  const { path, legacy, argo } = found;
  const named = (item: Plain): string => `${path}[${String(asMap(item)['name'])}]`;
  const isSplit = path.endsWith('.env') ? legacy === undefined : /\.volume(?:s|Mounts)$/.test(path);
  if (!isSplit || (legacy !== undefined && argo !== undefined)) return [found];
  return [
    ...asList(legacy).map((item) => ({ path: named(item), legacy: item, argo })),
    ...asList(argo).map((item) => ({ path: named(item), legacy, argo: item })),
  ];
}

function manifestDifference(found: PlainDifference): Difference {
  return { path: `manifest.${found.path}`, ...shown(found) };
}

type Words =
  | { readonly kind: 'equal' }
  | { readonly kind: 'differ'; readonly differences: readonly Difference[] }
  | { readonly kind: 'unknown'; readonly why: string };

/** Where a rule rewrote a container's shell text, both texts are run, and must run the same programs. */
function compareWords(name: string, legacy: Plain, argo: Plain, now: number): Words {
  const [mine, theirs] = [legacy, argo].map((pod) => programCalls(containerNamed(pod, name) ?? {}, now));
  if (mine === undefined || theirs === undefined) return { kind: 'unknown', why: 'no such container' };
  if (mine.kind === 'unknown') return mine;
  if (theirs.kind === 'unknown') return theirs;
  if (JSON.stringify(mine.calls) === JSON.stringify(theirs.calls)) return { kind: 'equal' };
  const path = `manifest.spec.containers[${name}] runs`;
  return { kind: 'differ', differences: [{ path, legacy: mine.calls.join('; '), argo: theirs.calls.join('; ') }] };
}

function containerNamed(pod: Plain, name: string): Plain | undefined {
  const spec = asMap(asMap(pod)['spec']);
  return [...asList(spec['containers']), ...asList(spec['initContainers'])].find(
    (container) => asMap(container)['name'] === name,
  );
}
